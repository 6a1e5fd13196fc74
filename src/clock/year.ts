import type { StampKind } from "../model/stamp.js";
import { DAY_US, daysFromCivil, PLACEHOLDER_YEAR, yearOf } from "./calendar.js";
import type { Observed } from "./observed.js";
import { type Completion, UNKNOWN } from "./source-clock.js";
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
    const shift = kind === "syslog" ? daysFromCivil(at, 1, 1) - daysFromCivil(PLACEHOLDER_YEAR, 1, 1) : 0;
    // After February the placeholder leap year is a day ahead of a common one.
    const leapDay =
      kind === "syslog" &&
      !(at % 4 === 0 && (at % 100 !== 0 || at % 400 === 0)) &&
      outside - daysFromCivil(PLACEHOLDER_YEAR, 1, 1) * DAY_US >= 60 * DAY_US
        ? DAY_US
        : 0;
    differences.push(outside + shift * DAY_US - leapDay - inside);
    if (differences.length === 1) year = at;
  }
  if (differences.length === 0) return undefined;
  const zone = zoneOf(median(differences));
  return Number.isNaN(zone) ? undefined : { ...UNKNOWN, zone, year };
}

/** The year that puts a yearless time nearest to a known one. */
export function closestYear(placeholderUs: number, knownUs: number): number {
  const inYear = placeholderUs - daysFromCivil(PLACEHOLDER_YEAR, 1, 1) * DAY_US;
  const around = yearOf(knownUs);
  let best = around;
  let least = Number.POSITIVE_INFINITY;
  for (const year of [around - 1, around, around + 1]) {
    const distance = Math.abs(daysFromCivil(year, 1, 1) * DAY_US + inYear - knownUs);
    if (distance < least) [least, best] = [distance, year];
  }
  return best;
}
