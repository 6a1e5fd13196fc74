import { HOUR_US, MINUTE_US, SECOND_US } from "../../model/calendar.js";
import { readStamp } from "../stamps.js";
import type { Told } from "./told.js";

const WEEKDAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const MONTH = "([A-Z][a-z]{2})";
const CLOCK = "(\\d\\d:\\d\\d:\\d\\d)(?: ([AP]M))?";

/** `Sun Nov 22 03:50:45 MSK 2026`: the C locale, and English ones of older systems. */
const CTIME = new RegExp(`^${WEEKDAY} ${MONTH} +(\\d{1,2}) ${CLOCK} (\\S{1,6}) (\\d{4})$`);
/** `Sun 22 Nov 2026 03:50:45 AM MSK`: English locales since glibc 2.29. */
const ENGLISH = new RegExp(`^${WEEKDAY} (\\d{1,2}) ${MONTH} (\\d{4}) ${CLOCK} (\\S{1,6})$`);
/** `Sun, 22 Nov 2026 03:50:45 +0300`: `date -R`. */
const MAIL = new RegExp(`^${WEEKDAY}, (\\d{1,2}) ${MONTH} (\\d{4}) ${CLOCK} ([+-]\\d{4})$`);

/** Offsets that the tz database (2026) has for abbreviations which mean one zone today, in hours. CST, IST and BST mean several. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  HST: -10,
  AKST: -9,
  AKDT: -8,
  PST: -8,
  PDT: -7,
  MST: -7,
  MDT: -6,
  CDT: -5,
  EST: -5,
  EDT: -4,
  WET: 0,
  WEST: 1,
  CET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  SAST: 2,
  EAT: 3,
  MSK: 3,
  PKT: 5,
  WIB: 7,
  HKT: 8,
  JST: 9,
  KST: 9,
  AEST: 10,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
};

/** µs east of UTC of `+0300`, `+03` or a letter abbreviation; `undefined` when that is not certain. */
export function offsetOf(zone: string): number | undefined {
  const digits = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (digits)
    return (digits[1] === "-" ? -1 : 1) * (Number(digits[2]) * HOUR_US + Number(digits[3] ?? 0) * MINUTE_US);
  const hours = ABBREVIATIONS[zone];
  return hours === undefined ? undefined : hours * HOUR_US;
}

/** What `date` printed, when that is what the text is: one line (GNU coreutils, src/date.c; locales of glibc). */
export function readDate(text: string): Told | undefined {
  const found = partsOf(text);
  if (!found) return undefined;
  const [month, day, clock, half, year, zone] = found;
  const { us } = readStamp("ctime", `${month} ${day} ${clock} ${year}`);
  if (Number.isNaN(us)) return undefined;
  const hour = Number(clock!.slice(0, 2));
  const shift = half === undefined ? 0 : (half === "PM" ? 12 : 0) - (hour === 12 ? 12 : 0);
  const local = us + shift * 3600 * SECOND_US;
  // `date -u` says so on a host in any zone.
  if (/^(?:UTC|GMT|Z)$/.test(zone!)) return { utc: local };
  const offset = offsetOf(zone!);
  return offset === undefined ? { local } : { local, offset, utc: local - offset };
}

function partsOf(text: string): (string | undefined)[] | undefined {
  const ctime = CTIME.exec(text);
  if (ctime) return [ctime[1], ctime[2], ctime[3], ctime[4], ctime[6], ctime[5]];
  const other = ENGLISH.exec(text) ?? MAIL.exec(text);
  return other ? [other[2], other[1], other[4], other[5], other[3], other[6]] : undefined;
}
