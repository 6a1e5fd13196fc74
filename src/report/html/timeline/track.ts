import type { Extent } from "./extent.js";
import { type Item, stretchOf } from "./items.js";

/** Items in the order of their beginnings, so that those in a stretch of time are found without looking at the others. */
export interface Track {
  items: Item[];
  starts: Float64Array;
  /** The latest end among the items up to each one: it never falls, so it can be searched like the starts. */
  ends: Float64Array;
}

/** @param items ordered by `from.earliest` */
export function trackOf(items: Item[]): Track {
  const starts = new Float64Array(items.length);
  const ends = new Float64Array(items.length);
  let end = Number.NEGATIVE_INFINITY;
  items.forEach((item, i) => {
    const { from, to } = stretchOf(item);
    starts[i] = from;
    ends[i] = end = Math.max(end, to);
  });
  return { items, starts, ends };
}

/** Index of the first value that is at least `value` (`above`: more than it); `values` never falls. */
function search(values: Float64Array, value: number, above: boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const before = above ? values[middle]! <= value : values[middle]! < value;
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Indices `[first, end)` outside of which no item touches the stretch. */
export const within = ({ starts, ends }: Track, { from, to }: Extent): [first: number, end: number] => [
  search(ends, from, false),
  search(starts, to, true),
];

/**
 * The item that is meant by pointing at a moment: one that was going on then, the shortest of several, else the nearest.
 * @param reach µs that one may miss it by
 */
export function itemAt(track: Track, at: number, reach: number): Item | undefined {
  const [first, end] = within(track, { from: at - reach, to: at + reach });
  let best: Item | undefined;
  let [bestMiss, bestLength] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = first; i < end; i++) {
    const item = track.items[i]!;
    const { from, to } = stretchOf(item);
    const miss = Math.max(0, from - at, at - to);
    const length = to - from;
    if (miss > reach || miss > bestMiss || (miss === bestMiss && length >= bestLength)) continue;
    [best, bestMiss, bestLength] = [item, miss, length];
  }
  return best;
}
