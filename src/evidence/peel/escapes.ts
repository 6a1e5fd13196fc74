import type { Peeler } from "./peeler.js";

/**
 * Escape sequences (ECMA-48, 5.3–5.6): control sequences (colours, cursor), command strings (window titles, links) with either of their
 * ends, and the short ones.
 */
const SEQUENCE =
  /\x1b(?:\[[0-?]*[ -/]*(?:[@-~]|$)|\][^\x07\x1b]*(?:\x07|\x1b\\|$)|[PX^_][^\x1b]*(?:\x1b\\|$)|[ -/]+[0-~]|[0-~]|$)/g;

/** Colours as other programs spell the escape byte: in C and JSON strings, rsyslog, `cat -v`, editors. */
const SPELLED = /(?:\\x1[Bb]|\\033|\\e|\\u001[Bb]|#033|\^\[|\bESC)\[[0-9;]{0,12}[mK]/g;

/** Where colours stand in fewer lines than this share, the whole text is not worth going through for them. */
const SHARE = 0.02;

const isMarked = (line: string): boolean =>
  line.includes("\x1b") ||
  line.includes("\b") ||
  line.includes("\x07") ||
  hasLoneReturn(line) ||
  isSpelled(line);

/** Nearly no line has what they all have: an expression for each would cost more than all the rest. */
const isSpelled = (line: string): boolean =>
  line.includes("[") && MARKS.some((mark) => line.includes(mark)) && line.search(SPELLED) >= 0;
const MARKS = ["\\", "#033", "^[", "ESC["];

/** What a terminal would show of a line: without colours and titles, with corrections made. */
export const escapes: Peeler = {
  name: "escapes",
  harmless: true,
  suits: (lines) => most(lines),
  begin: () => (line) => {
    let shown = line;
    if (shown.includes("\x1b")) shown = shown.replace(SEQUENCE, (whole) => (whole === "\x1b[K" ? ERASE : ""));
    if (isSpelled(shown)) shown = shown.replace(SPELLED, "");
    if (hasLoneReturn(shown)) shown = lastShown(shown);
    if (shown.includes("\b") || shown.includes(ERASE)) shown = corrected(shown);
    return shown.includes("\x07") ? shown.replaceAll("\x07", "") : shown;
  },
};

function most(lines: readonly string[]): boolean {
  const marked = lines.filter(isMarked).length;
  return marked > lines.length * SHARE;
}

/** Stands for "erase to the end of the line"; no text holds it that is not binary. */
const ERASE = "\x1a";

/** A carriage return with something behind it: the line was written over. */
function hasLoneReturn(line: string): boolean {
  const at = line.indexOf("\r");
  return at >= 0 && line.trimEnd().length > at;
}

/** Progress that was written over itself: its last state. */
function lastShown(line: string): string {
  const states = line.split("\r").filter((state) => state.replaceAll(ERASE, "").trim() !== "");
  return states.at(-1) ?? "";
}

/** Backspaces move back and what follows is written over; so bold print of `man` and typed corrections read as they were shown. */
function corrected(line: string): string {
  const cells: string[] = [];
  let at = 0;
  for (const char of line) {
    if (char === "\b") at = Math.max(0, at - 1);
    else if (char === ERASE) cells.length = Math.min(cells.length, at);
    else cells[at++] = char;
  }
  return cells.join("");
}
