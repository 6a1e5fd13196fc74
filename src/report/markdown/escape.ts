import { neutral } from "../neutral.js";
import { cut } from "../width.js";

/** The longest run of backticks in a text. */
function longestTicks(text: string): number {
  let longest = 0;
  let run = 0;
  for (let i = 0; i < text.length; i++) {
    run = text.charCodeAt(i) === 96 ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

/**
 * A code span that shows exactly the (harmless) text: its fence is longer than any run of backticks within
 * (CommonMark 0.31, 6.1).
 */
export function codeSpan(text: string): string {
  const harmless = neutral(text);
  // A span of blanks alone, or of nothing, is no span.
  if (harmless.trim() === "") return "` `";
  const fence = "`".repeat(longestTicks(harmless) + 1);
  const padded =
    harmless.startsWith("`") ||
    harmless.endsWith("`") ||
    (harmless.startsWith(" ") && harmless.endsWith(" "));
  return padded ? `${fence} ${harmless} ${fence}` : fence + harmless + fence;
}

/** What may stand in prose as it is: letters, digits, and punctuation that no renderer acts upon; underscores within words (GFM 0.29, 6.4). */
const HARMLESS_WORD = /^(?:(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])|[\p{L}\p{M}\p{N}'",.;:()%+/=?!…–—’“”×±→-])+$/u;
/**
 * Words that trackers turn into something in spite of that: links (`://`, `www.`), issues (`GH-1`, and `WEB-1` where Jira or the like is
 * coupled), commits (seven hex digits or more), emoji (`:name:`), smart sequences of dashes; in GitLab merge requests (`!1`),
 * milestones (`%1`).
 */
const LIVELY_WORD = /:\/\/|www\.|^\W*[a-z][a-z0-9_]+-\d+\W*$|^\W*[0-9a-f]{7,}\W*$|:[\w+-]+:|--|[!%][\w"]/i;

const LEADING = /^[("“]+/;
const TRAILING = /[)"”,.;:!?]+$/;

/** One word of prose: plain, or as code where a renderer might act on it. */
function word(text: string): string {
  if (text === "" || (HARMLESS_WORD.test(text) && !LIVELY_WORD.test(text))) return text;
  const before = LEADING.exec(text)?.[0] ?? "";
  const rest = text.slice(before.length);
  const after = TRAILING.exec(rest)?.[0] ?? "";
  const inner = rest.slice(0, rest.length - after.length);
  return inner === "" ? codeSpan(text) : before + codeSpan(inner) + after;
}

const CODE = /`([^`]+)`/;

/**
 * Prose of a rule, in which values from evidence stand, as Markdown that shows it and does nothing else: whatever could
 * become a link, a mention, a tag, an image, emphasis or a list stands in code spans.
 * Our rules write code in backticks; that stays code.
 */
export function prose(text: string, most = 2000): string {
  const harmless = cut(neutral(text), most).trim();
  const out: string[] = [];
  for (const [i, part] of harmless.split(CODE).entries()) {
    if (i % 2 === 1) out.push(codeSpan(part));
    else out.push(part.split(" ").map(word).join(" "));
  }
  return notAList(joinSpans(out));
}

/** Two code spans that touch would read each other's fences. */
function joinSpans(parts: readonly string[]): string {
  let joined = "";
  for (const part of parts) joined += joined.endsWith("`") && part.startsWith("`") ? ` ${part}` : part;
  return joined;
}

/** At the beginning of a line `1.`, `1)`, `-`, `+` and `=` begin lists or headings, and `/` a command to GitLab's robot. */
function notAList(text: string): string {
  const number = /^\d{1,9}(?=[.)](?: |$))/.exec(text);
  if (number) return `${number[0]}\\${text.slice(number[0].length)}`;
  return /^[-+=/]/.test(text) ? `\\${text}` : text;
}

/** A cell of a table: prose or code in which no bar ends the cell (GFM 0.29, 4.10: `\|`, also within code spans). */
export function inCell(markdown: string): string {
  // In `\|` of the evidence the backslash would be taken for the escape.
  return markdown
    .replace(/\\+\|/g, (bar) => `${"\\".repeat(bar.length - 1)}x7c`)
    .replace(/(?<!\\)\|/g, "\\|");
}

/** A fenced block of lines, each neutralised and cut; the fence is longer than any run of backticks within. */
export function fenced(lines: readonly string[], most = 400): string[] {
  const harmless = lines.map((line) => cut(neutral(line), most));
  const fence = "`".repeat(Math.max(3, ...harmless.map((line) => longestTicks(line) + 1)));
  return [`${fence}text`, ...harmless, fence];
}
