import { byPlace, type Placed, rankOf } from "./places.js";

/**
 * Holds a bounded, even sample of what passes: those of the lowest ranks, whatever the order in which they come. A thing of which there
 * is little is held whole.
 */
export class Candidates<T extends Placed> {
  /** How many passed. */
  total = 0;
  private held: { rank: number; value: T }[] = [];
  private highest = Number.POSITIVE_INFINITY;

  /** @param most how many are held in the end; twice as many on the way */
  constructor(private readonly most: number) {}

  /** @param make makes what is held of it, if it is */
  offer<E extends Placed>(event: E, make: (event: E) => T): void {
    this.total++;
    const rank = rankOf(event);
    if (rank > this.highest) return;
    this.held.push({ rank, value: make(event) });
    if (this.held.length >= 2 * this.most) this.prune();
  }

  /** Those that are held, in an order that means nothing, but is the same for the same things. */
  get values(): T[] {
    this.prune();
    return this.held.map(({ value }) => value);
  }

  private prune(): void {
    this.held.sort((a, b) => a.rank - b.rank || byPlace(a.value, b.value));
    if (this.held.length <= this.most) return;
    this.held.length = this.most;
    this.highest = this.held[this.most - 1]!.rank;
  }
}
