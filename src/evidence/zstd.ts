import type { ReadPacked } from "./fill.js";
import { PackingError } from "./packing-error.js";
import type { ZstdModule } from "./zstd-module.js";

/** What the codes of `zstd_errors.h` mean that damaged or unusual files lead to. */
const REASONS: Record<number, string> = {
  10: "what follows is no zstd frame",
  14: "a frame uses a feature that this decoder does not know",
  16: "a frame needs more than 128 MiB of memory; unpack it with zstd -d --long=31 first",
  20: "the data is corrupt",
  22: "the checksum does not fit the data",
  30: "the dictionary is corrupt",
  32: "it was packed with a dictionary, which is not at hand; unpack it with zstd -d -D first",
  64: "there is not enough memory for its window",
};
/** Codes are given as the negative of a number up to this. */
const LARGEST_CODE = 120;

/** Fields of `ZSTD_inBuffer` and `ZSTD_outBuffer`: where each lies, in bytes. */
const POINTER = 0;
const SIZE = 4;
const POSITION = 8;
const STRUCT_BYTES = 12;

/**
 * Unpacks a zstd file: any number of frames, skippable ones among them, whose checksums are verified. Its memory is bounded by the
 * window that the frames ask for, 128 MiB at most.
 */
export class ZstdReader {
  private readonly context: number;
  private readonly packed: number;
  private readonly unpacked: number;
  private readonly input: number;
  private readonly output: number;
  private readonly packedSize: number;
  private readonly unpackedSize: number;
  private heap: DataView;
  /** The last frame is complete, and nothing of the next was seen. */
  private whole = false;
  /** The decoder holds output for which there was no room. */
  private pending = false;
  private done = false;
  private failure: PackingError | undefined;

  constructor(
    private readonly zstd: ZstdModule,
    private readonly read: ReadPacked,
  ) {
    this.packedSize = zstd.ZSTD_DStreamInSize();
    this.unpackedSize = zstd.ZSTD_DStreamOutSize();
    this.context = zstd.ZSTD_createDCtx();
    this.packed = zstd.malloc(this.packedSize);
    this.unpacked = zstd.malloc(this.unpackedSize);
    this.input = zstd.malloc(2 * STRUCT_BYTES);
    this.output = this.input + STRUCT_BYTES;
    this.heap = new DataView(zstd.memory.buffer);
    this.set(this.input, POINTER, this.packed);
    this.set(this.input, SIZE, 0);
    this.set(this.input, POSITION, 0);
    this.set(this.output, POINTER, this.unpacked);
  }

  /**
   * Fills `target` with the next unpacked bytes.
   *
   * @returns how many: fewer than there is room for only before the end or before damage, 0 at the end
   * @throws PackingError when the file is damaged or cut, after all bytes before that were given; the system's error
   */
  fill(target: Uint8Array): number {
    let filled = 0;
    while (filled < target.length && !this.done) {
      if (!this.pending && !this.more()) break;
      filled += this.step(target, filled);
    }
    if (filled === 0 && this.failure) throw this.failure;
    return filled;
  }

  /** Gives the decoder's memory back. */
  close(): void {
    const { zstd } = this;
    zstd.ZSTD_freeDCtx(this.context);
    for (const pointer of [this.packed, this.unpacked, this.input]) zstd.free(pointer);
    this.done = true;
  }

  /** Is there input? Reads on when all was taken. */
  private more(): boolean {
    if (this.get(this.input, POSITION) < this.get(this.input, SIZE)) return true;
    const count = this.read(new Uint8Array(this.zstd.memory.buffer, this.packed, this.packedSize));
    this.set(this.input, SIZE, count);
    this.set(this.input, POSITION, 0);
    if (count > 0) return true;
    this.end(this.whole ? undefined : "it breaks off");
    return false;
  }

  /** Has the decoder do a step, and copies what it gives to `target` from `at` on. @returns how many bytes that are */
  private step(target: Uint8Array, at: number): number {
    const { zstd, unpacked } = this;
    const room = Math.min(this.unpackedSize, target.length - at);
    this.set(this.output, SIZE, room);
    this.set(this.output, POSITION, 0);
    const result = zstd.ZSTD_decompressStream(this.context, this.output, this.input) | 0;
    if (result < 0 && result >= -LARGEST_CODE) {
      this.end(REASONS[-result] ?? `zstd's error ${-result}`);
      return 0;
    }
    const count = this.get(this.output, POSITION);
    this.whole = result === 0;
    this.pending = result !== 0 && count === room;
    target.set(new Uint8Array(zstd.memory.buffer, unpacked, count), at);
    return count;
  }

  private end(reason: string | undefined): void {
    this.done = true;
    if (reason !== undefined) this.failure = new PackingError(reason);
  }

  private get(struct: number, field: number): number {
    return this.view.getUint32(struct + field, true);
  }

  private set(struct: number, field: number, value: number): void {
    this.view.setUint32(struct + field, value, true);
  }

  private get view(): DataView {
    const { buffer } = this.zstd.memory;
    if (this.heap.buffer !== buffer) this.heap = new DataView(buffer);
    return this.heap;
  }
}
