/** A number from a text, the same on every machine: FNV-1a, 32 bits (www.isthe.com/chongo/tech/comp/fnv). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // Its low bits depend on few characters: mixed once more (murmur3's finalizer).
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

interface Ranked<T> {
  rank: number;
  key: string;
  value: T;
}

const before = (a: Ranked<unknown>, b: Ranked<unknown>): number =>
  a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/**
 * Holds a bounded, even sample of what passes: those of the lowest hashes, whatever the order in which they come. A thing of which there
 * is little is held whole.
 */
export class Candidates<T> {
  /** How many passed. */
  total = 0;
  private held: Ranked<T>[] = [];
  private highest = Number.POSITIVE_INFINITY;

  /** @param most how many are held in the end; twice as many on the way */
  constructor(private readonly most: number) {}

  /**
   * @param key tells it from all others
   * @param make is called when it is held
   */
  offer(key: string, make: () => T): void {
    this.total++;
    const rank = hashOf(key);
    if (rank > this.highest) return;
    this.held.push({ rank, key, value: make() });
    if (this.held.length >= 2 * this.most) this.prune();
  }

  /** Those that are held, in no order that means anything, but the same for the same things. */
  get values(): T[] {
    this.prune();
    return this.held.map(({ value }) => value);
  }

  private prune(): void {
    this.held.sort(before);
    if (this.held.length <= this.most) return;
    this.held.length = this.most;
    this.highest = this.held[this.most - 1]!.rank;
  }
}
