/** What is wrong with a grammar file: place, reason, next step. */
export interface GrammarProblem {
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based, in characters. */
  column: number;
  /** One sentence: the reason. */
  message: string;
  /** What to do about it. */
  hint?: string;
  /** The line of the file at that place. */
  snippet: string;
}

/** A place in a grammar file. */
export interface Place {
  line: number;
  column: number;
}

/** Makes a problem with the snippet cut from the file's text. */
export function problemAt(
  file: string,
  text: string,
  place: Place,
  message: string,
  hint?: string,
): GrammarProblem {
  const snippet = (text.split(/\r?\n/, place.line)[place.line - 1] ?? "").slice(0, 400);
  return new Printable({ file, ...place, message, ...(hint ? { hint } : {}), snippet });
}

/** A problem that prints as people read it wherever it is made a string. */
class Printable implements GrammarProblem {
  declare readonly file: string;
  declare readonly line: number;
  declare readonly column: number;
  declare readonly message: string;
  declare readonly snippet: string;

  constructor(problem: GrammarProblem) {
    Object.assign(this, problem);
  }

  toString(): string {
    return formatProblem(this);
  }
}

/**
 * The problem as people read it:
 *
 * ```
 * x.grammar:3:9: there is no token or rule NAMES
 *   3 | event a = x:NAMES
 *     |           ^
 *   did you mean NAME?
 * ```
 */
export function formatProblem(problem: GrammarProblem): string {
  const number = String(problem.line);
  const pad = " ".repeat(number.length);
  const indent = problem.snippet.slice(0, problem.column - 1).replace(/[^\t]/g, " ");
  const lines = [`${problem.file}:${problem.line}:${problem.column}: ${problem.message}`];
  if (problem.snippet.trim() !== "") {
    lines.push(`  ${number} | ${problem.snippet}`, `  ${pad} | ${indent}^`);
  }
  if (problem.hint) lines.push(`  ${problem.hint}`);
  return lines.join("\n");
}
