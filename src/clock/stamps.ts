import { DAY_US, daysFromCivil, PLACEHOLDER_YEAR, SECOND_US } from "../model/calendar.js";
import type { StampKind } from "../model/stamp.js";
import { readFixed } from "../scan/fixed-stamps.js";
import { halfDayOf, inHalf } from "./half-day.js";
import { numberedMonth } from "./numbered-month.js";
import { clockTime, digits, fraction, isDigit, MONTHS, zone } from "./parts.js";
import type { Stamp } from "./stamp.js";
import { monthFirst, yearLast } from "./year-last.js";

const noTime = (): Stamp => ({ us: Number.NaN, ns: 0 });

/** `2026-11-22T03:52:32.5Z`, `2026/11/22 03:52:32`: µs and ns as UTC, with the zone when one follows. */
function isoLike(text: string): Stamp & { zone: number } {
  // journalctl's short-full has the weekday before the date.
  const first = text.charCodeAt(0);
  const start = first > 57 ? text.indexOf(" ") + 1 : 0;
  const [y, e1] = digits(text, start, 4);
  const [mo, e2] = digits(text, e1 + 1, 2);
  const [d, e3] = digits(text, e2 + 1, 2);
  const [us, ns, end] = clockTime(text, e3 + 1);
  let at = end;
  while (text.charCodeAt(at) === 32) at++;
  return { us: daysFromCivil(y, mo, d) * DAY_US + us, ns, zone: zone(text, at) };
}

/** `Nov 22 03:52:32[.123456]`, the day perhaps padded with a blank. */
function syslogTime(text: string, year: number): Stamp {
  const month = MONTHS[text.slice(0, 3).toLowerCase()];
  if (month === undefined) return noTime();
  let i = 3;
  while (text.charCodeAt(i) === 32) i++;
  const [d, e] = digits(text, i, 2);
  i = e;
  while (text.charCodeAt(i) === 32) i++;
  const [us, ns] = clockTime(text, i);
  return { us: daysFromCivil(year, month, d) * DAY_US + us, ns };
}

/** `1122 03:52:32.525263` (klog): month, day and time of day; `undefined` when it does not begin with a number. */
function klogTime(text: string, year: number): Stamp | undefined {
  if (!isDigit(text.charCodeAt(0))) return undefined;
  const [month] = digits(text, 0, 2);
  const [d, end] = digits(text, 2, 2);
  const [us, ns] = clockTime(text, end + 1);
  return { us: daysFromCivil(year, month, d) * DAY_US + us, ns };
}

const CTIME =
  /([A-Z][a-z]{2}) +(\d{1,2}) +(\d[\d:.,]*)(?: [AP]M)?(?: ([A-Z]{1,5}|[+-]\d\d(?:\d\d)?))? +(\d{4})(?: +(\d{1,6}) usec)?/;

/**
 * `[Sun ]Nov 22 03:50:45[.123] [AM] [UTC ]2026`, the hours as written; `ip monitor -t` adds ` 61877 usec`, not padded. Zones are told by
 * numbers and UTC's names alone: other letters mean different zones to different people.
 */
function ctime(text: string): Stamp | undefined {
  const m = CTIME.exec(text);
  if (!m) return undefined;
  const { us, ns } = syslogTime(`${m[1]} ${m[2]} ${m[3]}`, Number(m[5]));
  return { us: us + Number(m[6] ?? 0), ns, zone: m[4] === undefined ? Number.NaN : zone(m[4], 0) };
}

/** `Sun 22 Nov 2026 03:52:32 AM UTC` (`date` in English): as {@link ctime}. */
function dateOutput(text: string): Stamp {
  const local = dayFirst(text.slice(text.indexOf(" ") + 1));
  if (!local) return noTime();
  const named = / ([A-Z]{2,5}|[+-]\d\d(?:\d\d)?)$/.exec(text)?.[1];
  return { us: local.us, ns: local.ns, zone: named === undefined ? Number.NaN : zone(named, 0) };
}

/**
 * `22-Nov-2026 12:15:09.781` (BIND), `22/Nov/2026:12:15:09.781` (haproxy): as UTC, and where the time of day ends;
 * `undefined` when no month's name follows the day.
 */
function dayFirst(text: string): (Stamp & { end: number }) | undefined {
  const [d, e1] = digits(text, 0, 2);
  const month = MONTHS[text.slice(e1 + 1, e1 + 4).toLowerCase()];
  if (month === undefined) return undefined;
  const [y, e2] = digits(text, e1 + 5, 4);
  const [us, ns, end] = clockTime(text, e2 + 1);
  return { us: daysFromCivil(y, month, d) * DAY_US + us, ns, end };
}

/** `<hour>3</hour><min>52</min><sec>30</sec>…<day>22</day><month>11</month><year>2026</year>` (conntrack's XML), as UTC. */
function elements(text: string): Stamp {
  const part = (name: string): number => Number(new RegExp(`<${name}>(\\d+)<`).exec(text)?.[1] ?? Number.NaN);
  const time = (part("hour") * 3600 + part("min") * 60 + part("sec")) * SECOND_US;
  return { us: daysFromCivil(part("year"), part("month"), part("day")) * DAY_US + time, ns: 0 };
}

/** `22/Nov/2026:03:52:37 +0000` (Apache's and nginx's time_local). */
function clf(written: string): Stamp {
  // Mail has the weekday before the date.
  const text = isDigit(written.charCodeAt(0)) ? written : written.slice(written.indexOf(" ") + 1);
  const local = dayFirst(text);
  if (local === undefined) return noTime();
  const offset = zone(text, local.end + 1);
  return { us: local.us - (Number.isNaN(offset) ? 0 : offset), ns: local.ns };
}

/** `1795319188.965243`: seconds with a fraction. */
function seconds(text: string): Stamp {
  const negative = text.charCodeAt(0) === 45;
  const [s, e] = digits(text, negative ? 1 : 0);
  const [us, ns] = fraction(text, e);
  const total = s * SECOND_US + us;
  return { us: negative ? -total : total, ns };
}

/** `106.197`: milliseconds with a fraction. */
function milliseconds(text: string): Stamp {
  const { us: thousandfold } = seconds(text);
  const us = Math.floor(thousandfold / 1000);
  return { us, ns: thousandfold - us * 1000 };
}

/** `1386422010`, as /dev/kmsg has it. */
function microseconds(text: string): Stamp {
  const [us] = digits(text, 0);
  return { us, ns: 0 };
}

/**
 * Reads a stamp's text.
 * @returns µs and ns as {@link Stamp} says for the kind; `us` is NaN when the text is no such time
 */
export function readStamp(kind: StampKind, text: string): Readonly<Stamp> {
  return readFixed(kind, text) ?? readAnyForm(kind, text);
}

/** The same for all forms of each kind, part by part. */
export function readAnyForm(kind: StampKind, text: string): Stamp {
  const stamp = read(kind, text);
  const half = mayHalve(kind, text) ? halfDayOf(text) : undefined;
  if (half !== undefined) stamp.us = inHalf(stamp.us, half);
  if (!NEVER_WHOLE.has(kind) && !FRACTION.test(text)) {
    stamp.whole = true;
    if (CLOCK.test(text) && !SECONDS.test(text)) stamp.minutes = true;
  }
  return stamp;
}

const SMALL_M = 109;

/** Can hours be counted to twelve in it? Only ctime's forms go on behind AM or PM. */
const mayHalve = (kind: StampKind, text: string): boolean =>
  kind === "ctime" || (text.charCodeAt(text.length - 1) | 0x20) === SMALL_M;

/** Kinds that write no seconds, or where a missing fraction says nothing. */
const NEVER_WHOLE: ReadonlySet<StampKind> = new Set(["monotonic", "sincestart", "delta", "none"]);

/** A time of day, and one with seconds. */
const CLOCK = /\d:\d\d/;
const SECONDS = /\d:\d\d:\d\d/;

/** Seconds with a fraction, as all the forms write it. */
const FRACTION = /\d[.,]\d|usec/;

function read(kind: StampKind, text: string): Stamp {
  const t = text.charCodeAt(0) === 32 ? text.trimStart() : text;
  switch (kind) {
    case "rfc3339": {
      const { us, ns, zone: offset } = isoLike(t);
      return { us: us - (Number.isNaN(offset) ? 0 : offset), ns };
    }
    case "datetime":
    case "slashdate":
      return dayFirst(t) ?? yearLast(t) ?? (t.startsWith("<") ? elements(t) : isoLike(t));
    case "monotonic":
      return t.includes(".") ? seconds(t) : microseconds(t);
    case "epoch":
    case "sincestart":
    case "delta":
      return seconds(t);
    case "sincestart_ms":
      return milliseconds(t);
    case "clf":
      return clf(t);
    case "ctime":
      return monthFirst(t) ?? ctime(t) ?? numberedMonth(t, Number.NaN) ?? dateOutput(t);
    case "syslog":
      return (
        numberedMonth(t, PLACEHOLDER_YEAR) ?? klogTime(t, PLACEHOLDER_YEAR) ?? syslogTime(t, PLACEHOLDER_YEAR)
      );
    case "hms": {
      const [us, ns] = clockTime(t, 0);
      return { us, ns };
    }
    case "elapsed": {
      // tshark counts in seconds, tcpdump writes them as a time of day.
      if (!t.includes(":")) return seconds(t);
      const negative = t.charCodeAt(0) === 45;
      const { 0: us, 1: ns } = clockTime(t, negative ? 1 : 0);
      return { us: negative ? -us : us, ns };
    }
    case "none":
      return noTime();
  }
}

/** Does the stamp say the whole time by itself? */
export const isAbsolute = (kind: StampKind): boolean =>
  kind === "rfc3339" || kind === "epoch" || kind === "clf";

/** Does it lack only the zone? */
export const isDated = (kind: StampKind): boolean =>
  kind === "datetime" || kind === "ctime" || kind === "slashdate";
