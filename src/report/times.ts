import type { Event } from "../model/event.js";
import type { StampKind } from "../model/stamp.js";

/** RFC 3339, UTC, nine digits: `2026-11-22T00:52:32.525263649Z`. */
export type Time = string;
/** A point, or the interval in which it lies; `null` when it could not be placed or its date is unknown. */
export type When = Time | { earliest: Time; latest: Time } | null;

/** What is left of a time whose date is unknown. Exactly one key. */
export interface Undated {
  /** `03:46:26.201760`, or `Nov 22 03:46:26.201760` where only the year is missing. */
  time_of_day?: string;
  /** Seconds since an unknown start: `+1386.422010`. */
  elapsed?: string;
}

const DAY = 86_400_000_000;
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const pad = (n: number, width: number) => String(n).padStart(width, "0");

interface Civil {
  year: number;
  month: number;
  day: number;
}

/** Year, month and day of a count of days since 1970-01-01 (Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days). */
function civil(days: number): Civil {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yoe + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: doy - Math.floor((153 * mp + 2) / 5) + 1,
  };
}

/** `03:46:26.201760`, from µs since the epoch or since midnight. */
function timeOfDay(us: number): string {
  const inDay = us - Math.floor(us / DAY) * DAY;
  const seconds = Math.floor(inDay / 1e6);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${pad(h, 2)}:${pad(m, 2)}:${pad(s, 2)}.${pad(inDay - seconds * 1e6, 6)}`;
}

/**
 * Writes a time with all its digits; `Date` would stop at milliseconds.
 * @param us µs since the epoch, UTC
 * @param ns nanoseconds below it, 0…999
 * @returns `null` for NaN, for infinity, and outside of the years 0 to 9999 that RFC 3339 knows
 */
export function rfc3339(us: number, ns = 0): Time | null {
  if (!Number.isFinite(us)) return null;
  const { year, month, day } = civil(Math.floor(us / DAY));
  if (year < 0 || year > 9999) return null;
  const below = Number.isInteger(ns) && ns >= 0 && ns <= 999 ? ns : 0;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${timeOfDay(Math.floor(us))}${pad(below, 3)}Z`;
}

/** A point when both ends are the same, else the interval. */
export function when(us: number, latest: number, ns = 0): When {
  const earliest = rfc3339(us, ns);
  if (earliest === null || !(latest > us)) return earliest;
  const end = rfc3339(latest);
  return end === null ? earliest : { earliest, latest: end };
}

/** The time of an event on a dated clock. */
export const timeOf = (event: Event): When => when(event.time, event.latest, event.ns);

/** The stamp of a record whose time was corrected; `{}` where both are the same. */
export function stampOf({ stamped, time, ns }: Pick<Event, "stamped" | "time" | "ns">): { stamp?: Time } {
  if (stamped === undefined || stamped === time) return {};
  const stamp = rfc3339(stamped, ns);
  return stamp === null ? {} : { stamp };
}

/** What a floating clock's time says without its date. `{}` for NaN. */
export function undated(kind: StampKind, us: number): Undated {
  if (!Number.isFinite(us)) return {};
  if (
    kind === "monotonic" ||
    kind === "sincestart" ||
    kind === "sincestart_ms" ||
    kind === "delta" ||
    kind === "elapsed" ||
    kind === "none"
  ) {
    return { elapsed: `${us < 0 ? "-" : "+"}${(Math.abs(us) / 1e6).toFixed(6)}` };
  }
  if (kind !== "syslog") return { time_of_day: timeOfDay(Math.floor(us)) };
  const { month, day } = civil(Math.floor(us / DAY));
  return {
    time_of_day: `${MONTHS.slice(month * 3 - 3, month * 3)} ${pad(day, 2)} ${timeOfDay(Math.floor(us))}`,
  };
}

/** µs since the epoch of what {@link rfc3339} wrote (its nanoseconds are dropped); NaN when it is no such text. */
export function micros(time: Time | null | undefined): number {
  if (!time) return Number.NaN;
  const ms = Date.parse(`${time.slice(0, 19)}Z`);
  return ms * 1000 + Number(time.slice(20, 26));
}

/** Earliest and latest µs of a time in a report; NaN twice when there is none. */
export function bounds(time: When): [earliest: number, latest: number] {
  if (time === null) return [Number.NaN, Number.NaN];
  if (typeof time === "string") return [micros(time), micros(time)];
  return [micros(time.earliest), micros(time.latest)];
}
