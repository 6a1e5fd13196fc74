import type { Offset } from "../../clock/align/solution.js";
import type { Inferred } from "../../clock/inferred.js";
import { MINUTE_US } from "../../model/calendar.js";

/** Zones are whole quarters of an hour from UTC; nearly all are whole hours. */
const QUARTER_US = 15 * MINUTE_US;
const HOUR_US = 60 * MINUTE_US;

/** Two clocks of one host, or kept by NTP, agree better than this. */
const ONE_CLOCK_US = 250_000;

/** A clock that is further from a whole number of hours is taken to be in the zone that it was read in, and wrong. */
const MOST_WRONG_US = 2 * MINUTE_US;

/** What of a clock's offset is no fault of the clock: how its stamps are read. */
export interface Base {
  /** µs to be taken from its times as they were read: a zone, a date, an unknown beginning. */
  by: number;
  /** Were its spans counted from an unknown beginning? Then `by` is all there is to know, and no zone. */
  origin: boolean;
}

/**
 * Splits an offset into what was not known of the stamps (date, zone, beginning) and what the clock is wrong by. Stamps that say date
 * and zone leave nothing unknown. A zone that nobody told, and a date, are whole quarters of an hour: the nearest that leaves
 * no disagreement, else the nearest hour that leaves little.
 */
export function baseOf(inferred: Inferred, { min, max, best }: Offset): Base {
  const { completion, island } = inferred;
  if (island !== undefined && !Number.isNaN(completion.origin)) return { by: Math.round(best), origin: true };
  if (!isUndated(inferred)) return { by: 0, origin: false };
  const near = (unit: number) => Math.round(best / unit) * unit;
  // Told zones are believed; only the date of a time of day may then be unknown.
  const unit = isZoneGuessed(inferred) ? QUARTER_US : 24 * HOUR_US;
  const leaves = (by: number, margin: number) => min - by <= margin && max - by >= -margin;
  if (leaves(near(unit), ONE_CLOCK_US)) return { by: near(unit), origin: false };
  if (leaves(near(HOUR_US), MOST_WRONG_US) || island !== undefined)
    return { by: near(HOUR_US), origin: false };
  return { by: 0, origin: false };
}

/** Local time that was read as UTC for want of anything better. */
export const isZoneGuessed = ({ clock, completion: { rules, zone } }: Inferred): boolean =>
  clock.zone !== undefined && rules === undefined && zone === 0;

/** Do its times not claim to be the real ones: is the date, the zone or the beginning unknown? */
export const isUndated = (inferred: Inferred): boolean =>
  inferred.island !== undefined || isZoneGuessed(inferred);
