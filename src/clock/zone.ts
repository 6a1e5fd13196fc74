import { SECOND_US } from "./calendar.js";

/** µs east of UTC of a zone at about the given time. Throws RangeError for a zone that nobody knows. */
export function zoneOffset(tz: string, us: number): number {
  const fixed = /^([+-])(\d\d):?(\d\d)$/.exec(tz);
  if (fixed) return (fixed[1] === "-" ? -1 : 1) * (Number(fixed[2]) * 3600 + Number(fixed[3]) * 60) * 1e6;
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: tz,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(new Date(us / 1000));
  const get = (type: string) => Number(parts.find((part) => part.type === type)!.value);
  const local =
    Date.UTC(get("year"), get("month") - 1, get("day"), get("hour"), get("minute"), get("second")) * 1000;
  return Math.round((local - us) / 60e6) * 60e6;
}

/** Rounds a difference of two clocks to the quarter of an hour that zones are made of; NaN when it is none (within 2 s… or so). */
export function zoneOf(difference: number, tolerance = 90 * SECOND_US): number {
  const quarter = 900 * SECOND_US;
  const rounded = Math.round(difference / quarter) * quarter;
  return Math.abs(difference - rounded) <= tolerance && Math.abs(rounded) <= 14 * 3600 * SECOND_US
    ? rounded
    : Number.NaN;
}
