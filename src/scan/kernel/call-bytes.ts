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

export function digits(from: usize, to: usize): usize {
  let at = from;
  while (at < to && isDigit(load<u8>(at))) at++;
  return at;
}

export function blanks(from: usize, to: usize): usize {
  let at = from;
  while (at < to && (load<u8>(at) === 32 || load<u8>(at) === 9)) at++;
  return at;
}

/** The thread that the last lead named; -1: none. */
export let thread: i32 = -1;

/** `4002 `, `[pid  4002] `, and a stamp. @returns where the call begins, 0 when it is something else */
export function lead(from: usize, to: usize): usize {
  let at = from;
  let named = false;
  thread = -1;
  if (at < to && load<u8>(at) === 91) {
    if (at + 4 > to || load<u32>(at) !== 0x6469705b) return 0; // [pid
    const number = blanks(at + 4, to);
    const stop = digits(number, to);
    if (number === at + 4 || stop === number || stop - number > 7 || stop >= to || load<u8>(stop) !== 93)
      return 0;
    at = blanks(stop + 1, to);
    if (at === stop + 1) return 0;
    thread = numberIn(number, stop);
    named = true;
  } else at = blanks(at, to);
  let stamped = false;
  while (at < to && isDigit(load<u8>(at))) {
    const stop = digits(at, to);
    if (stamped || stop >= to) return 0;
    const length = stop - at;
    const c = load<u8>(stop);
    let next = stop;
    if (c === 46) {
      if (length > 6 && (length < 9 || length > 11)) return 0;
      next = fraction(stop, to);
      stamped = true;
    } else if (c === 58) {
      next = length === 2 ? clock(stop, to) : 0;
      stamped = true;
    } else if (length >= 9 && length <= 11) {
      stamped = true;
    } else if (!named && length <= 7) {
      thread = numberIn(at, stop);
      named = true;
    } else return 0;
    if (next === 0) return 0;
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

/** The next byte that may mean something outside of quotes: one of ")<^: */
export function nextMeaning(from: usize, to: usize): usize {
  for (let at = from; at < to; at += 16) {
    const bytes = v128.load(at);
    const found = i8x16.bitmask(
      v128.or(
        v128.or(
          v128.or(i8x16.eq(bytes, i8x16.splat(34)), i8x16.eq(bytes, i8x16.splat(41))),
          v128.or(i8x16.eq(bytes, i8x16.splat(60)), i8x16.eq(bytes, i8x16.splat(94))),
        ),
        i8x16.eq(bytes, i8x16.splat(58)),
      ),
    );
    if (found !== 0) return at + ctz(found);
  }
  return to;
}

/** The next quote or backslash. */
export function nextQuote(from: usize, to: usize): usize {
  for (let at = from; at < to; at += 16) {
    const bytes = v128.load(at);
    const found = i8x16.bitmask(v128.or(i8x16.eq(bytes, i8x16.splat(34)), i8x16.eq(bytes, i8x16.splat(92))));
    if (found !== 0) return at + ctz(found);
  }
  return to;
}
