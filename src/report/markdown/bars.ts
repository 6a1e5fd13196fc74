import type { Report, ReportFinding } from "../contract.js";
import { bounds, micros, rfc3339, type Time } from "../times.js";
import { toldSteps } from "../view-story.js";

/** A step of a story as a bar on a common axis, µs since the epoch. */
export interface Bar {
  number: number;
  title: string;
  from: number;
  to: number;
  noticed: boolean;
}

export interface Bars {
  from: number;
  to: number;
  bars: Bar[];
}

/** A moment must be known to within this share of the whole, or a bar would claim more than is known. */
const SURE = 0.1;

/**
 * When the steps of a story began and ended. Nothing where there is but one, or where they have no dates: a picture would say no more than
 * the words.
 */
export function barsOf(report: Report, root: ReportFinding, most: number): Bars | undefined {
  const bars = toldSteps(report, root, most).flatMap(({ step, finding, number, noticed }) => {
    const [from, latest] = bounds(step.time);
    const end = finding.to === null ? Number.NaN : micros(finding.to);
    return Number.isNaN(from)
      ? []
      : [{ number, title: finding.title, from, latest, to: Math.max(from, latest, end || from), noticed }];
  });
  if (bars.length < 2) return undefined;
  const from = Math.min(...bars.map((bar) => bar.from));
  const to = Math.max(...bars.map((bar) => bar.to));
  const sure = bars.every((bar) => bar.latest - bar.from <= (to - from) * SURE);
  return sure && to > from ? { from, to, bars } : undefined;
}

/** µs as a time of a report. They came from one, so it has a year of four digits. */
export const timeOf = (us: number): Time => rfc3339(us) ?? "";
