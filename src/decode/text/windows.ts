/** How dear a 4-gram is: how often it will be met. The bytes are the low to high ones of the number. */
export type Cost = (gram: number) => number;

/** How common a byte is in logs: blanks, vowels and digits most. */
const WEIGHTS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 32) return 8;
  if (byte >= 48 && byte <= 57) return 4;
  if ("etaoinsr".includes(String.fromCharCode(byte))) return 3;
  return byte >= 97 && byte <= 122 ? 2 : 1;
});

/** A static guess, enough to avoid the worst windows: below 1 + 8⁴. */
export const guessedCost: Cost = (gram) =>
  WEIGHTS[gram & 255]! * WEIGHTS[(gram >>> 8) & 255]! * WEIGHTS[(gram >>> 16) & 255]! * WEIGHTS[gram >>> 24]!;

/** The four bytes at `at`, the first the lowest. */
export function gramAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/** A gram's place in a table of 2¹⁵ (Knuth's multiplicative hashing). */
export function slotOf(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> 17;
}

/** Counts the grams of a sample; of equally frequent ones the guess decides. */
export function countedCost(sample: Uint8Array): Cost {
  const counts = new Uint16Array(1 << 15);
  for (let at = 0; at + 4 <= sample.length; at++) {
    const slot = slotOf(gramAt(sample, at));
    if (counts[slot]! < 0xffff) counts[slot]!++;
  }
  return (gram) => counts[slotOf(gram)]! * 8192 + guessedCost(gram);
}

/** Offset of the window of `grams` neighbouring 4-grams whose dearest is cheapest. */
export function cheapestWindow(literal: Uint8Array, grams: number, cost: Cost): number {
  let best = 0;
  let bestCost = Number.POSITIVE_INFINITY;
  const costs: number[] = [];
  for (let at = 0; at + 4 <= literal.length; at++) costs.push(cost(gramAt(literal, at)));
  for (let at = 0; at + grams <= costs.length; at++) {
    let dearest = 0;
    for (let k = at; k < at + grams; k++) if (costs[k]! > dearest) dearest = costs[k]!;
    if (dearest < bestCost) {
      bestCost = dearest;
      best = at;
    }
  }
  return best;
}
