// Steps over the parts of a line that shows a system call. All take where they begin, and where the line ends.

export function isDigit(c: u32): bool {
  return c - 48 < 10;
}

/** What digits tell as a number; of many digits some number. */
export function numberIn(from: usize, to: usize): i32 {
  let value: i32 = 0;
  for (let at = from; at < to; at++) value = value * 10 + ((load<u8>(at) as i32) - 48);
  return value;
}

/** Where the digits end that begin at `from`: how many there are differs from line to line, so that no loop counts them. */
export function digits(from: usize, to: usize): usize {
  for (let at = from; at < to; at += 16) {
    const others = ~digitsAt(at) & 0xffff;
    if (others !== 0) return min(at + ctz(others), to);
  }
  return from < to ? to : from;
}

/** A bit for each of the 16 bytes from `at` on that is a digit. */
function digitsAt(at: usize): i32 {
  return i8x16.bitmask(i8x16.lt_u(i8x16.sub(v128.load(at), i8x16.splat(48)), i8x16.splat(10)));
}

export function blanks(from: usize, to: usize): usize {
  let at = from;
  while (at < to && (load<u8>(at) === 32 || load<u8>(at) === 9)) at++;
  return at;
}

/** How the last lead's stamp is written (STAMPS in calls.ts; 0: there is none), and where it lies in its line. */
export let stamp: i32 = 0;
export let stampFrom: usize = 0;
export let stampTo: usize = 0;

/** The kinds of stamps, as in calls.ts. */
const HMS: i32 = 1;
const EPOCH: i32 = 2;
const DELTA: i32 = 3;

/** The shape of the lead before, 32 bytes with all digits made zeros; 255 marks the bytes that count, as many as it is long (at most 31). */
let before0: v128 = i32x4.splat(0);
let before1: v128 = i32x4.splat(0);
let marks0: v128 = i32x4.splat(0);
let marks1: v128 = i32x4.splat(0);
let beforeLength: usize = 0;
/** Where its thread's digits lie; equal when it has none. */
let threadFrom: usize = 0;
let threadTo: usize = 0;

/** The thread that the last lead named, which began at `from`; -1: none. */
export function threadIn(from: usize): i32 {
  return threadTo > threadFrom ? numberIn(from + threadFrom, from + threadTo) : -1;
}

/** The bytes, all digits made zeros. */
function shapeOf(bytes: v128): v128 {
  const isDigit = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(48)), i8x16.splat(10));
  return v128.bitselect(i8x16.splat(48), bytes, isDigit);
}

/** Does the line in [from, to) begin as the one before, but for its digits? They mean the same then. */
function leadsAsBefore(from: usize, to: usize): bool {
  if (beforeLength === 0 || from + 32 > to) return false;
  const differ = v128.or(
    v128.and(v128.xor(shapeOf(v128.load(from)), before0), marks0),
    v128.and(v128.xor(shapeOf(v128.load(from, 16)), before1), marks1),
  );
  if (v128.any_true(differ)) return false;
  const next: u32 = load<u8>(from + beforeLength);
  return next !== 32 && next !== 9 && !isDigit(next);
}

function remember(from: usize, length: usize): void {
  before0 = shapeOf(v128.load(from));
  before1 = shapeOf(v128.load(from, 16));
  marks0 = marked(length);
  marks1 = marked(length - 16);
  beforeLength = length;
}

/** 255 in the first `count` bytes: in none when that is negative, in all when it is 16 or more. */
export function marked(count: i32): v128 {
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return i8x16.lt_s(places, i8x16.splat(count as i8));
}

/** `4002 `, `[pid  4002] `, and a stamp. @returns where the call begins, 0 when it is something else */
export function lead(from: usize, to: usize): usize {
  if (leadsAsBefore(from, to)) return from + beforeLength;
  threadFrom = threadTo = 0;
  beforeLength = 0;
  const at = newLead(from, to);
  if (at !== 0 && at - from < 32 && from + 32 <= to) remember(from, at - from);
  return at;
}

function newLead(from: usize, to: usize): usize {
  let at = from;
  let named = false;
  if (at < to && load<u8>(at) === 91) {
    if (at + 4 > to || load<u32>(at) !== 0x6469705b) return 0; // [pid
    const number = blanks(at + 4, to);
    const stop = digits(number, to);
    if (number === at + 4 || stop === number || stop - number > 7 || stop >= to || load<u8>(stop) !== 93)
      return 0;
    at = blanks(stop + 1, to);
    if (at === stop + 1) return 0;
    threadFrom = number - from;
    threadTo = stop - from;
    named = true;
  } else at = blanks(at, to);
  stamp = 0;
  stampFrom = stampTo = 0;
  while (at < to && isDigit(load<u8>(at))) {
    const stop = digits(at, to);
    if (stamp !== 0 || stop >= to) return 0;
    const length = stop - at;
    const c = load<u8>(stop);
    let next = stop;
    if (c === 46) {
      if (length > 6 && (length < 9 || length > 11)) return 0;
      next = fraction(stop, to);
      stamp = length > 6 ? EPOCH : DELTA;
    } else if (c === 58) {
      next = length === 2 ? clock(stop, to) : 0;
      stamp = HMS;
    } else if (length >= 9 && length <= 11) {
      stamp = EPOCH;
    } else if (!named && length <= 7) {
      threadFrom = at - from;
      threadTo = stop - from;
      named = true;
    } else return 0;
    if (next === 0) return 0;
    if (stamp !== 0) {
      stampFrom = at - from;
      stampTo = next - from;
    }
    at = blanks(next, to);
    if (at === next) return 0;
  }
  return at;
}

/** `:37:53.535753` behind the hour, perhaps with a fraction. @returns where it ends, or 0 */
function clock(at: usize, to: usize): usize {
  if (at + 6 > to || load<u8>(at + 3) !== 58) return 0;
  if (digits(at + 1, at + 3) !== at + 3 || digits(at + 4, at + 6) !== at + 6) return 0;
  const end = at + 6;
  return end < to && load<u8>(end) === 46 ? fraction(end, to) : end;
}

/** A point and three to nine digits. @returns where they end, or 0 */
function fraction(at: usize, to: usize): usize {
  const end = digits(at + 1, to);
  const length = end - at - 1;
  return length >= 3 && length <= 9 ? end : 0;
}

/** How many of the 16 bytes from `at` on, from the first, may belong to a name: letters, digits, underlines. */
export function nameBytes(at: usize): i32 {
  const bytes = v128.load(at);
  const isLetter = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(97)), i8x16.splat(26));
  const isDigit = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(48)), i8x16.splat(10));
  const others = ~i8x16.bitmask(v128.or(v128.or(isLetter, isDigit), i8x16.eq(bytes, i8x16.splat(95))));
  return ctz(others | 0x10000);
}

/** The next byte that may mean something outside of quotes: one of ")<^: */
export function nextMeaning(from: usize, to: usize): usize {
  // By the lower half of a byte: which byte with that half means something. No byte is like the others of these.
  const meaning = i8x16(1, 0, 34, 0, 0, 0, 0, 0, 0, 41, 58, 0, 60, 0, 94, 0);
  for (let at = from; at < to; at += 16) {
    const bytes = v128.load(at);
    const lower = v128.and(bytes, i8x16.splat(15));
    const found = i8x16.bitmask(i8x16.eq(i8x16.swizzle(meaning, lower), bytes));
    if (found !== 0) return at + ctz(found);
  }
  return to;
}

/** The quote that closes the one at `open`: no odd number of backslashes stands before it. */
export function closing(open: usize, to: usize): usize {
  for (let at = open + 1; at < to; at += 16) {
    let places = maybeClosing(at);
    for (; places !== 0; places &= places - 1) {
      const quote = at + ctz(places);
      if (quote >= to) return to;
      let escapes = quote;
      while (load<u8>(escapes - 1) === 92) escapes--;
      if (((quote - escapes) & 1) === 0) return quote;
    }
  }
  return to;
}

/** A bit for each of the 16 bytes from `at` on that is a quote, but for those behind one backslash alone: these close nothing. */
function maybeClosing(at: usize): i32 {
  const backslash = i8x16.splat(92);
  const isQuote = i8x16.eq(v128.load(at), i8x16.splat(34));
  const isEscaped = v128.andnot(
    i8x16.eq(v128.load(at - 1), backslash),
    i8x16.eq(v128.load(at - 2), backslash),
  );
  return i8x16.bitmask(v128.andnot(isQuote, isEscaped));
}

/** A bit for each of the 16 bytes from `at` on where the mark of a DNS message may begin: some of its bytes are there. */
export function maybeMarks(at: usize): i32 {
  const backslash = i8x16.splat(92);
  const one = i8x16.splat(49);
  return i8x16.bitmask(
    v128.and(
      i8x16.eq(v128.load(at), backslash),
      v128.or(
        v128.and(i8x16.eq(v128.load(at, 2), backslash), i8x16.eq(v128.load(at, 3), one)),
        v128.and(i8x16.eq(v128.load(at, 4), backslash), i8x16.eq(v128.load(at, 7), one)),
      ),
    ),
  );
}
