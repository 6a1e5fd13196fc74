import type { StampKind } from "../model/stamp.js";
import { DAY_US, inYear, PLACEHOLDER_YEAR, yearOf } from "./calendar.js";
import type { Observed } from "./observed.js";
import { type Completion, HALF_YEAR_US, UNKNOWN } from "./source-clock.js";
import { isAbsolute, isDated, readStamp } from "./stamps.js";
import { zoneOf } from "./zone.js";

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1]!;

/** Zone and year from records that carry a full stamp inside: both were written within the same moment. */
export function innerBasis(observed: Observed, kind: StampKind): Completion | undefined {
  if (kind !== "syslog" && !isDated(kind)) return undefined;
  const differences: number[] = [];
  let year = PLACEHOLDER_YEAR;
  for (const { outer, inner } of observed.samples) {
    if (!inner || !isAbsolute(inner.kind) || outer.kind !== kind) continue;
    const inside = readStamp(inner.kind, inner.text).us;
    if (Number.isNaN(inside)) continue;
    const outside = readStamp(kind, outer.text).us;
    const at = yearOf(inside);
    differences.push((kind === "syslog" ? inYear(outside, at) : outside) - inside);
    if (differences.length === 1) year = at;
  }
  if (differences.length === 0) return undefined;
  const zone = zoneOf(median(differences));
  return Number.isNaN(zone) ? undefined : { ...UNKNOWN, zone, year };
}

/** The year that puts a yearless time nearest to a known one. */
function closestYear(placeholderUs: number, knownUs: number): number {
  const around = yearOf(knownUs);
  let best = around;
  let least = Number.POSITIVE_INFINITY;
  for (const year of [around - 1, around, around + 1]) {
    const distance = Math.abs(inYear(placeholderUs, year) - knownUs);
    if (distance < least) [least, best] = [distance, year];
  }
  return best;
}

/**
 * The year of a source's first yearless stamp, and from what it is known: what the user said; else that which puts its last stamp nearest before
 * its bundle was collected; else that which puts the first nearest to a dated source.
 */
export function yearFor(
  { samples, host }: Observed,
  { year }: { year?: number | undefined },
  donor: { path: string; from: number } | undefined,
): { year: number | undefined; basis: string } {
  if (year !== undefined) return { year, basis: "as asked" };
  const stamps = samples.flatMap(({ outer }) =>
    outer.kind === "syslog" ? [readStamp(outer.kind, outer.text).us] : [],
  );
  if (host?.collected)
    return {
      year: yearBefore(stamps, host.collected.value),
      basis: `the last before ${host.collected.path}`,
    };
  return donor
    ? { year: closestYear(stamps[0]!, donor.from), basis: `the nearest to ${donor.path}` }
    : { year: undefined, basis: "" };
}

/** The year of the first stamp where the last one lies in the year before an instant. */
function yearBefore(stamps: readonly number[], instant: number): number {
  let newYears = 0;
  for (const [i, stamp] of stamps.entries()) if (stamp < (stamps[i - 1] ?? stamp) - HALF_YEAR_US) newYears++;
  // Local time may be ahead of UTC.
  const last = instant + DAY_US;
  const around = yearOf(last);
  return around - (inYear(stamps.at(-1)!, around) <= last ? 0 : 1) - newYears;
}
