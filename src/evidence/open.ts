import fs from "node:fs";
import { PackingError } from "./packing-error.js";

export { PackingError };

/** Chunks are this long (the last one shorter), read at aligned offsets: misaligned reads are three times slower. */
export const CHUNK_BYTES = 1 << 20;

/** Packed bytes are read in smaller pieces: each holds many times as much, and many files may be open at once. */
const PACKED_BYTES = 128 << 10;

/** A line that is written again and again may be packed as tightly as a bomb, but not so much of it (bytes). */
const LIKE_A_BOMB = { ratio: 1000, from: 4 * 2 ** 30 };

/** A packed file's head may hold names and comments: so much is read in any case. */
const LEAST_PACKED = 4 << 10;

/** How a file's bytes are packed. */
export type Packing = "plain" | "gzip" | "zstd" | "xz" | "bzip2";

/**
 * Tells the packing by the first bytes (RFC 1952, RFC 8878, the xz and bzip2 formats). What holds several files is an archive
 * (`archive/kind.ts`), packed or not.
 * @param head at least the first 16 bytes, or all there are
 */
export function packingOf(head: Buffer): Packing {
  const starts = (...bytes: number[]) => bytes.every((b, i) => head[i] === b);
  if (starts(0x1f, 0x8b, 0x08)) return "gzip";
  // A zstd file may begin with a frame that is to be skipped.
  const skippable = head.length >= 4 && (head.readUInt32LE(0) & 0xfffffff0) >>> 0 === 0x184d2a50;
  if (skippable || starts(0x28, 0xb5, 0x2f, 0xfd)) return "zstd";
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) return "xz";
  // A block begins with the digits of π, and a file without one with those of its root.
  if (starts(0x42, 0x5a, 0x68) && /^(?:1AY&SY|\x17rE8P\x90)/.test(head.toString("latin1", 4, 10)))
    return "bzip2";
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
 * The file's bytes as they lie on disk, `pieceBytes` at a time. The same buffer is filled again for each chunk: copy what must live
 * longer. At most `limit` bytes, for a look at the beginning.
 */
export async function* rawChunks(
  file: string,
  pieceBytes = CHUNK_BYTES,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Buffer> {
  const fd = fs.openSync(file, "r");
  const buffer = Buffer.allocUnsafeSlow(Math.min(pieceBytes, limit));
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

/**
 * The file's bytes, unpacked when they are packed, also in several members, frames or streams one after the other.
 *
 * @param tap is told how many bytes were read of the file as it lies on disk, since it was told last
 * @param pieceBytes of a file that is not packed, so many bytes come at a time
 * @throws PackingError when packed data is damaged, cut or a bomb, after all readable bytes were delivered
 */
export async function* openChunks(
  file: string,
  packing: Packing,
  tap?: (bytes: number) => void,
  pieceBytes = CHUNK_BYTES,
): AsyncGenerator<Buffer> {
  if (packing === "plain") return yield* tapped(file, pieceBytes, tap);
  let read = 0;
  let given = 0;
  const counted = (bytes: number) => {
    read += bytes;
    tap?.(bytes);
  };
  for await (const chunk of unpacked(file, packing, counted)) {
    given += chunk.length;
    if (given > LIKE_A_BOMB.from && given > LIKE_A_BOMB.ratio * read)
      throw new PackingError(
        `it unpacks to more than ${LIKE_A_BOMB.ratio} times its length, as only bombs do`,
      );
    yield chunk;
  }
}

// Most evidence is not packed: what unpacks is loaded when it is needed.
async function* unpacked(
  file: string,
  packing: Exclude<Packing, "plain">,
  tap: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  if (packing === "gzip") yield* (await import("./gzip.js")).gunzip(tapped(file, PACKED_BYTES, tap));
  else if (packing === "zstd") yield* (await import("./zstd-chunks.js")).zstdChunks(file, tap);
  else yield* (await import("./unpackers.js")).unpackedChunks(file, packing, tap);
}

async function* tapped(
  file: string,
  pieceBytes: number,
  tap?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of rawChunks(file, pieceBytes)) {
    tap?.(chunk.length);
    yield chunk;
  }
}

/** Up to `length` first bytes of what is packed in a file; fewer when it is damaged before. Throws the system's error. */
export async function readUnpackedHead(
  file: string,
  packing: Exclude<Packing, "plain">,
  length: number,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let got = 0;
  try {
    // Packed bytes are hardly ever longer than unpacked ones: twice as many are enough.
    const chunks =
      packing === "gzip"
        ? (await import("./gzip.js")).gunzip(rawChunks(file, PACKED_BYTES, 2 * length + LEAST_PACKED))
        : (await import("./unpackers.js")).unpackedChunks(file, packing);
    for await (const chunk of chunks) {
      parts.push(Buffer.from(chunk));
      got += chunk.length;
      if (got >= length) break;
    }
  } catch (error) {
    // Who reads the whole file meets the same damage, and reports it with what could be saved.
    if (!(error instanceof PackingError)) throw error;
  }
  return Buffer.concat(parts).subarray(0, length);
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
