import { SECOND_US } from "./calendar.js";

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

/** µs east of UTC of a zone at about the given time. Throws RangeError for a zone that nobody knows. */
export const zoneOffset = (tz: string, us: number): number => namedZone(tz).at(us);

/** Zones change their offset at whole quarters of an hour. */
const QUARTER_US = 900 * SECOND_US;

/** Gives the offset that a local time has, quickly where times follow each other. */
export class LocalZone {
  private quarter = Number.NaN;
  private offset = 0;

  constructor(readonly rules: ZoneRules) {}

  /**
   * @param local µs since the epoch, read as if they were UTC
   * @returns µs east of UTC. Of a time that comes twice, when clocks are put back: that of its second coming
   */
  offsetOf(local: number): number {
    const quarter = Math.floor(local / QUARTER_US);
    if (quarter !== this.quarter) {
      const { rules } = this;
      this.quarter = quarter;
      this.offset = rules.at(local - rules.at(local - rules.at(local)));
    }
    return this.offset;
  }
}

/** Rounds a difference of two clocks to the quarter of an hour that zones are made of; NaN when it is none (within 2 s… or so). */
export function zoneOf(difference: number, tolerance = 90 * SECOND_US): number {
  const rounded = Math.round(difference / QUARTER_US) * QUARTER_US;
  return Math.abs(difference - rounded) <= tolerance && Math.abs(rounded) <= 14 * 3600 * SECOND_US
    ? rounded
    : Number.NaN;
}
