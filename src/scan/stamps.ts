import { From } from "./tracks.js";

/**
 * Time stamps in the one form in which nearly all of their kind are written, read from their bytes: `2026-11-22T03:52:32[.525263649]Z` (or
 * `+03:00`), `Nov 22 03:52:32[.525263]`, `03:52:32[.525263]`, `1795319188[.965243]`. Whoever completes stamps (`src/clock`) reads the same
 * from texts; what is rare there (years before 1970, leap seconds) is no such stamp here. The kernel has the same (kernel/stamps.ts).
 */

/** The kinds of stamps that are read, by their names among `StampKind`s. */
export const STAMP_FORMS = {
  rfc3339: From.RFC3339,
  syslog: From.SYSLOG,
  hms: From.HMS,
  epoch: From.EPOCH,
} as const;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map(
  (name) => name.charCodeAt(0) | (name.charCodeAt(1) << 8) | (name.charCodeAt(2) << 16),
);
/** Stands for the year that is not written: a leap year. */
const PLACEHOLDER_YEAR = 1972;
const SECONDS_OF_DAY = 86_400;
/** In place of nanoseconds, where no fraction is written. */
const WHOLE = 1 << 30;
const DIGITS = 9;

const ZERO = 48;
const BLANK = 32;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const COLON = 58;
const T = 84;
const Z = 90;

const packed = new Float64Array(1);
const words = new Uint32Array(packed.buffer);

/**
 * Reads the stamp in bytes[from, to).
 * @returns its seconds (since the epoch, or since midnight for `hms`) and nanoseconds, packed into the two halves of a float's bits: such a
 * number is only good for {@link PackedStamps}. NaN: it is no such stamp
 */
export function stampIn(form: From, bytes: Uint8Array, from: number, to: number): number {
  let seconds: number;
  let fraction: number;
  if (form === From.RFC3339) {
    const isUtc = bytes[to - 1] === Z;
    fraction = isUtc ? to - 1 : to - 6;
    if (fraction < from + 19) return Number.NaN;
    seconds =
      dateAt(bytes, from) * SECONDS_OF_DAY + timeAt(bytes, from + 11) - (isUtc ? 0 : zoneAt(bytes, fraction));
    fraction = fractionIn(bytes, from + 19, fraction);
  } else if (form === From.SYSLOG) {
    if (to < from + 15) return Number.NaN;
    seconds = dayAt(bytes, from) * SECONDS_OF_DAY + timeAt(bytes, from + 7);
    fraction = fractionIn(bytes, from + 15, to);
  } else if (form === From.HMS) {
    if (to < from + 8) return Number.NaN;
    seconds = timeAt(bytes, from);
    fraction = fractionIn(bytes, from + 8, to);
  } else {
    if (to < from + 10) return Number.NaN;
    seconds = numberAt(bytes, from, 10);
    fraction = fractionIn(bytes, from + 10, to);
  }
  if (!(seconds >= 0 && seconds <= 0xffffffff) || Number.isNaN(fraction)) return Number.NaN;
  words[0] = seconds;
  words[1] = fraction;
  return packed[0]!;
}

/** Reads stamps that {@link stampIn} has packed. */
export class PackedStamps {
  private readonly words: Uint32Array;

  constructor(numbers: Float64Array) {
    this.words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2);
  }

  /** µs of the stamp at a place of the numbers. */
  us(at: number): number {
    return this.words[2 * at]! * 1e6 + Math.floor(this.nanos(at) / 1000);
  }

  /** Nanoseconds below the microsecond. */
  ns(at: number): number {
    return this.nanos(at) % 1000;
  }

  /** Has it no fraction of a second? */
  isWhole(at: number): boolean {
    return this.words[2 * at + 1] === WHOLE;
  }

  private nanos(at: number): number {
    const nanos = this.words[2 * at + 1]!;
    return nanos === WHOLE ? 0 : nanos;
  }
}

/** Days since the epoch of `2026-11-22T`; NaN when there is none. */
function dateAt(bytes: Uint8Array, at: number): number {
  if (bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS || bytes[at + 10] !== T) return Number.NaN;
  return days(numberAt(bytes, at, 4), numberAt(bytes, at + 5, 2), numberAt(bytes, at + 8, 2));
}

/** The same of `Nov 22 ` in the placeholder's year. */
function dayAt(bytes: Uint8Array, at: number): number {
  if (bytes[at + 3] !== BLANK || bytes[at + 6] !== BLANK) return Number.NaN;
  const month = MONTHS.indexOf(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) + 1;
  const day = bytes[at + 4] === BLANK ? numberAt(bytes, at + 5, 1) : numberAt(bytes, at + 4, 2);
  return days(PLACEHOLDER_YEAR, month, day);
}

function days(year: number, month: number, day: number): number {
  if (!(year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN;
  return Date.UTC(year, month - 1, day) / (SECONDS_OF_DAY * 1000);
}

/** Seconds of `03:52:32`; NaN when it is no time of day. */
function timeAt(bytes: Uint8Array, at: number): number {
  const [hour, minute, second] = [0, 3, 6].map((place) => numberAt(bytes, at + place, 2)) as [
    number,
    number,
    number,
  ];
  const isTime =
    hour <= 23 && minute <= 59 && second <= 59 && bytes[at + 2] === COLON && bytes[at + 5] === COLON;
  return isTime ? (hour * 60 + minute) * 60 + second : Number.NaN;
}

/** Seconds of `+03:00`. */
function zoneAt(bytes: Uint8Array, at: number): number {
  const isZone = (bytes[at] === PLUS || bytes[at] === MINUS) && bytes[at + 3] === COLON;
  if (!isZone) return Number.NaN;
  const seconds = (numberAt(bytes, at + 1, 2) * 60 + numberAt(bytes, at + 4, 2)) * 60;
  return bytes[at] === MINUS ? -seconds : seconds;
}

/** Nanoseconds of `.525263`, {@link WHOLE} where nothing stands there, NaN where something else does. */
function fractionIn(bytes: Uint8Array, from: number, to: number): number {
  if (from === to) return WHOLE;
  const count = to - from - 1;
  if (bytes[from] !== POINT || count < 1 || count > DIGITS) return Number.NaN;
  return numberAt(bytes, from + 1, count) * 10 ** (DIGITS - count);
}

/** The number that so many digits write; NaN when one is none. */
function numberAt(bytes: Uint8Array, at: number, count: number): number {
  let number = 0;
  for (let i = at; i < at + count; i++) {
    const digit = bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}
