const SLOTS = 1 << 16;

/**
 * Counts numbers by their lower 16 bits: a number that was never added is nearly always known to be absent without a look at
 * anything else, and one that was is never said to be.
 */
export class Occupied {
  private readonly counts = new Uint32Array(SLOTS);

  /** What is no number (a port by its name) counts as 0. */
  add(number: unknown): void {
    this.counts[slotOf(number)]!++;
  }

  remove(number: unknown): void {
    this.counts[slotOf(number)]!--;
  }

  has(number: number): boolean {
    return this.counts[slotOf(number)]! > 0;
  }
}

function slotOf(number: unknown): number {
  return typeof number === "number" ? number & (SLOTS - 1) : 0;
}
