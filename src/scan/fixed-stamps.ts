import { DAY_US, daysFromCivil, PLACEHOLDER_YEAR, SECOND_US } from "../model/calendar.js";
import type { StampKind } from "../model/stamp.js";

/** What such a stamp says. */
export interface FixedStamp {
  /** µs since the epoch, since the beginning of the placeholder year read as UTC's (`syslog`), or since midnight (`hms`). */
  readonly us: number;
  /** Nanoseconds below the microsecond. */
  readonly ns: number;
  /** It has no fraction of a second: it means all of that second. */
  readonly whole?: boolean;
}

/** Months by the codes of their three letters. */
const MONTHS = new Map(
  ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map((name, i) => [
    lettersAt(name, 0),
    i + 1,
  ]),
);

/**
 * Reads a stamp in the one form in which nearly all stamps of its kind are written, whose parts stand at fixed places:
 * `2026-11-22T03:52:32[.525263649]Z` (or `+03:00`), `Nov 22 03:52:32[.525263]`, `03:52:32[.525263]`, `1795319188[.965243]`.
 *
 * @returns `undefined` for any other form
 */
export function readFixed(kind: StampKind, text: string): FixedStamp | undefined {
  switch (kind) {
    case "rfc3339":
      return rfc3339(text);
    case "syslog":
      return syslog(text);
    case "hms":
      return stampOf(0, timeAt(text, 0), text, 8, text.length);
    case "epoch":
      return epoch(text);
    default:
      return undefined;
  }
}

function rfc3339(text: string): FixedStamp | undefined {
  const { length } = text;
  let end = length - 1;
  let zone = 0;
  if (text.charCodeAt(end) !== Z) {
    end = length - 6;
    const sign = text.charCodeAt(end);
    zone = (pairAt(text, end + 1) * 60 + pairAt(text, end + 4)) * 60 * SECOND_US;
    if ((sign !== PLUS && sign !== MINUS) || text.charCodeAt(end + 3) !== COLON) return undefined;
    if (sign === MINUS) zone = -zone;
  }
  const isDate = text.charCodeAt(4) === MINUS && text.charCodeAt(7) === MINUS && text.charCodeAt(10) === T;
  if (!isDate) return undefined;
  const year = pairAt(text, 0) * 100 + pairAt(text, 2);
  return stampOf(daysOf(year, pairAt(text, 5), pairAt(text, 8)), timeAt(text, 11) - zone, text, 19, end);
}

/** The last stamp of the kind: they tell seconds, and many records are of the same one. */
let last: { text: string; stamp: FixedStamp | undefined } = { text: "", stamp: undefined };

function syslog(text: string): FixedStamp | undefined {
  if (text !== last.text) last = { text, stamp: readSyslog(text) };
  return last.stamp;
}

function readSyslog(text: string): FixedStamp | undefined {
  const month = MONTHS.get(lettersAt(text, 0));
  if (month === undefined || text.charCodeAt(3) !== BLANK || text.charCodeAt(6) !== BLANK) return undefined;
  const day = text.charCodeAt(4) === BLANK ? digitAt(text, 5) : pairAt(text, 4);
  return stampOf(daysOf(PLACEHOLDER_YEAR, month, day), timeAt(text, 7), text, 15, text.length);
}

function epoch(text: string): FixedStamp | undefined {
  let seconds = 0;
  for (let at = 0; at < 10; at++) seconds = seconds * 10 + digitAt(text, at);
  return stampOf(0, seconds * SECOND_US, text, 10, text.length);
}

/**
 * @param us of the day
 * @param from where a fraction of a second may begin, and must go on to `end`
 */
function stampOf(days: number, us: number, text: string, from: number, end: number): FixedStamp | undefined {
  if (Number.isNaN(days + us)) return undefined;
  if (from === end) return { us: days * DAY_US + us, ns: 0, whole: true };
  const digits = end - from - 1;
  if (text.charCodeAt(from) !== POINT || digits < 1 || digits > 9) return undefined;
  let nanos = 0;
  for (let at = from + 1; at < end; at++) nanos = nanos * 10 + digitAt(text, at);
  if (Number.isNaN(nanos)) return undefined;
  nanos *= POWERS[9 - digits]!;
  return { us: days * DAY_US + us + Math.floor(nanos / 1000), ns: nanos % 1000 };
}

/** `HH:MM:SS` at `at`, µs since midnight; NaN when it is none. */
function timeAt(text: string, at: number): number {
  const hour = pairAt(text, at);
  const minute = pairAt(text, at + 3);
  if (text.charCodeAt(at + 2) !== COLON || text.charCodeAt(at + 5) !== COLON) return Number.NaN;
  if (hour > 24 || minute > 59) return Number.NaN;
  return (hour * 3600 + minute * 60 + pairAt(text, at + 6)) * SECOND_US;
}

const date = { year: 0, month: 0, day: 0, days: Number.NaN };

/** Days since the epoch; nearly always those of the stamp before. */
function daysOf(year: number, month: number, day: number): number {
  if (year !== date.year || month !== date.month || day !== date.day) {
    date.days = daysFromCivil(year, month, day);
    date.year = year;
    date.month = month;
    date.day = day;
  }
  return date.days;
}

/** Two digits at `at`; NaN when they are none. */
function pairAt(text: string, at: number): number {
  return digitAt(text, at) * 10 + digitAt(text, at + 1);
}

function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 48;
  return digit >= 0 && digit <= 9 ? digit : Number.NaN;
}

function lettersAt(text: string, at: number): number {
  return text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8) | (text.charCodeAt(at + 2) << 16);
}

const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];
const BLANK = 32;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const COLON = 58;
const T = 84;
const Z = 90;
