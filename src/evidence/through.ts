import { pipeline, Readable, type Transform } from "node:stream";
import { giveBack } from "./give-back.js";

/** Node's unpackers allocate so many bytes at a time: less costs more in calls, more costs more memory. */
export const PIECE_BYTES = 512 << 10;

/**
 * What one of Node's unpackers makes of packed bytes, in the threads that Node keeps for such work. It is not asked for more than a piece
 * ahead of what was taken. Chunks are the caller's; {@link seen} gives back what is no more needed.
 *
 * @param packed chunks that nobody changes
 * @param unpacker its `chunkSize` is {@link PIECE_BYTES}
 * @throws what `packed` throws; the unpacker's error
 */
export async function* through(packed: AsyncIterable<Buffer>, unpacker: Transform): AsyncGenerator<Buffer> {
  // What goes wrong is thrown by the stream below.
  pipeline(Readable.from(packed, { highWaterMark: 1 }), unpacker, () => {});
  for await (const chunk of unpacker) yield chunk as Buffer;
}

/** Gives the memory of chunks back: in the order in which they came, when nobody looks at them any more. */
export function seen({ buffer, byteOffset, byteLength }: Buffer): void {
  // Of a piece that is not full yet the unpacker goes on to fill the rest.
  if (buffer.byteLength === PIECE_BYTES && byteOffset + byteLength === PIECE_BYTES)
    giveBack([buffer as ArrayBuffer]);
}
