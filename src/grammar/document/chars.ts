/** Signs of JSON as char codes. */
export const Char = {
  TAB: 9,
  NEWLINE: 10,
  RETURN: 13,
  SEPARATOR: 30,
  SPACE: 32,
  QUOTE: 34,
  COMMA: 44,
  COLON: 58,
  OPEN_LIST: 91,
  BACKSLASH: 92,
  CLOSE_LIST: 93,
  OPEN: 123,
  CLOSE: 125,
} as const;

/** Blanks within a line; also the separator that RFC 7464 puts before each record. */
const isBlank = (code: number): boolean =>
  code === Char.SPACE || code === Char.TAB || code === Char.RETURN || code === Char.SEPARATOR;

export const isBracket = (code: number): boolean => code === Char.OPEN || code === Char.OPEN_LIST;

/** The first offset from `at` on that is no blank of the line. */
export function skipBlanks(text: string, at: number, length: number): number {
  let i = at;
  while (i < length && isBlank(text.charCodeAt(i))) i++;
  return i;
}

/** The same, over line ends too. */
export function skipWhite(text: string, at: number, length: number): number {
  let i = at;
  for (; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code !== Char.NEWLINE && !isBlank(code)) break;
  }
  return i;
}
