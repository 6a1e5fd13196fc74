import fs from "node:fs";
import zlib from "node:zlib";

/** Chunks are this long (the last one shorter), read at aligned offsets: misaligned reads are three times slower. */
export const CHUNK_BYTES = 1 << 20;

/** How a file's bytes are packed. */
export type Packing = "plain" | "gzip" | "zstd" | "xz" | "bzip2" | "zip" | "tar";

/**
 * Tells the packing by the first bytes (RFC 1952, RFC 8878, the xz, bzip2 and zip formats, POSIX ustar).
 * @param head at least the first 512 bytes, or all there are
 */
export function packingOf(head: Buffer): Packing {
  const starts = (...bytes: number[]) => bytes.every((b, i) => head[i] === b);
  if (starts(0x1f, 0x8b, 0x08)) return "gzip";
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return "zstd";
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) return "xz";
  if (starts(0x42, 0x5a, 0x68) && head.length > 9 && head.toString("latin1", 4, 10) === "1AY&SY")
    return "bzip2";
  if (starts(0x50, 0x4b, 0x03, 0x04)) return "zip";
  if (head.length >= 262 && head.toString("latin1", 257, 262) === "ustar") return "tar";
  return "plain";
}

/** Reads up to `length` first bytes of a file. Throws the system's error. */
export function readHead(file: string, length: number): Buffer {
  const fd = fs.openSync(file, "r");
  try {
    const head = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const n = fs.readSync(fd, head, filled, length - filled, filled);
      if (n === 0) break;
      filled += n;
    }
    return head.subarray(0, filled);
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * The file's bytes as they lie on disk. The same buffer is filled again for each chunk: copy what must live longer.
 * At most `limit` bytes, for a look at the beginning.
 */
export async function* rawChunks(file: string, limit = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
  const fd = fs.openSync(file, "r");
  const buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, limit));
  try {
    let position = 0;
    while (position < limit) {
      const n = fs.readSync(fd, buffer, 0, Math.min(buffer.length, limit - position), position);
      if (n === 0) break;
      position += n;
      yield buffer.subarray(0, n);
    }
  } finally {
    fs.closeSync(fd);
  }
}

/** Thrown when packed evidence breaks off or is damaged; what came before it has been delivered. */
export class PackingError extends Error {}

/**
 * The file's bytes, unpacked when they are gzip (several members too). Other packings come as they are.
 * `tap` sees the bytes as they lie on disk.
 *
 * @throws PackingError when a gzip stream is damaged or cut, after all readable bytes were delivered
 */
export async function* openChunks(
  file: string,
  packing: Packing,
  tap?: (raw: Buffer) => void,
): AsyncGenerator<Buffer> {
  if (packing !== "gzip") {
    for await (const chunk of rawChunks(file)) {
      tap?.(chunk);
      yield chunk;
    }
    return;
  }
  const gunzip = zlib.createGunzip({ chunkSize: 256 * 1024 });
  const feed = (async () => {
    for await (const chunk of rawChunks(file)) {
      tap?.(chunk);
      // The buffer is filled again: hand a copy to the stream.
      if (!gunzip.write(Buffer.from(chunk)) && !gunzip.destroyed) {
        await new Promise<void>((resolve) => {
          gunzip.once("drain", resolve);
          gunzip.once("close", resolve);
        });
      }
      if (gunzip.destroyed) return;
    }
    gunzip.end();
  })();
  feed.catch((error) => gunzip.destroy(error));
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    throw new PackingError((error as Error).message);
  }
}

/** Reads up to `length` last bytes of a file. Throws the system's error. */
export function readTail(file: string, length: number): Buffer {
  const fd = fs.openSync(file, "r");
  try {
    const { size } = fs.fstatSync(fd);
    const tail = Buffer.allocUnsafe(Math.min(length, size));
    const n = fs.readSync(fd, tail, 0, tail.length, size - tail.length);
    return tail.subarray(0, n);
  } finally {
    fs.closeSync(fd);
  }
}
