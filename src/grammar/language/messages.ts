import type { ILexingError, IRecognitionException, IToken } from "chevrotain";
import type { Place } from "./ast.js";

/** A mistake of syntax: where, what, and what to do. */
export interface SyntaxProblem {
  at: Place;
  message: string;
  hint?: string;
}

/** What each part of a file may hold, in the words of docs/GRAMMARS.md. Keys are the parser's rule names. */
const EXPECTED: Record<string, string> = {
  file: "a statement: grammar, about, command, layer, accepts, set, record, continuation, wants, stamps, inherit, token, rule, event, sample or reject",
  statement:
    "a statement: grammar, about, command, layer, accepts, set, record, continuation, wants, stamps, inherit, token, rule, event, sample or reject",
  condition: '`in ("a", "b")` or `matches /regex/`',
  about: 'one or more quoted texts: about "what the format is"',
  command: 'one or more quoted commands: command "ip addr"',
  wants: 'one or more quoted literals: wants "port 53"',
  stamps: "what stamps stand for: stamps start, stamps end or stamps moment",
  token: "token NAME = /regex/ as TYPE",
  rule: "rule name = pattern",
  there: 'a condition: .path, .path in ("a"), .path matches /regex/, not .path',
  test: 'a condition: .path, .path in ("a"), .path matches /regex/, not .path',
  told: "event name each .path when .path { field = .path }",
  entry: 'a field: field = .path as TYPE, field = "text", or .path = (pattern)',
  taken: "a value: .path, .path as TYPE, key, or a constant",
  event: "event action = pattern, event action after OTHER = pattern",
  after: "the name of an event of this grammar: event row after header = pattern",
  forgets: "names of inherited fields: event end forgets field = pattern",
  names: "names of fields: inherit table, chain",
  before: 'the lines before: sample after "HEADER" "ROW", or raw lines and `reads`',
  recordText: "a quoted text, or lines that begin with `> `",
  value: "a text, a number, true, false, a list or $field",
  scalar: "a text or a number",
  sequence: "a piece of a pattern: a quoted text, field:TOKEN, TOKEN, a group, or [field = value]",
  atom: "a piece of a pattern: a quoted text, field:TOKEN, TOKEN, a group, or [field = value]",
  choice: "a piece of a pattern: a quoted text, field:TOKEN, TOKEN, a group, or [field = value]",
  plain: "what the field captures: a TOKEN, `upto STOP`, `rest` or a group",
  upto: 'where to stop: upto "literal", upto TOKEN, upto ("a" | "b") or upto outside QUOTED STOP',
};

/** Chevrotain's parse errors in words: what was found, what was expected there. */
export function parseMessage(error: IRecognitionException): SyntaxProblem {
  const rule = error.context.ruleStack.at(-1) ?? "file";
  const found = describe(error.token);
  const previous = (error as { previousToken?: IToken }).previousToken;
  // What is missing at the end of a line is missing there, not where the next statement begins.
  const later =
    previous?.endLine !== undefined && (error.token.startLine || Number.POSITIVE_INFINITY) > previous.endLine;
  const at = placeOf(previous && later ? endOf(previous) : error.token);
  if (error.name === "MismatchedTokenException") {
    const wanted = /--> (.*?) <--/.exec(error.message)?.[1];
    const label = wanted === undefined ? EXPECTED[rule] : labelOf(wanted);
    return { at, message: `expected ${label}, found ${found}`, ...hintFor(rule) };
  }
  if (error.name === "NotAllInputParsedException") {
    return { at, message: `${found} does not fit here`, hint: `expected ${EXPECTED.file}` };
  }
  return { at, message: `expected ${EXPECTED[rule] ?? EXPECTED.file}, found ${found}` };
}

/** Chevrotain's lexing errors in words. */
export function lexMessage(error: ILexingError, text: string): SyntaxProblem {
  const at = { line: error.line ?? 1, column: error.column ?? 1 };
  const char = text[error.offset] ?? "";
  if (char === '"')
    return {
      at,
      message: "this quoted text has no end on its line",
      hint: 'close it with `"`; write `\\"` for a quote inside',
    };
  if (char === "/")
    return {
      at,
      message: "this regex has no end on its line",
      hint: "close it with `/`; write `\\/` for a slash inside",
    };
  if (char === ">")
    return { at, message: "a raw line begins with `> ` (a blank after the sign)", hint: "add the blank" };
  return {
    at,
    message: `unexpected ${JSON.stringify(text.slice(error.offset, error.offset + Math.min(error.length, 20)))}`,
  };
}

function hintFor(rule: string): { hint?: string } {
  const form = EXPECTED[rule];
  return form === undefined ? {} : { hint: `the form is: ${form}` };
}

/** Signs stand in backticks; other labels are words already. */
function labelOf(label: string): string {
  return /^[a-z`]/.test(label) ? label : `\`${label}\``;
}

function describe(token: IToken): string {
  return token.image === ""
    ? "the end of the file"
    : `\`${token.image.length > 40 ? token.image.slice(0, 40) + "…" : token.image}\``;
}

function placeOf(token: { startLine?: number | undefined; startColumn?: number | undefined }): Place {
  return { line: token.startLine || 1, column: token.startColumn || 1 };
}

function endOf(token: IToken): { startLine?: number | undefined; startColumn?: number | undefined } {
  return { startLine: token.endLine, startColumn: (token.endColumn ?? 0) + 1 };
}
