import { EOF, type ILexingError, type IRecognitionException, type IToken } from "chevrotain";
import type { Query } from "./ast.js";
import { EqlParser } from "./parser.js";
import { type EqlProblem, nearest, problemAt } from "./problem.js";
import { NO_ELEMENTS, slipAt } from "./slips.js";
import * as T from "./tokens.js";

/** Bounds for what a rule file may ask of the parser's stack and of the machine. */
const MAX_LENGTH = 100_000;
const MAX_TOKENS = 10_000;
const MAX_DEPTH = 60;

let parser: EqlParser | undefined;

/**
 * Parses one EQL query. This module brings Chevrotain: import it lazily where start-up time counts.
 *
 * @returns the syntax tree, or the problems, the first one first; never throws for bad text
 */
export function parseEql(text: string): { query: Query } | { errors: EqlProblem[] } {
  if (text.length > MAX_LENGTH)
    return { errors: [problemAt(text, 0, 1, `a query may have at most ${MAX_LENGTH} characters`)] };
  if (text.trim() === "")
    return { errors: [problemAt(text, 0, 1, "the query is empty", "write `any where CONDITION`")] };
  const { tokens, errors } = T.eqlLexer.tokenize(text);
  if (errors.length > 0) return { errors: errors.slice(0, 5).map((error) => lexingProblem(text, error)) };
  const tooMuch = tokens.length > MAX_TOKENS ? tokens[MAX_TOKENS] : tooDeep(tokens);
  if (tooMuch !== undefined)
    return {
      errors: [problemAt(text, tooMuch.startOffset, 1, "the query is too long or too deeply nested")],
    };

  parser ??= new EqlParser();
  const problems: EqlProblem[] = [];
  parser.complain = (at, message, hint) =>
    problems.push(problemAt(text, at.startOffset, at.image.length, message, hint));
  parser.input = tokens;
  const query = parser.query();
  const first = parser.errors[0];
  if (first !== undefined) return { errors: [recognitionProblem(text, first, tokens)] };
  return problems.length > 0 ? { errors: problems } : { query };
}

/** The bracket that nests deeper than the recursive parser should follow. */
function tooDeep(tokens: readonly IToken[]): IToken | undefined {
  let depth = 0;
  for (const token of tokens) {
    if (token.tokenType === T.Open) depth += 1;
    else if (token.tokenType === T.Close) depth -= 1;
    if (depth > MAX_DEPTH) return token;
  }
  return undefined;
}

function lexingProblem(text: string, error: ILexingError): EqlProblem {
  const char = text[error.offset] ?? "";
  if (char === '"' || char === "'")
    return problemAt(text, error.offset, 1, "this string does not end", 'close it with `"` on the same line');
  if (char === "`")
    return problemAt(text, error.offset, 1, "this name does not end", "close it with a backtick");
  if (char === "." && text[error.offset - 1] === "]")
    return problemAt(text, error.offset, 1, NO_ELEMENTS.message, NO_ELEMENTS.hint);
  return problemAt(text, error.offset, error.length, `\`${char}\` means nothing in EQL`);
}

const WORDS =
  "and or not in like regex any where sequence sample join by with maxspan runs until true false null".split(
    " ",
  );

function recognitionProblem(text: string, error: IRecognitionException, tokens: IToken[]): EqlProblem {
  const token = error.token;
  const index = tokens.indexOf(token);
  const before = tokens[(index < 0 ? tokens.length : index) - 1];
  const atEnd = token.tokenType === EOF;
  const offset = atEnd ? text.trimEnd().length : token.startOffset;
  const length = atEnd ? 1 : token.image.length;
  const slip = slipAt(tokens, index, token);
  if (slip !== undefined) {
    const from = slip.from?.startOffset ?? offset;
    return problemAt(text, from, offset + length - from, slip.message, slip.hint);
  }
  if (!atEnd && before?.tokenType === T.Name && token.tokenType !== T.Close) {
    const meant = nearest(before.image, WORDS);
    if (meant !== undefined && tokens[index - 2] !== undefined)
      return problemAt(
        text,
        before.startOffset,
        before.image.length,
        `\`${before.image}\` is not expected here`,
        `did you mean \`${meant}\`?`,
      );
  }
  const found = atEnd ? "the query ends" : `\`${token.image}\` stands`;
  const needed = expectation(error, tokens, index);
  return problemAt(
    text,
    offset,
    length,
    `${found} where ${needed} is expected`,
    hintFor(token, tokens, index),
  );
}

function expectation(error: IRecognitionException, tokens: IToken[], index: number): string {
  const context = error.context.ruleStack.at(-1) ?? "";
  const label = /-->\s*(.+?)\s*<--/.exec(error.message)?.[1];
  if (error.name === "MismatchedTokenException" && label !== undefined) return label;
  if (error.name === "NotAllInputParsedException") return "`and`, `or` or the end of the query";
  if (context === "query") return "`sequence`, `sample`, `join`, a category or `any`";
  if (context === "pattern") return "a category or `any`";
  if (context === "pipe") return "a pipe's name";
  if (context === "step" || context === "series") return "an event `[ category where condition ]`";
  return index > 0 && tokens[index - 1]?.tokenType === T.Open
    ? "a value or a list"
    : "a field, a value or a function";
}

function hintFor(token: IToken, tokens: IToken[], index: number): string | undefined {
  if (token.tokenType === T.Name) {
    const meant = nearest(token.image, WORDS);
    if (meant !== undefined) return `did you mean \`${meant}\`?`;
  }
  if (index === 1 && tokens[0]?.tokenType === T.Name)
    return "a query begins with a category: `any where …` or `network where …`";
  const comparator = [T.Equal, T.NotEqual, T.Below, T.AtMost, T.Above, T.AtLeast, T.Colon];
  if (comparator.includes(token.tokenType))
    return "comparisons cannot be chained: join two of them with `and`";
  if (tokens[index - 1]?.tokenType === T.Assign) {
    if (token.tokenType === T.Integer) return "give the unit: 500ms, 5s, 1m, 1h";
    if (token.tokenType === T.Decimal) return "write a whole number of a smaller unit: 2500ms for 2.5 s";
  }
  return undefined;
}
