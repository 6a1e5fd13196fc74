import type { ReportSource } from "../contract.js";
import type { Density, Picture } from "../study.js";
import { micros } from "../times.js";
import { histogram } from "./timeline/density.js";
import type { Extent } from "./timeline/extent.js";

/** Where a source has records, and the stretches between them where it has none. µs after the picture's origin. */
export interface Coverage {
  covered: Extent[];
  gaps: Extent[];
}

/** A picture is looked at in so many columns. */
const COLUMNS = 300;
/** Columns without a record that are a gap: a single one is seen by nobody. */
const LEAST_GAP = 2;

/** The whole of what happened; never empty, so that it can be drawn. */
export const wholeOf = ({ length }: Picture): Extent => ({ from: 0, to: Math.max(length, 1) });

/**
 * When a source says something. Silence is shown as what it is: no record. Whether nothing happened or nothing was recorded, nobody can tell.
 * @param densities those of the source
 * @returns `undefined` where nothing of it has a known time
 */
export function coverageOf(
  source: ReportSource,
  densities: Density[],
  picture: Picture,
): Coverage | undefined {
  if (picture.origin === null) return undefined;
  const whole = wholeOf(picture);
  const column = whole.to / COLUMNS;
  const steps = histogram(densities, whole, column).steps.sort((a, b) => a.from - b.from);
  const stretches: Extent[] =
    steps.length > 0 ? steps : ownSpan(source, picture.origin).filter(({ to }) => to >= whole.from);
  if (stretches.length === 0) return undefined;
  const covered: Extent[] = [];
  for (const { from, to } of stretches) {
    const last = covered.at(-1);
    if (last && from - last.to < LEAST_GAP * column) last.to = Math.max(last.to, to);
    else covered.push({ from, to });
  }
  const gaps = covered.slice(1).map(({ from }, i) => ({ from: covered[i]!.to, to: from }));
  return { covered, gaps };
}

/** What the report says of a source of which nobody counted the records over time. */
function ownSpan({ from, to }: ReportSource, origin: number): Extent[] {
  const start = micros(from);
  return Number.isNaN(start) ? [] : [{ from: start - origin, to: micros(to ?? from) - origin }];
}
