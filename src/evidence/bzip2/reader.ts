import type { ReadPacked } from "../fill.js";
import { PackingError } from "../packing-error.js";
import { Bits } from "./bits.js";
import { linkBlock, readBlock } from "./block.js";

/** What a block and the end of a stream begin with: the digits of π and of its root. */
const BLOCK = 0x314159265359;
const END = 0x177245385090;
/** Blocks are a multiple of this long, before the transform (bytes). */
const LEVEL_BYTES = 100_000;
/** A byte that stands four times is followed by how often it stands besides. */
const RUN = 4;

/** The checksum of bzip2: CRC-32 with the highest bit first. */
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let i = 0; i < 8; i++) rest = rest < 0 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
  return rest;
});

/** Unpacks a bzip2 file: any number of streams (as lbzip2 and pbzip2 write them), whose blocks are verified before any byte of them is given. */
export class Bzip2Reader {
  private readonly bits: Bits;
  private places = new Uint32Array(0);
  private block = new Uint8Array(0);
  private blockEnd = 0;
  private given = 0;
  private done = false;
  private failure: PackingError | undefined;

  constructor(read: ReadPacked) {
    this.bits = new Bits(read);
  }

  /**
   * Fills `target` with the next unpacked bytes.
   *
   * @returns how many: fewer than there is room for only before the end or before damage, 0 at the end
   * @throws PackingError when the file is damaged or cut, after all bytes before that were given; the system's error
   */
  fill(target: Uint8Array): number {
    let filled = 0;
    while (filled < target.length) {
      if (this.given === this.blockEnd && !this.more()) break;
      const part = this.block.subarray(
        this.given,
        Math.min(this.blockEnd, this.given + target.length - filled),
      );
      target.set(part, filled);
      this.given += part.length;
      filled += part.length;
    }
    if (filled === 0 && this.failure) throw this.failure;
    return filled;
  }

  close(): void {
    this.done = true;
  }

  /** Unpacks the next block. */
  private more(): boolean {
    if (this.done) return false;
    const at = this.bits.position;
    try {
      if (this.places.length === 0 && !this.begin()) return false;
      while (!this.next()) if (!this.begin()) return false;
      return true;
    } catch (error) {
      if (!(error instanceof PackingError)) throw error;
      this.done = true;
      this.failure = new PackingError(`${error.message}, behind byte ${at} of the packed file`);
      return false;
    }
  }

  /** Begins a stream, if there is one. */
  private begin(): boolean {
    const { bits } = this;
    if (bits.ended()) {
      this.done = true;
      return false;
    }
    const isBzip2 = bits.take(24) === 0x425a68;
    const level = bits.take(8) - 0x30;
    if (!isBzip2 || level < 1 || level > 9) throw new PackingError("what follows is no bzip2 stream");
    if (this.places.length !== level * LEVEL_BYTES) this.places = new Uint32Array(level * LEVEL_BYTES);
    return true;
  }

  /** Reads the stream's next block; false: it has ended. */
  private next(): boolean {
    const { bits, places } = this;
    const mark = bits.take(24) * 0x1000000 + bits.take(24);
    const checksum = bits.take32();
    if (mark === END) {
      bits.align();
      return false;
    }
    if (mark !== BLOCK) throw new PackingError("what follows is no block of bzip2");
    const { count, origin } = readBlock(bits, places);
    linkBlock(places, count);
    if (this.write(count, origin) !== checksum) throw new PackingError("a block's checksum does not fit it");
    return true;
  }

  /** Writes a block's bytes, with the runs that were taken out before the transform. @returns their checksum */
  private write(count: number, origin: number): number {
    const { places } = this;
    let { block } = this;
    let end = 0;
    let crc = -1;
    let place = places[origin]! >>> 8;
    let last = -1;
    let same = 0;
    for (let i = 0; i < count; i++) {
      const entry = places[place]!;
      const byte = entry & 0xff;
      place = entry >>> 8;
      const isLength = same === RUN;
      const times = isLength ? byte : 1;
      const value = isLength ? last : byte;
      if (end + times > block.length) block = grown(block, end, places.length);
      for (let n = 0; n < times; n++) {
        block[end++] = value;
        crc = (crc << 8) ^ CRC[((crc >>> 24) ^ value) & 0xff]!;
      }
      same = isLength ? 0 : byte === last ? same + 1 : 1;
      last = isLength ? -1 : byte;
    }
    this.block = block;
    this.blockEnd = end;
    this.given = 0;
    return ~crc >>> 0;
  }
}

/** Twice the room: runs can make a block up to fifty times as long as the stream's largest. */
function grown(block: Uint8Array, end: number, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(2 * block.length, least + 255));
  larger.set(block.subarray(0, end));
  return larger;
}
