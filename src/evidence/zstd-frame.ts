import fs from "node:fs";

/** Headers are read in pieces of so many bytes: blocks of text that packs well are shorter, others are skipped over. */
const PIECE_BYTES = 4 << 10;
/** What a decoder should at least support (RFC 8878, 3.1.1.1.2), and all that `zstd` asks for below level 20, without `--long`. */
const LARGEST_WINDOW = 8 << 20;
/** No block holds more (3.1.1.2.4). */
const BLOCK_BYTES = 128 << 10;
/** Those of 128 GiB. A file with more, or with many tiny ones, is not worth a look at each. */
const MOST_BLOCKS = 1 << 20;
/** Bytes of magic number, descriptor, window, dictionary's id and content's size, at most. */
const LONGEST_HEADER = 18;
const MAGIC = 0xfd2fb528;
const CHECKSUM_BYTES = 4;
const RLE = 1;
const RESERVED = 3;

/**
 * Is a zstd file (RFC 8878) what the usual tools write: one frame, neither cut nor followed by anything, with a checksum, without a dictionary,
 * with a window of 8 MiB at most? Only the headers of its blocks are looked at, not what is in them.
 *
 * @param couldBeBomb says whether so many packed bytes must not give as many as they could
 * @throws the system's error
 */
export function isOneFrame(
  file: string,
  couldBeBomb: (packed: number, unpacked: number) => boolean,
): boolean {
  const fd = fs.openSync(file, "r");
  try {
    const { size } = fs.fstatSync(fd);
    const at = new Pieces(fd);
    const header = headerBytes(at.read(0, LONGEST_HEADER));
    if (header === undefined) return false;
    let place = header;
    for (let blocks = 1; blocks <= MOST_BLOCKS; blocks++) {
      const head = at.read(place, 3);
      if (head.length < 3) return false;
      const bits = head.readUIntLE(0, 3);
      const kind = (bits >> 1) & 3;
      const length = bits >> 3;
      if (kind === RESERVED || length > BLOCK_BYTES) return false;
      place += 3 + (kind === RLE ? 1 : length);
      if (couldBeBomb(place, blocks * BLOCK_BYTES)) return false;
      if (bits & 1) return place + CHECKSUM_BYTES === size;
    }
    return false;
  } finally {
    fs.closeSync(fd);
  }
}

/** How long a frame's header is; `undefined` where it is no usual one. */
function headerBytes(head: Buffer): number | undefined {
  if (head.length < LONGEST_HEADER || head.readUInt32LE(0) !== MAGIC) return undefined;
  const descriptor = head[4]!;
  const hasOneSegment = (descriptor & 0x20) !== 0;
  const hasChecksum = (descriptor & 4) !== 0;
  const hasUnknown = (descriptor & 0x18) !== 0;
  const hasDictionary = (descriptor & 3) !== 0;
  if (!hasChecksum || hasUnknown || hasDictionary) return undefined;
  // A content's size that takes no byte, or one: only where the window, which is the whole content then, is not told.
  const sizeBytes = descriptor >> 6 ? 1 << (descriptor >> 6) : hasOneSegment ? 1 : 0;
  const place = hasOneSegment ? 5 : 6;
  const window = hasOneSegment ? contentBytes(head, place, sizeBytes) : windowBytes(head[5]!);
  return window > LARGEST_WINDOW ? undefined : place + sizeBytes;
}

/** 3.1.1.1.2 */
function windowBytes(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** 3.1.1.1.4 */
function contentBytes(head: Buffer, place: number, length: number): number {
  if (length === 8) return Number(head.readBigUInt64LE(place));
  return head.readUIntLE(place, length) + (length === 2 ? 256 : 0);
}

/** Reads here and there in a file, ever further on. */
class Pieces {
  private readonly piece = Buffer.allocUnsafe(PIECE_BYTES);
  private from = 0;
  private to = 0;

  constructor(private readonly fd: number) {}

  /** Bytes from `place` on; fewer than `count` only at the end of the file. */
  read(place: number, count: number): Buffer {
    if (place < this.from || place + count > this.to) {
      this.from = place;
      this.to = place + fs.readSync(this.fd, this.piece, 0, PIECE_BYTES, place);
    }
    return this.piece.subarray(place - this.from, Math.min(place - this.from + count, this.to - this.from));
  }
}
