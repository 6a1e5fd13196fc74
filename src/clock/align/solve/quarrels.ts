import { MaxHeap } from "./heap.js";
import { EPSILON, RATE } from "./rate.js";
import type { Track } from "./track.js";

/** Matches that contradict each other two by two, each in one such pair at most. */
export interface Quarrels {
  /** Places in the track: `first[i]` contradicts `second[i]`. */
  first: number[];
  second: number[];
  /** By place in the track: 1 for those that are in a pair. */
  gone: Uint8Array;
  /** How many pairs there are among the first n that were looked at. */
  upTo: Uint32Array;
}

/** Whether a stretch of the track holds together: linear, and all that is needed for nearly all clocks. */
export function agrees({ at, low, high }: Track, from: number, to: number): boolean {
  let least = Number.NEGATIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  for (let i = from; i < to; i++) {
    const drift = RATE * at[i]!;
    if (low[i]! - drift > most + EPSILON || high[i]! + drift < least - EPSILON) return false;
    if (low[i]! + drift > least) least = low[i]! + drift;
    if (high[i]! - drift < most) most = high[i]! - drift;
  }
  return true;
}

/**
 * Takes out contradicting pairs until none is left. Which of the two is wrong need not be known: with both gone, what is left cannot
 * contain more wrong ones, and at most twice as many are gone as had to be (the classical 2-approximation of a vertex cover by a
 * maximal matching: Cormen et al., Introduction to Algorithms, ch. 35.1). O(n log n).
 *
 * @param indexes places in the track, ascending
 * @param backwards looks at them from the last to the first
 */
export function quarrelsOf({ at, low, high }: Track, indexes: Uint32Array, backwards = false): Quarrels {
  const gone = new Uint8Array(at.length);
  const quarrels: Quarrels = { first: [], second: [], gone, upTo: new Uint32Array(indexes.length + 1) };
  const lows = new MaxHeap();
  const highs = new MaxHeap();
  const settle = (heap: MaxHeap) => {
    while (gone[heap.top]) heap.pop();
  };
  for (let n = 0; n < indexes.length; n++) {
    const i = indexes[backwards ? indexes.length - 1 - n : n]!;
    const drift = RATE * (backwards ? -at[i]! : at[i]!);
    settle(lows);
    settle(highs);
    const against =
      lows.key > high[i]! + drift + EPSILON
        ? lows.top
        : -highs.key < low[i]! - drift - EPSILON
          ? highs.top
          : -1;
    if (against >= 0) {
      gone[against] = 1;
      gone[i] = 1;
      quarrels.first.push(against);
      quarrels.second.push(i);
    } else {
      if (low[i]! > Number.NEGATIVE_INFINITY) lows.push(low[i]! + drift, i);
      if (high[i]! < Number.POSITIVE_INFINITY) highs.push(drift - high[i]!, i);
    }
    quarrels.upTo[n + 1] = quarrels.first.length;
  }
  return quarrels;
}
