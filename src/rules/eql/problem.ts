/** Something wrong in a query, with its place. */
export interface EqlProblem {
  message: string;
  /** What to write instead, or the next step. */
  hint?: string;
  /** 0-based offset in the query's text, and how many characters it spans (at least 1). */
  offset: number;
  length: number;
  /** 1-based. */
  line: number;
  column: number;
}

/** Completes a problem with line and column. */
export function problemAt(
  text: string,
  offset: number,
  length: number,
  message: string,
  hint?: string,
): EqlProblem {
  const at = Math.min(Math.max(offset, 0), text.length);
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  const column = at - (before.lastIndexOf("\n") + 1) + 1;
  const problem: EqlProblem = { message, offset: at, length: Math.max(1, length), line, column };
  if (hint !== undefined) problem.hint = hint;
  return problem;
}

const SNIPPET = 100;

/**
 * The problem for a person: message, the line with a caret under the place, and the hint.
 *
 * @example
 * line 1, column 25: `=` is not an operator
 *   any where event.action = "x"
 *                          ^
 *   use `==` (or `:` to ignore case)
 */
export function renderProblem(text: string, problem: EqlProblem): string {
  const source = (text.split("\n")[problem.line - 1] ?? "").replace(/[\t\r]/g, " ");
  const start = Math.max(0, Math.min(problem.column - 1 - SNIPPET / 2, source.length - SNIPPET));
  const shown = (start > 0 ? "…" : "") + source.slice(start, start + SNIPPET);
  const indent = problem.column - 1 - start + (start > 0 ? 1 : 0);
  const carets = "^".repeat(Math.max(1, Math.min(problem.length, shown.length - indent)));
  const lines = [
    `line ${problem.line}, column ${problem.column}: ${problem.message}`,
    `  ${shown}`,
    `  ${" ".repeat(indent)}${carets}`,
  ];
  if (problem.hint !== undefined) lines.push(`  ${problem.hint}`);
  return lines.join("\n");
}

/** The candidate nearest to `word` by edit distance, when one is near enough to be what was meant. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length < 2) return undefined;
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein's distance, with two swapped neighbours as one edit, or `limit` when it is no less. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  let above: number[] = [];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1, swapped ? above[j - 2]! + 1 : Infinity));
    }
    above = row;
    row = next;
  }
  return row[b.length]!;
}
