import { chunk } from "./memory";
import { NO_STAMP, RFC3339, stampIn } from "./stamps";
import { changed, known, marks, sources, values } from "./track-memory";

/** The same numbers as in tracks.ts. */
export const TEXT: i32 = 0;
export const NUMBER: i32 = 1;
const NOTHING: i32 = 2;
const MADE_OF_ORIGIN: i32 = 4;
const KNOWN_BYTES: i32 = 112;

/** Bytes of what is known of one value, and where among these its bytes begin. */
const KNOWN: usize = 128;
const BYTES: usize = 8;

const BLANK: u8 = 32;
const SLASH: u8 = 47;
const COLON: u8 = 58;
const MINUS: u8 = 45;
const ZERO: u8 = 48;
/** Up to so many digits a number is exact however it is summed up. */
const EXACT: i32 = 15;

/** Of the record that was compared: new texts have so many bytes together, and is there a new value that must be made? */
export let size: i32 = 0;
export let mustMake: bool = false;

/** Nothing is known of the values of so many sources. */
export function forget(first: i32, count: i32): void {
  for (let source = first; source < first + count; source++)
    store<i32>(known + (source as usize) * KNOWN, -1);
}

/** Compares a record's values with those that are known. @returns false: not all of them have one as it is written */
export function compare(first: i32, count: i32): bool {
  size = 0;
  mustMake = false;
  for (let i = 0; i < count; i++) {
    const source = sources + ((first + i) << 3);
    const from = load<i32>(source);
    const last = known + ((first + i) as usize) * KNOWN;
    const mark = marks + (load<i32>(source, 4) << 2);
    let isNew = false;
    if (from !== NOTHING) {
      const begin = load<i32>(mark);
      const end = load<i32>(mark, 4);
      if (from === TEXT) {
        if (end > begin && load<u8>(chunk + end - 1) <= BLANK) return false;
        isNew = !isKnown(last, begin, end);
        size += isNew ? end - begin : 0;
      } else if (from === NUMBER) {
        const number = numberIn(chunk + begin, chunk + end);
        if (Number.isNaN(number)) return false;
        store<f64>(values + (i << 3), number);
        isNew = load<i32>(last) < 0 || load<u64>(last, BYTES) !== reinterpret<u64>(number);
      } else if (from >= RFC3339) {
        const stamp = stampIn(from, chunk + begin, chunk + end);
        if (stamp === NO_STAMP) return false;
        store<u64>(values + (i << 3), stamp);
        isNew = load<i32>(last) < 0 || load<u64>(last, BYTES) !== stamp;
      } else {
        isNew = !(from === MADE_OF_ORIGIN ? isKnownOrigin(last, begin, end) : isKnown(last, begin, end));
        mustMake = mustMake || isNew;
      }
    }
    store<u8>(changed + i, isNew ? 1 : 0);
  }
  return true;
}

/** The new values of the record that was compared are known from now on. */
export function keep(first: i32, count: i32): void {
  for (let i = 0; i < count; i++) {
    if (!load<u8>(changed + i)) continue;
    const source = sources + ((first + i) << 3);
    const from = load<i32>(source);
    const last = known + ((first + i) as usize) * KNOWN;
    const mark = marks + (load<i32>(source, 4) << 2);
    if (from === NUMBER || from >= RFC3339) {
      store<i32>(last, 8);
      store<u64>(last, load<u64>(values + (i << 3)), BYTES);
      continue;
    }
    const begin = load<i32>(mark);
    const end = from === MADE_OF_ORIGIN ? originEnd(begin, load<i32>(mark, 4)) : load<i32>(mark, 4);
    store<i32>(last, end - begin > KNOWN_BYTES ? -1 : end - begin);
    if (end - begin <= KNOWN_BYTES) copy(last + BYTES, chunk + begin, end - begin);
  }
}

/** Copies bytes, and up to 15 more. */
export function copy(to: usize, from: usize, count: i32): void {
  for (let i = 0; i < count; i += 16) v128.store(to + i, v128.load(from + i));
}

/** Are the last value's bytes those of the chunk from `begin` to `end`? */
function isKnown(last: usize, begin: i32, end: i32): bool {
  return load<i32>(last) === end - begin && begins(last, begin);
}

/** The same of what a URL's origin is made of. */
function isKnownOrigin(last: usize, begin: i32, end: i32): bool {
  const count = load<i32>(last);
  if (count < 2 || count > end - begin || !begins(last, begin)) return false;
  // What ends with the path's slash does so whatever follows.
  const isEnded = load<u8>(last + count, BYTES - 1) === SLASH && load<u8>(last + count, BYTES - 2) !== COLON;
  return isEnded || originEnd(begin, end) === begin + count;
}

/** Do the last value's bytes, if it has any, stand in the chunk at `begin`? */
function begins(last: usize, begin: i32): bool {
  const count = load<i32>(last);
  const a = last + BYTES;
  const b = chunk + begin;
  for (let i = 0; i < count; i += 16) {
    let other = i8x16.bitmask(i8x16.ne(v128.load(a + i), v128.load(b + i)));
    if (count - i < 16) other &= (1 << (count - i)) - 1;
    if (other) return false;
  }
  return true;
}

/** Where what a URL's origin is made of ends: behind the first slash behind `scheme://`, or where the URL ends. */
function originEnd(begin: i32, end: i32): i32 {
  for (let at = begin; at < end; at++) {
    if (load<u8>(chunk + at) !== SLASH) continue;
    const isScheme =
      at > begin && load<u8>(chunk + at - 1) === COLON && at + 1 < end && load<u8>(chunk + at, 1) === SLASH;
    if (!isScheme) return at + 1;
    at++;
  }
  return end;
}

/** A decimal number of few digits, perhaps with a minus; else NaN. */
function numberIn(begin: usize, end: usize): f64 {
  const isNegative = begin < end && load<u8>(begin) === MINUS;
  if (((end - begin) as i32) > EXACT) return NaN;
  let at = isNegative ? begin + 1 : begin;
  if (at >= end) return NaN;
  let value: i64 = 0;
  for (; at < end; at++) {
    const digit = (load<u8>(at) - ZERO) as u8;
    if (digit > 9) return NaN;
    value = value * 10 + (digit as i64);
  }
  return isNegative ? -(value as f64) : (value as f64);
}
