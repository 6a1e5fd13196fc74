import type { ReadPacked } from "../fill.js";
import { PackingError } from "../packing-error.js";

const BUFFER_BYTES = 64 << 10;

/** A packed file as a sequence of bits, the highest of each byte first. */
export class Bits {
  private readonly buffer = new Uint8Array(BUFFER_BYTES);
  private at = 0;
  private size = 0;
  /** Bytes of the file before the buffer. */
  private before = 0;
  private held = 0;
  /** How many of the lowest bits of `held` are still to be taken. */
  private count = 0;

  constructor(private readonly source: ReadPacked) {}

  /** Takes up to 24 bits as a number. @throws PackingError where the file breaks off */
  take(count: number): number {
    while (this.count < count) {
      this.held = (this.held << 8) | this.byte();
      this.count += 8;
    }
    this.count -= count;
    return (this.held >>> this.count) & ((1 << count) - 1);
  }

  /** Takes 32 bits as a number that is not negative. */
  take32(): number {
    return this.take(16) * 0x10000 + this.take(16);
  }

  /** Goes on at the next whole byte. */
  align(): void {
    this.count &= ~7;
  }

  /** Is nothing left, not even a bit? To be asked at a whole byte. */
  ended(): boolean {
    return this.count === 0 && this.at === this.size && !this.refill();
  }

  /** Bytes of the file that were begun. */
  get position(): number {
    return this.before + this.at - (this.count >> 3);
  }

  private byte(): number {
    if (this.at === this.size && !this.refill()) throw new PackingError("it breaks off");
    return this.buffer[this.at++]!;
  }

  private refill(): boolean {
    this.before += this.size;
    this.at = 0;
    this.size = this.source(this.buffer);
    return this.size > 0;
  }
}
