/** How a terminal's colours begin, as bytes or as programs write them out; a letter ends them. */
const COLOUR = "(?:\\x1b|\\^\\[|\\\\u001b|\\\\x1b|\\\\033|\\\\e|#033)\\[[\\d;]{0,12}";

/**
 * As a part of expressions: nothing before it that a word or an address could be the end of. The letter of an escape (`\n`), the end of
 * one in a URL (`%2F`) or of a colour is no such thing. Another alternative may follow, then `)`.
 */
export const BEGIN = `(?<!(?<!\\\\|%[0-9A-Fa-f]|${COLOUR})[A-Za-z0-9]`;

const ESCAPE = new RegExp(`(?:\\\\|%[0-9A-Fa-f]|${COLOUR})[A-Za-z0-9]$`);
const LOOKED_AT = 24;

/** Does the letter or digit before `at` end an escape or a colour? */
export const endsEscape = (text: string, at: number): boolean =>
  ESCAPE.test(text.slice(Math.max(0, at - LOOKED_AT), at));

const COLOURED = new RegExp(`${COLOUR}$`);

/** How many characters of a run that begins at `at` belong to an escape or a colour before it. */
export function escapedPart(text: string, at: number, run: string): number {
  if (text[at - 1] === "\\" && /^[nrt]/.test(run)) return 1;
  const [digits] = /^\d{0,3}[A-Za-z]/.exec(run) ?? [];
  if (digits === undefined || (text[at - 1] !== "[" && text[at - 1] !== ";")) return 0;
  return COLOURED.test(text.slice(Math.max(0, at - LOOKED_AT), at)) ? digits.length : 0;
}
