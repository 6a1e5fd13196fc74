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

/** 255 in the first `count` bytes: in none when that is negative, in all when it is 16 or more. */
export function marked(count: i32): v128 {
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return i8x16.lt_s(places, i8x16.splat(count as i8));
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
