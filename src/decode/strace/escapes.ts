/** What a quoted text holds. */
export interface Quoted {
  bytes: Uint8Array;
  /** strace put `...` behind it, or the closing quote is missing. */
  cut: boolean;
  /** Offset behind the closing quote and the dots. */
  next: number;
}

const BACKSLASH = 92;

/** The text in hand as bytes: these are many times as fast to go through as the characters of a string that was cut out of another. */
let room = new Uint8Array(0);
let view = Buffer.from(room.buffer);

/**
 * Reads the C string that begins with the quote at `at`.
 *
 * strace (src/util.c, string_quote) writes bytes as octal escapes of one to three digits: three when an octal digit follows, so that
 * reading as many as there are, up to three, is exact; with `-x` as `\xHH`. Where the text ends inside an
 * escape (a file cut in the middle), more digits could have followed: that byte is not sure and left out.
 */
export function readQuoted(text: string, at: number): Quoted {
  const end = endOfQuoted(text, at);
  const isOpen = end === text.length;
  const size = Math.max(0, end - at - 1);
  if (room.length < size) {
    room = new Uint8Array(Math.max(2 * size, 4096));
    view = Buffer.from(room.buffer);
  }
  view.write(text.slice(at + 1, end), "latin1");
  const bytes = room.slice(0, resolveEscapes(room, size, isOpen));
  if (isOpen) return { bytes, cut: true, next: end };
  const cut = text.startsWith("...", end + 1);
  return { bytes, cut, next: cut ? end + 4 : end + 1 };
}

/**
 * Puts what the first `size` bytes mean in their place.
 * @param isOpen more may have followed
 * @returns how many bytes that is
 */
function resolveEscapes(bytes: Uint8Array, size: number, isOpen: boolean): number {
  let n = 0;
  let i = 0;
  while (i < size) {
    const c = bytes[i]!;
    if (c !== BACKSLASH) {
      bytes[n++] = c;
      i++;
      continue;
    }
    const kind = i + 1 < size ? bytes[i + 1]! : -1;
    let value = 0;
    let j = i + 1;
    if (kind >= 48 && kind <= 55) {
      for (const stop = Math.min(j + 3, size); j < stop; j++) {
        const digit = bytes[j]! - 48;
        if (digit < 0 || digit > 7) break;
        value = value * 8 + digit;
      }
      if (isOpen && j === size && j < i + 4) break;
    } else if (kind === 120) {
      j++;
      for (const stop = Math.min(j + 2, size); j < stop; j++) {
        const digit = hexDigit(bytes[j]!);
        if (digit < 0) break;
        value = value * 16 + digit;
      }
      if (isOpen && j === size && j < i + 4) break;
    } else {
      if (kind < 0) break;
      value = NAMED[kind] ?? kind;
      j++;
    }
    bytes[n++] = value;
    i = j;
  }
  return n;
}

/** Offset of the closing quote of the text that begins at `at`, or the end of all. */
function endOfQuoted(text: string, at: number): number {
  for (let i = text.indexOf('"', at + 1); i >= 0; i = text.indexOf('"', i + 1)) {
    let before = i;
    while (before - 1 > at && text.charCodeAt(before - 1) === BACKSLASH) before--;
    // After an even number of backslashes, each of which is the second of two, it is no part of an escape.
    if ((i - before) % 2 === 0) return i;
  }
  return text.length;
}

/** \a \b \t \n \v \f \r \e; any other character stands for itself. */
const NAMED: Readonly<Record<number, number>> = {
  97: 7,
  98: 8,
  116: 9,
  110: 10,
  118: 11,
  102: 12,
  114: 13,
  101: 27,
};

function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 102) return c - 87;
  if (c >= 65 && c <= 70) return c - 55;
  return -1;
}
