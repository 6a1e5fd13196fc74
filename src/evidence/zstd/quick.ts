import type { FillingReader, ReadPacked } from "../fill.js";
import { type Frame, MOST_HEAD, readHead } from "./frame.js";
import {
  borrowKernel,
  type Kernel,
  MARGIN,
  MOST_BLOCK,
  MOST_WINDOW,
  PACKED,
  RING,
  returnKernel,
  ringFor,
} from "./kernel.js";

/** Something that this reader does not take, or that is not in order: the reference has to look at it. */
class Falter extends Error {}

/** A smaller ring stays in the processor's cache; it grows when a frame needs more. */
const USUAL_WINDOW = 2 << 20;

/**
 * The reference unpacks so many bytes in a step. Where it meets damage it gives none of the step's: so many are held back until what follows
 * them was unpacked as well.
 */
const STEP = 128 << 10;

const RAW = 0;
const REPEATED = 1;
const PACKED_BLOCK = 2;

/**
 * Unpacks a zstd file (RFC 8878) quickly: blocks come to lie behind one another in a ring, which is the window that later blocks refer to.
 * What it gives is what the reference gives, up to where it falters.
 */
export class QuickReader implements FillingReader {
  private readonly kernel: Kernel;
  /** Packed bytes at hand: [at, end) of the kernel's memory. */
  private at = PACKED;
  private end = PACKED;
  /** The ring: where the next block comes to lie, where the ring ends, and where it was left when it began anew. */
  private out = RING;
  private ringEnd = RING + ringFor(USUAL_WINDOW);
  private turn = RING;
  /** Bytes that were unpacked and not yet given. They lie before `out`, or before `turn` and then before `out`. */
  private waiting = 0;
  private frame: Frame | undefined;
  /** Bytes of the frame that were unpacked. */
  private unpacked = 0;
  /** Those from here to `out` are not in the checksum. */
  private unsummed = RING;
  private hasBegun = false;
  private isDone = false;
  /** It can't go on: the reference must, from where this one has got to. */
  hasFaltered = false;

  /** @throws where WebAssembly or its SIMD instructions are missing, or there is no room for its memory */
  constructor(private readonly read: ReadPacked) {
    this.kernel = borrowKernel();
  }

  /**
   * Fills `target` with the next unpacked bytes.
   *
   * @returns how many: fewer than there is room for only at the end, or where it has faltered
   * @throws the system's error
   */
  fill(target: Uint8Array): number {
    let filled = 0;
    while (filled < target.length && !this.hasFaltered) {
      const ready = this.waiting - (this.isDone ? 0 : STEP);
      if (ready > 0) filled += this.give(target, filled, Math.min(ready, target.length - filled));
      else if (this.isDone) break;
      else this.goOn();
    }
    return filled;
  }

  /** Lends its memory to the next. */
  close(): void {
    returnKernel(this.kernel);
  }

  private give(target: Uint8Array, filled: number, most: number): number {
    const older = this.waiting - (this.out - RING);
    const from = older > 0 ? this.turn - older : this.out - this.waiting;
    const count = older > 0 ? Math.min(older, most) : most;
    target.set(this.kernel.bytes.subarray(from, from + count), filled);
    this.waiting -= count;
    return count;
  }

  private goOn(): void {
    try {
      if (this.frame) this.block(this.frame);
      else this.beginFrame();
    } catch (error) {
      if (!(error instanceof Falter)) throw error;
      this.hasFaltered = true;
    }
  }

  private beginFrame(): void {
    this.has(MOST_HEAD);
    if (this.at === this.end) {
      // Not even one frame: that is for the reference to judge.
      if (!this.hasBegun) throw new Falter();
      this.isDone = true;
      return;
    }
    this.hasBegun = true;
    const { bytes } = this.kernel;
    const head = readHead(bytes.subarray(this.at, Math.min(this.end, this.at + MOST_HEAD)));
    if (!head) throw new Falter();
    if (head.kind === "skipped") {
      this.skip(head.bytes);
      return;
    }
    if (head.window > MOST_WINDOW) throw new Falter();
    this.at += head.bytes;
    if (head.window > USUAL_WINDOW) this.ringEnd = RING + ringFor(MOST_WINDOW);
    this.frame = head;
    this.unpacked = 0;
    this.unsummed = this.out;
    this.kernel.beginFrame();
    this.kernel.beginChecksum();
  }

  private skip(bytes: number): void {
    for (let left = bytes; left > 0; ) {
      if (!this.has(1)) throw new Falter();
      const count = Math.min(left, this.end - this.at);
      this.at += count;
      left -= count;
    }
  }

  private block(frame: Frame): void {
    const { bytes } = this.kernel;
    this.expect(3);
    const head = bytes.readUIntLE(this.at, 3);
    this.at += 3;
    const kind = (head >>> 1) & 3;
    const size = head >>> 3;
    const most = Math.min(frame.window, MOST_BLOCK);
    if (size > most) throw new Falter();
    if (this.ringEnd - this.out < MOST_BLOCK + MARGIN) this.turnRing();
    const { out } = this;
    const packed = kind === REPEATED ? 1 : size;
    this.expect(packed);
    const { at } = this;
    this.at += packed;
    if (kind === RAW) bytes.copyWithin(out, at, at + size);
    else if (kind === REPEATED) bytes.fill(bytes[at]!, out, out + size);
    else if (kind !== PACKED_BLOCK) throw new Falter();
    this.take(frame, kind === PACKED_BLOCK ? this.unpack(frame, at, size) : out + size, most);
    if (head & 1) this.endFrame(frame);
  }

  /** @returns where the block ends */
  private unpack({ window }: Frame, at: number, size: number): number {
    const { kernel, out, turn, unpacked } = this;
    const end = kernel.unpackBlock(at, size, out, Math.min(unpacked, window), turn);
    if (end === 0) throw new Falter();
    return end;
  }

  /** Takes note of the block that ends at `end`. */
  private take({ hasChecksum }: Frame, end: number, most: number): void {
    const count = end - this.out;
    if (count > most) throw new Falter();
    this.out = end;
    this.waiting += count;
    this.unpacked += count;
    if (hasChecksum) this.unsummed = this.kernel.takeStripes(this.unsummed, end);
  }

  /** The next block comes to lie at the ring's beginning. What is not in the checksum goes before it. */
  private turnRing(): void {
    const { out, unsummed } = this;
    const rest = this.frame!.hasChecksum ? out - unsummed : 0;
    this.kernel.bytes.copyWithin(RING - rest, unsummed, unsummed + rest);
    this.unsummed = RING - rest;
    this.turn = out;
    this.out = RING;
  }

  private endFrame({ hasChecksum, content }: Frame): void {
    const { kernel, unsummed, out, unpacked } = this;
    if (content !== undefined && content !== unpacked) throw new Falter();
    if (hasChecksum) {
      this.expect(4);
      if (kernel.endChecksum(unsummed, out, unpacked) >>> 0 !== kernel.bytes.readUInt32LE(this.at))
        throw new Falter();
      this.at += 4;
    }
    this.frame = undefined;
  }

  private expect(count: number): void {
    if (!this.has(count)) throw new Falter();
  }

  /** Are there so many packed bytes, one block's at most? Reads on when they are not at hand. */
  private has(count: number): boolean {
    while (this.end - this.at < count) {
      const { bytes } = this.kernel;
      // What is left comes to lie before what is read now, which comes to whole pages.
      const rest = this.end - this.at;
      bytes.copyWithin(PACKED - rest, this.at, this.end);
      this.at = PACKED - rest;
      const read = this.read(bytes.subarray(PACKED, PACKED + MOST_BLOCK));
      this.end = PACKED + read;
      if (read === 0) return false;
    }
    return true;
  }
}
