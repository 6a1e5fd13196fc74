/** Places in the table of grams: 2 to the power of this. */
export const SLOT_BITS = 15;
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

/**
 * How often a source's bytes hold each gram, learned from samples: how dear it would be to look for it.
 * Older samples count less and less, so that what a source held long ago is not forgotten at once.
 */
export class GramCosts {
  private readonly counts = new Uint32Array(SLOTS);

  /** Learns from the bytes [from, to). */
  learn(bytes: Uint8Array, from: number, to: number): void {
    const { counts } = this;
    for (let at = from; at + 4 <= to; at++) counts[slotOf(gramAt(bytes, at))]!++;
  }

  /** Halves what was learned so far. */
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
}
