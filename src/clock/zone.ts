import { DAY_US, MINUTE_US, SECOND_US } from "../model/calendar.js";

/** A zone's offsets as they change over the years. */
export interface ZoneRules {
  /** How it is called where it is shown. */
  readonly name: string;
  /** µs east of UTC at an instant (µs since the epoch). */
  at(us: number): number;
}

const known = new Map<string, ZoneRules>();

/** A zone by its IANA name, or `+03:00`. Throws RangeError for one that nobody knows. */
export function namedZone(tz: string): ZoneRules {
  let zone = known.get(tz);
  if (!zone) known.set(tz, (zone = makeZone(tz)));
  return zone;
}

/** A zone whose offset never changes (µs east of UTC). */
export const fixedZone = (name: string, offset: number): ZoneRules => ({ name, at: () => offset });

function makeZone(tz: string): ZoneRules {
  const fixed = /^([+-])(\d\d):?(\d\d)$/.exec(tz);
  if (fixed)
    return fixedZone(
      tz,
      (fixed[1] === "-" ? -1 : 1) * (Number(fixed[2]) * 3600 + Number(fixed[3]) * 60) * 1e6,
    );
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: tz,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return {
    name: tz,
    at(us) {
      const parts = format.formatToParts(new Date(us / 1000));
      const get = (type: string) => Number(parts.find((part) => part.type === type)!.value);
      const local =
        Date.UTC(get("year"), get("month") - 1, get("day"), get("hour"), get("minute"), get("second")) * 1000;
      return Math.round((local - us) / 60e6) * 60e6;
    },
  };
}

/** `UTC+03:00` */
export function offsetName(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE_US;
  const two = (n: number) => String(n).padStart(2, "0");
  return `UTC${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** µs east of UTC of a zone at about the given time. Throws RangeError for a zone that nobody knows. */
export const zoneOffset = (tz: string, us: number): number => namedZone(tz).at(us);

/** Zones change their offset at whole quarters of an hour. */
const QUARTER_US = 900 * SECOND_US;

/**
 * Gives the offset that a local time has, quickly where times follow each other. Where clocks are put back, a local time comes twice;
 * where they are put forward, some never come.
 */
export class LocalZone {
  /** µs from the first to the second coming of the time that was asked for last; 0 where it comes once. */
  fold = 0;
  /** Did the time that was asked for last never come? */
  missing = false;
  private quarter = Number.NaN;
  private offset = 0;

  constructor(readonly rules: ZoneRules) {}

  /**
   * @param local µs since the epoch, read as if they were UTC
   * @returns µs east of UTC. Of a time that comes twice: that of its first coming. Of one that never comes: that of before the change,
   * which makes it a time after the gap, as a clock shows that was not put forward
   */
  offsetOf(local: number): number {
    const quarter = Math.floor(local / QUARTER_US);
    if (quarter !== this.quarter) {
      this.quarter = quarter;
      this.look(quarter * QUARTER_US);
    }
    return this.offset;
  }

  private look(local: number): void {
    const { rules } = this;
    // No zone is a day from UTC, and none changes twice within two days.
    const [before, after] = [rules.at(local - DAY_US), rules.at(local + DAY_US)];
    const comes = (offset: number) => rules.at(local - offset) === offset;
    const [first, second] = [comes(before), comes(after)];
    this.offset = first || !second ? before : after;
    this.fold = first && second ? before - after : 0;
    this.missing = !first && !second;
  }
}

/** Rounds a difference of two clocks to the quarter of an hour that zones are made of; NaN when it is none (within 2 s… or so). */
export function zoneOf(difference: number, tolerance = 90 * SECOND_US): number {
  const rounded = Math.round(difference / QUARTER_US) * QUARTER_US;
  return Math.abs(difference - rounded) <= tolerance && Math.abs(rounded) <= 14 * 3600 * SECOND_US
    ? rounded
    : Number.NaN;
}
