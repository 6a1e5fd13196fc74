/** What a quoted text holds. */
export interface Quoted {
  bytes: Uint8Array;
  /** strace put `...` behind it, or the closing quote is missing. */
  cut: boolean;
  /** Offset behind the closing quote and the dots. */
  next: number;
}

const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Reads the C string that begins with the quote at `at`.
 *
 * strace (src/util.c, string_quote) writes bytes as octal escapes of one to three digits: three when an octal digit follows, so that
 * reading as many as there are, up to three, is exact; with `-x` as `\xHH`. Where the text ends inside an
 * escape (a file cut in the middle), more digits could have followed: that byte is not sure and left out.
 */
export function readQuoted(text: string, at: number): Quoted {
  const bytes = new Uint8Array(Math.max(0, endOfQuoted(text, at) - at - 1));
  const length = text.length;
  let n = 0;
  let i = at + 1;
  while (i < length) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      i++;
      const cut = text.startsWith("...", i);
      return { bytes: bytes.subarray(0, n), cut, next: cut ? i + 3 : i };
    }
    if (c !== BACKSLASH) {
      bytes[n++] = c;
      i++;
      continue;
    }
    const kind = text.charCodeAt(i + 1);
    let value = 0;
    let j = i + 1;
    if (kind >= 48 && kind <= 55) {
      for (const stop = Math.min(j + 3, length); j < stop; j++) {
        const digit = text.charCodeAt(j) - 48;
        if (digit < 0 || digit > 7) break;
        value = value * 8 + digit;
      }
      if (j === length && j < i + 4) break;
    } else if (kind === 120) {
      j++;
      for (const stop = Math.min(j + 2, length); j < stop; j++) {
        const digit = hexDigit(text.charCodeAt(j));
        if (digit < 0) break;
        value = value * 16 + digit;
      }
      if (j === length && j < i + 4) break;
    } else {
      if (j >= length) break;
      value = NAMED[kind] ?? kind;
      j++;
    }
    bytes[n++] = value;
    i = j;
  }
  return { bytes: bytes.subarray(0, n), cut: true, next: length };
}

/** Offset of the closing quote of the text that begins at `at`, or the end of all. */
export function endOfQuoted(text: string, at: number): number {
  let i = at + 1;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) break;
    if (c === BACKSLASH) i++;
  }
  return Math.min(i, text.length);
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
