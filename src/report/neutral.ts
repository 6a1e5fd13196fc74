/**
 * Whatever could act on a terminal, or make a line read differently from what it is:
 *
 * - C0 and C1 controls and DEL (ECMA-48): ESC, CSI, newlines, tabs, bells;
 * - bidirectional controls (UAX #9; "Trojan Source", CVE-2021-42574) and the other invisible format characters:
 *   zero width ones, soft hyphens, tags, line and paragraph separators, fillers;
 * - halves of surrogate pairs, noncharacters and private use characters (a font's own pictures).
 */
export const HARMFUL = new RegExp(
  "[\\x00-\\x1f\\x7f-\\x9f" +
    "\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff" +
    "\\ud800-\\udfff\\ue000-\\uf8ff" +
    "\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}\\u{f0000}-\\u{10ffff}]",
  "gu",
);

/** More than four marks on one letter: they would climb over the lines around it. */
const PILED = /(\p{M}{4})(\p{M}+)/gu;

const NAMED: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function visible(char: string): string {
  const named = NAMED[char];
  if (named) return named;
  const code = char.codePointAt(0)!;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}

/**
 * Makes text from evidence harmless to print: text that a terminal, a pager or a Markdown renderer shows as it is, on one line.
 * What is {@link HARMFUL} becomes a visible escape; everything else stays as it was.
 * @param text decoded text of any origin
 * @returns the text with harmful characters as `\n`, `\x1b`, `\u202e`, `\u{e0001}`; never longer than eight times the input
 */
export function neutral(text: string): string {
  return text
    .replace(HARMFUL, visible)
    .replace(PILED, (_, kept: string, rest: string) => kept + Array.from(rest, visible).join(""));
}
