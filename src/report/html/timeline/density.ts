import type { Density } from "../../study.js";
import type { Extent } from "./extent.js";

/** So many records in a stretch of time; µs after the origin. */
export interface Step {
  from: number;
  to: number;
  count: number;
  estimated: boolean;
}

/** The steps in view, and the most records per µs that any step of this fineness has, in view or not: heights stay while the view moves. */
export interface Histogram {
  steps: Step[];
  peak: number;
}

const endOf = ({ width, first, counts }: Density) => (first + counts.length) * width;

/**
 * What to draw of a lane's densities: everywhere the finest one whose bins are at least a pixel wide; bins of the coarsest one are put together
 * where even they are narrower.
 * @param pixel µs
 */
export function histogram(densities: Density[], extent: Extent, pixel: number): Histogram {
  const finest = [...densities].sort((a, b) => a.width - b.width);
  let shown = finest.filter(({ width }) => width >= pixel);
  if (shown.length === 0) shown = finest.slice(-1);
  const result: Histogram = { steps: [], peak: 0 };
  let free: Extent[] = [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }];
  for (const density of shown) {
    const group = Math.max(1, Math.ceil(pixel / density.width));
    result.peak = Math.max(result.peak, peakOf(density, group));
    for (const gap of free) result.steps.push(...stepsIn(density, group, gap, extent));
    const taken = { from: density.first * density.width, to: endOf(density) };
    free = free.flatMap((gap) => without(gap, taken));
  }
  return result;
}

function without(gap: Extent, taken: Extent): Extent[] {
  if (taken.to <= gap.from || taken.from >= gap.to) return [gap];
  const left = [];
  if (taken.from > gap.from) left.push({ from: gap.from, to: taken.from });
  if (taken.to < gap.to) left.push({ from: taken.to, to: gap.to });
  return left;
}

function peakOf({ width, first, counts }: Density, group: number): number {
  let [peak, sum, cell] = [0, 0, Number.NaN];
  counts.forEach((count, i) => {
    const own = Math.floor((first + i) / group);
    sum = own === cell ? sum + count : count;
    cell = own;
    peak = Math.max(peak, sum);
  });
  return peak / (width * group);
}

/** The steps that touch the view, cut to the gap. Groups begin at multiples of their length, so that they do not change while the view moves. */
function* stepsIn(
  { width, first, counts, estimated }: Density,
  group: number,
  gap: Extent,
  extent: Extent,
): Generator<Step> {
  const length = width * group;
  const from = Math.max(gap.from, extent.from, first * width);
  const to = Math.min(gap.to, extent.to, (first + counts.length) * width);
  for (let cell = Math.floor(from / length); cell < Math.ceil(to / length); cell++) {
    const end = Math.min((cell + 1) * group - first, counts.length);
    let count = 0;
    for (let i = Math.max(cell * group - first, 0); i < end; i++) count += counts[i]!;
    if (count === 0) continue;
    const step = { from: Math.max(cell * length, gap.from), to: Math.min((cell + 1) * length, gap.to) };
    yield { ...step, count, estimated: estimated === true };
  }
}

/** The step that a moment lies in. */
export const stepAt = (densities: Density[], at: number, pixel: number): Step | undefined =>
  histogram(densities, { from: at, to: at + pixel / 1000 }, pixel).steps.find(
    ({ from, to }) => from <= at && at < to,
  );

/**
 * All sources together in a row of equal columns over an extent, each source by its coarsest density, which counts all of its records.
 * What lies on the border of two columns is shared out.
 */
export function overview(densities: Density[], { from, to }: Extent, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  const column = (to - from) / columns;
  for (const { width, first, counts } of coarsest(densities)) {
    counts.forEach((count, i) => {
      if (count === 0) return;
      const start = ((first + i) * width - from) / column;
      const end = start + width / column;
      for (let at = Math.max(0, Math.floor(start)); at < Math.min(columns, end); at++) {
        const shared = Math.min(end, at + 1) - Math.max(start, at);
        sums[at]! += (count * shared) / (end - start);
      }
    });
  }
  return sums;
}

/** For each source the density with the widest bins. */
export function coarsest(densities: Density[]): Density[] {
  const bySource = new Map<string, Density>();
  for (const density of densities) {
    const known = bySource.get(density.source);
    if (!known || known.width < density.width) bySource.set(density.source, density);
  }
  return [...bySource.values()];
}
