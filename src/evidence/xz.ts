import type { ReadPacked } from "./fill.js";
import { PackingError } from "./packing-error.js";
import { CONTEXT, type XzModule } from "./xz-module.js";

/** Codes of `enum xz_ret` (xz-embedded, linux/include/linux/xz.h). */
const GOES_ON = 0;
const ENDED = 1;
/** Its checksum is of a kind that the decoder does not know: it is unpacked, but not verified. */
const UNVERIFIED = 2;
const REASONS: Record<number, string> = {
  3: "there is not enough memory for its dictionary",
  4: "it needs a larger dictionary than is allowed; unpack it with xz -d first",
  5: "what follows is no xz stream",
  6: "it uses a filter or a kind of checksum that this decoder does not know; unpack it with xz -d first",
  7: "the data is corrupt",
  8: "it breaks off",
};

const BUFFER_BYTES = 64 << 10;

/** Unpacks an xz file: any number of streams, also with padding between them, whose checksums are verified. */
export class XzReader {
  private readonly packed = new Uint8Array(BUFFER_BYTES);
  private at = 0;
  private size = 0;
  private context: number | undefined;
  /** How much of the decoder's output buffer was given. */
  private given = 0;
  /** Bytes of input that were left over when the stream ended whose last output is being given. */
  private ending: number | undefined;
  private done = false;
  private failure: PackingError | undefined;

  constructor(
    private readonly xz: XzModule,
    private readonly read: ReadPacked,
  ) {}

  /**
   * Fills `target` with the next unpacked bytes.
   *
   * @returns how many: fewer than there is room for only before the end or before damage, 0 at the end
   * @throws PackingError when the file is damaged or cut, after all bytes before that were given; the system's error
   */
  fill(target: Uint8Array): number {
    let filled = 0;
    while (filled < target.length) {
      const count = this.copy(target, filled);
      filled += count;
      if (count === 0 && (this.done || !this.step())) break;
    }
    if (filled === 0 && this.failure) throw this.failure;
    return filled;
  }

  /** Gives the decoder's memory back. */
  close(): void {
    if (this.context !== undefined) this.xz.destroy_context(this.context);
    this.context = undefined;
    this.done = true;
  }

  /** Gives of what lies in the output buffer. */
  private copy(target: Uint8Array, at: number): number {
    if (this.context === undefined) return 0;
    const { [CONTEXT.output]: output, [CONTEXT.outputAt]: end } = this.numbers();
    const count = Math.min(end! - this.given, target.length - at);
    target.set(new Uint8Array(this.xz.memory.buffer, output! + this.given, count), at);
    this.given += count;
    return count;
  }

  /** Has the decoder fill its output buffer, all of which was given. @returns false at the end */
  private step(): boolean {
    const { xz } = this;
    if (this.ending !== undefined) return this.endStream(this.ending);
    if (this.context === undefined && !this.begin()) return false;
    const numbers = this.numbers();
    numbers[CONTEXT.outputAt] = 0;
    this.given = 0;
    let isFed = true;
    if (numbers[CONTEXT.inputAt] === numbers[CONTEXT.inputSize]) isFed = this.supply(numbers);
    const result = xz.get_next_output(this.context!);
    const { [CONTEXT.outputAt]: count, [CONTEXT.inputAt]: from, [CONTEXT.inputSize]: to } = this.numbers();
    if (result === ENDED) this.ending = to! - from!;
    else if (result !== GOES_ON && result !== UNVERIFIED)
      return this.fail(REASONS[result] ?? `xz's error ${result}`);
    else if (count === 0 && !isFed) return this.fail(REASONS[8]!);
    return true;
  }

  /** @returns false when the file has no more */
  private supply(numbers: Uint32Array): boolean {
    if (this.at === this.size) this.refill();
    const part = this.packed.subarray(this.at, Math.min(this.size, this.at + numbers[CONTEXT.bufferSize]!));
    new Uint8Array(this.xz.memory.buffer, numbers[CONTEXT.input]).set(part);
    this.xz.supply_input(this.context!, part.length);
    this.at += part.length;
    return part.length > 0;
  }

  /** Begins the next stream, if there is one, behind padding of zeros. */
  private begin(): boolean {
    for (;;) {
      if (this.at === this.size && !this.refill()) {
        this.done = true;
        return false;
      }
      if (this.packed[this.at] !== 0) break;
      this.at++;
    }
    this.context = this.xz.create_context();
    this.given = 0;
    return true;
  }

  private endStream(left: number): boolean {
    this.at -= left;
    this.ending = undefined;
    this.xz.destroy_context(this.context!);
    this.context = undefined;
    return this.begin();
  }

  private refill(): boolean {
    this.at = 0;
    this.size = this.read(this.packed);
    return this.size > 0;
  }

  private fail(reason: string): boolean {
    this.failure = new PackingError(reason);
    this.done = true;
    // What came out before the damage is given.
    return true;
  }

  /** The memory may have grown, and be another. */
  private numbers(): Uint32Array {
    return new Uint32Array(this.xz.memory.buffer, this.context, CONTEXT.count);
  }
}
