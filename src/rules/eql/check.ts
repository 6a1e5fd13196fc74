import type { IToken } from "chevrotain";
import type { Expression } from "./ast.js";
import { compileBlock } from "./cidr.js";
import { unquote } from "./literals.js";
import { nearest } from "./problem.js";
import { compileRegex } from "./regex.js";
import { functionName, type Kind, SIGNATURES } from "./signatures.js";

/** Notes a problem at a token. */
export type Complain = (at: Pick<IToken, "startOffset" | "image">, message: string, hint?: string) => void;

/** What kind of value an expression gives, as far as its text tells. */
export function kindOf(expression: Expression): Kind {
  switch (expression.op) {
    case "constant": {
      const { value } = expression;
      if (typeof value === "string") return "text";
      if (typeof value === "number") return "number";
      return value === null ? "unknown" : "condition";
    }
    case "field":
      return "unknown";
    case "arithmetic":
    case "negative":
      return "number";
    case "call":
      return SIGNATURES[expression.name]?.gives ?? "unknown";
    default:
      return "condition";
  }
}

/** A text or a number where true or false is needed is a slip that would never match. */
export function checkCondition(
  expression: Expression,
  at: Pick<IToken, "startOffset" | "image">,
  complain: Complain,
): void {
  const kind = kindOf(expression);
  if (kind === "text" || kind === "number")
    complain(at, `a condition is needed here, and this is a ${kind}`, 'compare it: `field == "value"`');
}

/** Arithmetic is for numbers. */
export function checkNumber(expression: Expression, sign: IToken, complain: Complain): void {
  const kind = kindOf(expression);
  if (kind === "text")
    complain(sign, `\`${sign.image}\` needs numbers, and this is a text`, "join texts with `concat(a, b)`");
  if (kind === "condition") complain(sign, `\`${sign.image}\` needs numbers, and this is a condition`);
}

/** `like`, `regex` and `:` take constant texts; regular expressions must be ones that run in linear time. */
export function checkPatterns(how: IToken, list: readonly Expression[], complain: Complain): void {
  for (const item of list) {
    const literal = item.op === "constant" && typeof item.value !== "boolean" ? item.value : undefined;
    if (how.image === ":" && (typeof literal === "string" || typeof literal === "number")) continue;
    if (typeof literal !== "string") {
      complain(how, `\`${how.image}\` needs a text in double quotes`, "compare two fields with `==`");
    } else if (how.image.startsWith("regex")) {
      const compiled = compileRegex(literal, false);
      if ("problem" in compiled)
        complain(how, `the regular expression "${literal}" cannot be used: ${compiled.problem}`);
    }
  }
}

/** The function exists and takes these arguments. */
export function checkCall(
  name: IToken,
  args: readonly Expression[],
  tilde: boolean,
  complain: Complain,
): void {
  const known = functionName(name.image);
  const signature = Object.hasOwn(SIGNATURES, known) ? SIGNATURES[known] : undefined;
  if (signature === undefined) {
    complain(name, `there is no function \`${name.image}\``, insteadOf(name.image));
    return;
  }
  if (args.length < signature.min || args.length > signature.max)
    complain(name, `\`${name.image}\` does not take ${countOf(args.length)}`, `usage: ${signature.usage}`);
  if (tilde && signature.insensitive !== true)
    complain(name, `\`${name.image}\` has no form that ignores case`, `usage: ${signature.usage}`);
  const accepts = CONSTANT_ARGUMENTS[known];
  if (accepts === undefined) return;
  for (const arg of args.slice(1)) {
    const literal = arg.op === "constant" ? arg.value : undefined;
    // With null, the answer is null: an optional part that was left out.
    if (literal === null) continue;
    if (typeof literal !== "string") {
      complain(name, `the arguments of \`${name.image}\` after the first must be texts in double quotes`);
      continue;
    }
    const problem = accepts(literal);
    if (problem !== undefined) complain(name, `"${literal}" cannot be used: ${problem}`);
  }
}

const ANY_ELEMENT = "a condition on a list holds when it does for any of its elements";
/** Endgame's functions that are not known, and what serves in their place. */
const INSTEAD: Readonly<Record<string, string>> = {
  arraySearch: ANY_ELEMENT,
  arrayCount: ANY_ELEMENT,
  matchLite: 'write `field regex "…"`',
  safe: "leave it out: what cannot be calculated is `null`",
};

function insteadOf(name: string): string {
  if (Object.hasOwn(INSTEAD, name)) return INSTEAD[name]!;
  const meant = nearest(name, Object.keys(SIGNATURES));
  return meant === undefined ? "docs/EQL.md lists the functions" : `did you mean \`${meant}\`?`;
}

/** Functions whose arguments after the first must be constants, and what is wrong with one. */
const CONSTANT_ARGUMENTS: Record<string, (text: string) => string | undefined> = {
  match: (pattern) => {
    const compiled = compileRegex(pattern, false);
    return "problem" in compiled ? compiled.problem : undefined;
  },
  cidrMatch: (block) =>
    compileBlock(block) === undefined ? "it is no block such as 10.0.0.0/8 or fd00::/8" : undefined,
  wildcard: () => undefined,
};

const countOf = (n: number): string => (n === 1 ? "one argument" : `${n === 0 ? "no" : n} arguments`);

/** The value of a string token; an escape that EQL does not have is a problem. */
export function stringOf(token: IToken, complain: Complain): string {
  const read = unquote(token.image);
  if ("value" in read) return read.value;
  const pair = token.image.slice(read.badEscapeAt, read.badEscapeAt + 2);
  const place = { ...token, startOffset: token.startOffset + read.badEscapeAt, image: pair };
  complain(place, `\`${pair}\` is not an escape`, 'write `\\\\` for a backslash, or a raw string """…"""');
  return "";
}
