import type { Density } from "../../report/study.js";
import type { Lane } from "./lanes.js";
import { columnOf, type Window } from "./window.js";

/** How much happened in each column. */
export interface Counts {
  counts: number[];
  /** True where columns are narrower than what was counted, so that it is spread evenly over them. */
  spread: boolean[];
}

/**
 * Counts a lane's records in the columns of a window: by the finest density that covers a column whole, else by coarser ones.
 * Lanes without densities have their events counted.
 */
export function countsIn(lane: Lane, window: Window, columns: number): Counts {
  const counts = Array<number>(columns).fill(0);
  const spread = Array<boolean>(columns).fill(false);
  if (lane.densities.length === 0) {
    countEvents(lane, window, counts);
    return { counts, spread };
  }
  const done = Array<boolean>(columns).fill(false);
  const coarsest = lane.densities.at(-1)!.width;
  for (const density of lane.densities) {
    const { width, first } = density;
    const [begin, end] = [first * width, (first + density.counts.length) * width];
    const last = width === coarsest;
    const from = Math.max(0, last ? columnOf(window, begin) : Math.ceil((begin - window.from) / window.per));
    const to = Math.min(columns - 1, last ? columnOf(window, end) : columnOf(window, end) - 1);
    for (let column = from; column <= to; column++) {
      if (done[column]) continue;
      // Densities of the coarsest kind may follow each other within a column.
      if (!last) done[column] = true;
      const at = window.from + column * window.per;
      counts[column]! += countBetween(density, at, at + window.per);
      spread[column] = window.per < width;
    }
  }
  return { counts, spread };
}

/** Records of a density between two times; bins that are cut count for their share. */
function countBetween({ width, first, counts }: Density, from: number, to: number): number {
  const begin = Math.max(0, Math.floor(from / width) - first);
  const end = Math.min(counts.length - 1, Math.ceil(to / width) - 1 - first);
  let sum = 0;
  for (let i = begin; i <= end; i++) {
    const left = (first + i) * width;
    const share = (Math.min(to, left + width) - Math.max(from, left)) / width;
    sum += counts[i]! * Math.max(0, Math.min(1, share));
  }
  return sum;
}

function countEvents({ marks, stretches }: Lane, window: Window, counts: number[]): void {
  const add = (at: number) => {
    const column = columnOf(window, at);
    if (column >= 0 && column < counts.length) counts[column]!++;
  };
  for (const { time } of marks) add(time);
  for (const { from } of stretches) add(from.earliest);
}

/** Of eight steps, the one that stands for a count among others up to `most`: logarithmic, since one record must show beside millions. */
export function levelOf(count: number, most: number): number {
  if (count <= 0) return 0;
  if (most <= 1) return Math.max(1, Math.round(count * 4));
  return Math.max(1, Math.min(8, Math.ceil((8 * Math.log1p(count)) / Math.log1p(most))));
}
