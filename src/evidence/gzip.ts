import zlib from "node:zlib";
import { PackingError } from "./packing-error.js";
import { PIECE_BYTES, seen, through } from "./through.js";

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
  try {
    for await (const chunk of through(packed, stream)) {
      yield chunk;
      seen(chunk);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code?.startsWith("Z_") ? new PackingError(message) : error;
  }
}
