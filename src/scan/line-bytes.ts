/** A line's bytes, and steps over some of them. */
export class LineBytes {
  protected bytes: Uint8Array = new Uint8Array(0);
  /** Where the line begins. */
  protected from = 0;
  /** Where the line ends, before its line end. */
  protected to = 0;

  /** Where the digits end that begin at `at`. */
  protected digits(at: number, to: number): number {
    const { bytes } = this;
    let i = at;
    while (i < to && isDigit(bytes[i]!)) i++;
    return i;
  }

  /** Do these words begin at `at`? */
  protected begins(words: string, at: number, to: number): boolean {
    const { bytes } = this;
    const { length } = words;
    if (at + length > to) return false;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== words.charCodeAt(i)) return false;
    return true;
  }

  /** Do these words stand somewhere in [from, to)? */
  protected has(words: string, from: number, to: number): boolean {
    const { bytes } = this;
    const first = words.charCodeAt(0);
    const last = to - words.length;
    for (let i = from; i <= last; i++) if (bytes[i] === first && this.begins(words, i, to)) return true;
    return false;
  }
}

export const isDigit = (c: number) => c >= 48 && c <= 57;
export const isHex = (c: number) => isDigit(c) || (c >= 97 && c <= 102);

/** Where the blanks end that begin at `at`. */
export function blanks(bytes: Uint8Array, at: number, to: number): number {
  let i = at;
  while (i < to && (bytes[i] === 32 || bytes[i] === 9)) i++;
  return i;
}

/** What digits tell as a number. */
export function numberIn(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + (bytes[i]! - 48);
  return value;
}
