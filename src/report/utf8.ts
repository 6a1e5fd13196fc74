/** Length of the UTF-8 sequence at `i`, 0 when it is none (RFC 3629: no overlong forms, no surrogates, up to U+10FFFF). */
function sequenceLength(text: string, i: number): number {
  const a = text.charCodeAt(i);
  const length = a < 0x80 ? 1 : a < 0xc2 ? 0 : a < 0xe0 ? 2 : a < 0xf0 ? 3 : a < 0xf5 ? 4 : 0;
  if (length < 2) return length;
  const b = text.charCodeAt(i + 1);
  const lowest = a === 0xe0 ? 0xa0 : a === 0xf0 ? 0x90 : 0x80;
  const highest = a === 0xed ? 0x9f : a === 0xf4 ? 0x8f : 0xbf;
  if (!(b >= lowest && b <= highest)) return 0;
  for (let k = 2; k < length; k++) {
    const c = text.charCodeAt(i + k);
    if (!(c >= 0x80 && c <= 0xbf)) return 0;
  }
  return length;
}

function codePoint(text: string, i: number, length: number): number {
  let value = text.charCodeAt(i) & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) value = (value << 6) | (text.charCodeAt(i + k) & 0x3f);
  return value;
}

const HIGH_RUN = /[\x80-\xff]+/g;

/** One run of chars 0x80…0xff: what is UTF-8 in it as text, the rest through `invalid`. */
function decodeRun(run: string, invalid: (char: string) => string): string {
  let out = "";
  for (let i = 0; i < run.length; ) {
    const length = sequenceLength(run, i);
    if (length < 2) {
      out += invalid(run[i]!);
      i++;
    } else {
      out += String.fromCodePoint(codePoint(run, i, length));
      i += length;
    }
  }
  return out;
}

/** A char as the byte it stands for: `\xff`. */
export const byteEscape = (char: string) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;

/**
 * Reads a record's own text, which travels as one char per byte (latin1), as UTF-8.
 * Bytes that are no UTF-8 become visible (`\xff`): shown, never dropped or replaced.
 * A text with a char above 0xff was decoded before and is given back as it is.
 */
export function decodeBytes(text: string): string {
  return /[^\0-\xff]/.test(text) ? text : text.replace(HIGH_RUN, (run) => decodeRun(run, byteEscape));
}

/**
 * Reads words of our own in which values from evidence may stand as bytes: what is UTF-8 is decoded, the rest kept.
 */
export function decodeWithin(text: string): string {
  return text.replace(HIGH_RUN, (run) => decodeRun(run, (char) => char));
}
