import { SLOTS, slotOf } from "./grams.js";

/** Numbers of a bucket before its distances. */
export const BUCKET_AFTER = 0;
export const BUCKET_BEFORE = 1;
export const BUCKET_COUNT = 2;
export const BUCKET_DISTANCES = 3;

/** A neighbouring byte's place in a set of 32: letters have one each. */
const bit = (byte: number | undefined) => (byte === undefined ? -1 : 1 << (byte & 31));

interface Bucket {
  after: number;
  before: number;
  readonly distances: number[];
}

/**
 * What is known of grams, as flat arrays for the kernel. A gram that is met is first asked for its neighbours: most that are met by chance,
 * or in a word that many texts share, do not get further.
 */
export class GramTable {
  /** Not 0 where a gram is awaited. */
  readonly awaited = new Uint8Array(SLOTS);
  /** Where the gram's bucket begins in `buckets`. */
  readonly bucketOf = new Int32Array(SLOTS);
  /**
   * Of each gram's place: which bytes stand behind and before it (sets of 32 bits, by the byte's lowest five), how many distances, and these:
   * from the gram back to where a literal may begin, in bytes.
   */
  buckets: Int32Array = new Int32Array(0);
  private readonly entered = new Map<number, Bucket>();

  clear(): void {
    this.awaited.fill(0);
    this.entered.clear();
  }

  /** Awaits a gram that lies `distance` bytes behind the beginning of a literal. */
  enter(gram: number, literal: Uint8Array, distance: number): void {
    const slot = slotOf(gram);
    let bucket = this.entered.get(slot);
    if (!bucket) this.entered.set(slot, (bucket = { after: 0, before: 0, distances: [] }));
    bucket.after |= bit(literal[distance + 4]);
    bucket.before |= bit(literal[distance - 1]);
    if (!bucket.distances.includes(distance)) bucket.distances.push(distance);
  }

  /** Writes what was entered into the arrays. */
  pack(): void {
    const packed: number[] = [];
    for (const [slot, { after, before, distances }] of this.entered) {
      this.awaited[slot] = 1;
      this.bucketOf[slot] = packed.length;
      packed.push(after, before, distances.length, ...distances);
    }
    this.buckets = Int32Array.from(packed);
  }

  /** Can a gram of this bucket be part of a literal, with these neighbours? */
  suits(bucket: number, before: number, after: number): boolean {
    const { buckets } = this;
    return (
      ((buckets[bucket + BUCKET_AFTER]! >>> (after & 31)) &
        (buckets[bucket + BUCKET_BEFORE]! >>> (before & 31)) &
        1) !==
      0
    );
  }
}
