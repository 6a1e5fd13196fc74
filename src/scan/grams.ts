/** Places in the table of grams: 2 to the power of this. */
export const SLOT_BITS = 17;
export const SLOTS = 1 << SLOT_BITS;

/** Knuth's multiplicative hashing: 2^32 divided by the golden ratio. The kernel has the same number. */
const GOLDEN = 0x9e3779b1;

/** The four bytes at `at` as a number, the first the lowest. */
export function gramAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/** A gram's place in the table. */
export function slotOf(gram: number): number {
  return Math.imul(gram, GOLDEN) >>> (32 - SLOT_BITS);
}

/** How common a byte is in logs: blanks, vowels and digits most. */
const WEIGHTS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 32) return 8;
  if (byte >= 48 && byte <= 57) return 4;
  if ("etaoinsr".includes(String.fromCharCode(byte))) return 3;
  return byte >= 97 && byte <= 122 ? 2 : 1;
});

/** How dear a byte is to look for, when nothing is known of the source. */
export function weightOf(byte: number): number {
  return WEIGHTS[byte]!;
}

/** A gram is counted so many times before a guess could outweigh it: 8 to the fourth power is the largest guess. */
const COUNTED = 8192;

/** Counts the grams of the bytes [from, to), each at its place: what {@link GramCosts} judges by. */
export function countGrams(counts: Uint32Array, bytes: Uint8Array, from: number, to: number): void {
  for (let at = from; at + 4 <= to; at++) counts[slotOf(gramAt(bytes, at))]!++;
}

/** How dear it is to look for a gram: how often it was met in samples of the source. */
export class GramCosts {
  /** @param counts of each gram's place how often it was met */
  constructor(private readonly counts: Uint32Array) {}

  /** Halves all counts: what a source held long ago counts less and less, but is not forgotten at once. */
  fade(): void {
    const { counts } = this;
    for (let slot = 0; slot < SLOTS; slot++) counts[slot]! >>>= 1;
  }

  /** Among grams that were met equally often, or never, a guess by their bytes decides. */
  of(gram: number): number {
    const guess =
      WEIGHTS[gram & 255]! *
      WEIGHTS[(gram >>> 8) & 255]! *
      WEIGHTS[(gram >>> 16) & 255]! *
      WEIGHTS[gram >>> 24]!;
    return this.counts[slotOf(gram)]! * COUNTED + guess;
  }

  /** The same of all 256 grams that differ in one byte. @param step what one more in that byte is in the number */
  ofMany(gram: number, step: number): number {
    let sum = 0;
    for (let byte = 0; byte < 256; byte++) sum += this.of(gram + byte * step);
    return sum;
  }
}
