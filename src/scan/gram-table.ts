import { slotOf } from "./grams.js";

/**
 * Where a gram's neighbours stand, from the gram: three bytes before it and three behind its four. So whichever gram of a window of seven
 * bytes is met, the whole window is asked for.
 */
const NEIGHBOURS = [-3, -2, -1, 4, 5, 6] as const;

/** Places in a bucket: a set for each neighbour, how many distances, the distances. */
export const BUCKET_COUNT = NEIGHBOURS.length;
export const BUCKET_DISTANCES = BUCKET_COUNT + 1;

/** A byte's place in a set of 32: letters have one each. */
const bit = (byte: number | undefined) => (byte === undefined ? -1 : 1 << (byte & 31));

const NOTHING = new Uint8Array(0);
const NO_BUCKETS = new Int32Array(0);

interface Bucket {
  readonly sets: number[];
  readonly distances: number[];
  /** Several places may have one bucket: what is entered at one of them alone needs another. */
  readonly isShared: boolean;
  /** Where it was written to; -1: it was not yet. */
  at: number;
}

function bucketFor(literal: Uint8Array, distance: number, isShared: boolean): Bucket {
  const sets = NEIGHBOURS.map((neighbour) => bit(literal[distance + neighbour]));
  return { sets, distances: [distance], isShared, at: -1 };
}

/**
 * What is known of grams, as flat arrays for the kernel. A gram that is met is first asked for its neighbours: most that are met by chance,
 * or in a word that many texts share, do not get further.
 */
export class GramTable {
  /** Not 0 where a gram is awaited. */
  awaited: Uint8Array = NOTHING;
  /** Where the gram's bucket begins in `buckets`. */
  bucketOf: Int32Array = NO_BUCKETS;
  /**
   * Of each gram's place: which bytes may be its neighbours (sets of 32 bits, by a byte's lowest five), how many distances, and these: from
   * the gram back to where a literal may begin, in bytes.
   */
  buckets: Int32Array = new Int32Array(0);
  /** Only until it is packed: of hundreds of literals this is a megabyte. */
  private readonly entered = new Map<number, Bucket>();

  /**
   * Puts the two large arrays where whoever asks them has them: the kernel in its own memory.
   * @param awaited a place for each gram, by its hash (`SLOTS`)
   * @param bucketOf as many
   */
  lieIn(awaited: Uint8Array, bucketOf: Int32Array): void {
    this.awaited = awaited;
    this.bucketOf = bucketOf;
  }

  /** Awaits a gram that lies `distance` bytes behind the beginning of a literal. */
  enter(gram: number, literal: Uint8Array, distance: number): void {
    const slot = slotOf(gram);
    const bucket = this.entered.get(slot);
    if (bucket) this.entered.set(slot, added(bucket, bucketFor(literal, distance, false)));
    else this.entered.set(slot, bucketFor(literal, distance, false));
  }

  /** Awaits the 256 grams that differ in one byte. @param step what one more in that byte is in the number */
  enterMany(gram: number, step: number, literal: Uint8Array, distance: number): void {
    const { entered } = this;
    const shared = bucketFor(literal, distance, true);
    for (let byte = 0; byte < 256; byte++) {
      const slot = slotOf(gram + byte * step);
      const bucket = entered.get(slot);
      entered.set(slot, bucket ? added(bucket, shared) : shared);
    }
  }

  /** Writes what was entered into the arrays, in place of what they held, and forgets it. */
  pack(): void {
    const packed: number[] = [];
    this.awaited.fill(0);
    for (const [slot, bucket] of this.entered) {
      this.awaited[slot] = 1;
      if (bucket.at < 0) {
        bucket.at = packed.length;
        packed.push(...bucket.sets, bucket.distances.length, ...bucket.distances);
      }
      this.bucketOf[slot] = bucket.at;
    }
    this.buckets = Int32Array.from(packed);
    this.entered.clear();
  }

  /**
   * Can the gram at `at` be part of a literal of this bucket? A literal that has no byte where a neighbour would be does not ask for one, so
   * that anything may lie before and behind `bytes`.
   */
  suits(bucket: number, bytes: Uint8Array, at: number): boolean {
    let suits = 1;
    for (let i = 0; i < NEIGHBOURS.length; i++)
      suits &= this.buckets[bucket + i]! >>> (bytes[at + NEIGHBOURS[i]!]! & 31);
    return suits !== 0;
  }
}

/** A bucket that suits what suits either: the first itself, where no other place has it. */
function added(bucket: Bucket, other: Bucket): Bucket {
  const into: Bucket = bucket.isShared
    ? { sets: [...bucket.sets], distances: [...bucket.distances], isShared: false, at: -1 }
    : bucket;
  for (let i = 0; i < NEIGHBOURS.length; i++) into.sets[i]! |= other.sets[i]!;
  for (const distance of other.distances)
    if (!into.distances.includes(distance)) into.distances.push(distance);
  return into;
}
