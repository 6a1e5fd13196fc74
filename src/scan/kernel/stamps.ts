// Time stamps in their usual forms: those that USUAL has in stamps.ts, where they are described.

/** The same numbers as in tracks.ts. */
export const RFC3339: i32 = 5;
const SYSLOG: i32 = 6;
const HMS: i32 = 7;

/** It is no such stamp. */
export const NO_STAMP: u64 = u64.MAX_VALUE;

const PLACEHOLDER_YEAR: i32 = 1972;
const SECONDS_OF_DAY: i64 = 86_400;
const WHOLE: i32 = 1 << 30;
const BAD: i32 = -1;

const ZERO: u8 = 48;
const BLANK: u8 = 32;
const PLUS: u8 = 43;
const MINUS: u8 = 45;
const POINT: u8 = 46;
const COLON: u8 = 58;
const T: u8 = 84;
const Z: u8 = 90;

/** Days of the date that was read last: most stamps are of the same. */
let lastYear: i32 = 0;
let lastMonth: i32 = 0;
let lastDay: i32 = 0;
let lastDays: i32 = 0;

/** @returns the stamp's nanoseconds above 32 bits of seconds */
export function stampIn(form: i32, at: usize, to: usize): u64 {
  if (form === RFC3339) {
    const isUtc = to > at && load<u8>(to - 1) === Z;
    const end = isUtc ? to - 1 : to - 6;
    if (end < at + 19) return NO_STAMP;
    const zone = isUtc ? 0 : zoneAt(end);
    return zone === i32.MIN_VALUE
      ? NO_STAMP
      : stampOf(dateAt(at), timeAt(at + 11), zone, fractionIn(at + 19, end));
  }
  if (form === SYSLOG) {
    return to < at + 15 ? NO_STAMP : stampOf(dayAt(at), timeAt(at + 7), 0, fractionIn(at + 15, to));
  }
  if (form === HMS) return to < at + 8 ? NO_STAMP : stampOf(0, timeAt(at), 0, fractionIn(at + 8, to));
  if (to < at + 10) return NO_STAMP;
  const above = numberAt(at, 5);
  const below = numberAt(at + 5, 5);
  if (above < 0 || below < 0) return NO_STAMP;
  return packed((above as i64) * 100_000 + (below as i64), fractionIn(at + 10, to));
}

function stampOf(days: i32, time: i32, zone: i32, fraction: i32): u64 {
  if (days < 0 || time < 0) return NO_STAMP;
  return packed((days as i64) * SECONDS_OF_DAY + (time as i64) - (zone as i64), fraction);
}

function packed(seconds: i64, fraction: i32): u64 {
  if (fraction < 0 || seconds < 0 || seconds > 0xffffffff) return NO_STAMP;
  return ((fraction as u64) << 32) | (seconds as u64);
}

function dateAt(at: usize): i32 {
  if (load<u8>(at, 4) !== MINUS || load<u8>(at, 7) !== MINUS || load<u8>(at, 10) !== T) return BAD;
  return daysOf(numberAt(at, 4), numberAt(at + 5, 2), numberAt(at + 8, 2));
}

function dayAt(at: usize): i32 {
  if (load<u8>(at, 3) !== BLANK || load<u8>(at, 6) !== BLANK) return BAD;
  const day = load<u8>(at, 4) === BLANK ? numberAt(at + 5, 1) : numberAt(at + 4, 2);
  return daysOf(PLACEHOLDER_YEAR, monthAt(at), day);
}

/** The month whose three letters stand there; 0: none's do. */
function monthAt(at: usize): i32 {
  switch ((load<u16>(at) as i32) | ((load<u8>(at, 2) as i32) << 16)) {
    case 0x6e614a:
      return 1;
    case 0x626546:
      return 2;
    case 0x72614d:
      return 3;
    case 0x727041:
      return 4;
    case 0x79614d:
      return 5;
    case 0x6e754a:
      return 6;
    case 0x6c754a:
      return 7;
    case 0x677541:
      return 8;
    case 0x706553:
      return 9;
    case 0x74634f:
      return 10;
    case 0x766f4e:
      return 11;
    case 0x636544:
      return 12;
    default:
      return 0;
  }
}

/** Days since the epoch (Hinnant, "chrono-Compatible Low-Level Date Algorithms"); -1: it is no date. */
function daysOf(year: i32, month: i32, day: i32): i32 {
  if (year === lastYear && month === lastMonth && day === lastDay) return lastDays;
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31) return BAD;
  const y = month <= 2 ? year - 1 : year;
  const era = y / 400;
  const ofEra = y - era * 400;
  const ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  lastDays = era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468;
  lastYear = year;
  lastMonth = month;
  lastDay = day;
  return lastDays;
}

function timeAt(at: usize): i32 {
  const hour = numberAt(at, 2);
  const minute = numberAt(at + 3, 2);
  const second = numberAt(at + 6, 2);
  // What is no number is less than none.
  if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 59) return BAD;
  if (load<u8>(at, 2) !== COLON || load<u8>(at, 5) !== COLON) return BAD;
  return (hour * 60 + minute) * 60 + second;
}

/** Seconds of `+03:00`; the least number when it is no zone. */
function zoneAt(at: usize): i32 {
  const sign = load<u8>(at);
  const hours = numberAt(at + 1, 2);
  const minutes = numberAt(at + 4, 2);
  const isZone = (sign === PLUS || sign === MINUS) && load<u8>(at, 3) === COLON;
  if (!isZone || hours < 0 || minutes < 0) return i32.MIN_VALUE;
  const seconds = (hours * 60 + minutes) * 60;
  return sign === MINUS ? -seconds : seconds;
}

function fractionIn(at: usize, to: usize): i32 {
  if (at === to) return WHOLE;
  const count = (to - at - 1) as i32;
  if (load<u8>(at) !== POINT || count < 1 || count > 9) return BAD;
  let nanos = numberAt(at + 1, count);
  if (nanos < 0) return BAD;
  for (let i = count; i < 9; i++) nanos *= 10;
  return nanos;
}

/** The number that so many digits write, nine at most; -1 when one is none. */
function numberAt(at: usize, count: i32): i32 {
  let number: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const digit = (load<u8>(at + i) - ZERO) as u8;
    if (digit > 9) return BAD;
    number = number * 10 + (digit as i32);
  }
  return number;
}
