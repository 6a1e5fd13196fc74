import { pipeline, Readable } from "node:stream";
import zlib from "node:zlib";
import { giveBack } from "./give-back.js";
import { PackingError } from "./packing-error.js";

/** Pieces of this size are unpacked at a time: smaller ones cost more in calls, larger ones more in memory. */
const PIECE_BYTES = 512 << 10;

/** A buffer that is filled again must not be given to a stream, which looks at it later. */
async function* copies(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

/**
 * Unpacks gzip (RFC 1952), several members too, in the threads that Node keeps for such work, beside the calling one. It is not
 * asked for more than a piece ahead of what was taken.
 *
 * @param packed the file's bytes; each chunk is only looked at until the next is asked for
 * @throws PackingError when the data is damaged or cut, after all readable bytes were delivered; what `packed` throws
 */
export const gunzip = (packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> =>
  unpacked(copies(packed), zlib.createGunzip({ chunkSize: PIECE_BYTES }));

/**
 * The same for bare deflate (RFC 1951), which ends where it says so itself: what follows is not looked at.
 *
 * @param packed chunks that nobody changes
 */
export const inflate = (
  packed: AsyncIterable<Buffer>,
): { chunks: AsyncGenerator<Buffer>; taken: () => number } => {
  const stream = zlib.createInflateRaw({ chunkSize: PIECE_BYTES });
  return { chunks: unpacked(packed, stream), taken: () => stream.bytesWritten };
};

async function* unpacked(
  packed: AsyncIterable<Buffer>,
  stream: zlib.Gunzip | zlib.InflateRaw,
): AsyncGenerator<Buffer> {
  // What goes wrong is thrown by the stream below.
  pipeline(Readable.from(packed, { highWaterMark: 1 }), stream, () => {});
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      yield chunk;
      if (fillsPiece(chunk)) giveBack([chunk.buffer as ArrayBuffer]);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code?.startsWith("Z_") ? new PackingError(message) : error;
  }
}

/** Is the chunk the last of a piece? Of a piece that is not full yet the unpacker goes on to fill the rest. */
const fillsPiece = ({ buffer, byteOffset, byteLength }: Buffer): boolean =>
  buffer.byteLength === PIECE_BYTES && byteOffset + byteLength === PIECE_BYTES;
