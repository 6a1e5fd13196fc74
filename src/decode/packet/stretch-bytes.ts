import fs from "node:fs";

const PAGE = 4096;
/** Room for a record that goes on behind the stretch: nearly all packets are shorter. */
const BEHIND = 66_000;

/**
 * The bytes of a stretch of a file, read when they are asked for, each once, into one buffer. File and buffer are aligned
 * alike: others are read several times slower.
 */
export class StretchBytes {
  /** File offset of the first byte. */
  readonly first: number;
  /** Memory for all bytes; larger than the bytes. */
  room: Buffer;
  private filled = 0;

  /** How many bytes of memory suffice for a stretch. */
  static roomFor({ from, to }: { readonly from: number; readonly to: number }): number {
    return to - from + PAGE + BEHIND;
  }

  /** @param spare memory that may be used, if it is large enough */
  constructor(
    private readonly fd: number,
    { from, to }: { readonly from: number; readonly to: number },
    spare?: Buffer,
  ) {
    this.first = from - (from % PAGE);
    const size = to - this.first + BEHIND;
    this.room = spare !== undefined && spare.length >= size ? spare : Buffer.allocUnsafeSlow(size);
  }

  /** All that was read so far. */
  get all(): Buffer {
    return this.room.subarray(0, this.filled);
  }

  /** Bytes [from, to) of the file, or as many of them as there are. */
  bytes(from: number, to: number): Buffer {
    const { first } = this;
    if (to - first > this.room.length) {
      const larger = Buffer.allocUnsafeSlow(to - first + BEHIND);
      this.room.copy(larger, 0, 0, this.filled);
      this.room = larger;
    }
    while (first + this.filled < to) {
      const read = fs.readSync(
        this.fd,
        this.room,
        this.filled,
        to - first - this.filled,
        first + this.filled,
      );
      if (read === 0) break;
      this.filled += read;
    }
    return this.room.subarray(from - first, Math.max(from - first, Math.min(to - first, this.filled)));
  }
}
