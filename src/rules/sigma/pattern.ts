import type { Expression } from "../eql/ast.js";

/** A text with Sigma's wildcards: literal parts, `*` and `?`. */
export type Pattern = readonly ({ literal: string } | "*" | "?")[];

/** Reads Sigma's escapes: `\*`, `\?` and `\\` stand for the sign itself; any other backslash is one. */
export function patternOf(text: string): Pattern {
  const parts: ({ literal: string } | "*" | "?")[] = [];
  let literal = "";
  const flush = () => {
    if (literal !== "") parts.push({ literal });
    literal = "";
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]!;
    const next = text[i + 1];
    if (char === "\\" && (next === "*" || next === "?" || next === "\\")) {
      literal += next;
      i += 1;
    } else if (char === "*" || char === "?") {
      flush();
      parts.push(char);
    } else literal += char;
  }
  flush();
  return parts;
}

/** Lets the pattern stand anywhere in a text, at its beginning or at its end. */
export function placed(pattern: Pattern, where: "contains" | "startswith" | "endswith"): Pattern {
  const before = where !== "startswith" && pattern[0] !== "*" ? (["*"] as const) : [];
  const after = where !== "endswith" && pattern.at(-1) !== "*" ? (["*"] as const) : [];
  return [...before, ...pattern, ...after];
}

/** EQL's wildcards have no escape: a literal `*` or `?` needs a regular expression. */
export const needsRegex = (pattern: Pattern): boolean =>
  pattern.some((part) => typeof part === "object" && /[*?]/.test(part.literal));

/** The pattern as EQL's `:` and `like` write it. */
export const wildcardText = (pattern: Pattern): string =>
  pattern.map((part) => (typeof part === "object" ? part.literal : part)).join("");

/** The pattern as an expression that fits the whole text. */
export const regexText = (pattern: Pattern): string =>
  pattern
    .map((part) => {
      if (typeof part !== "object") return part === "*" ? ".*" : ".";
      return part.literal.replace(/[\\^$.*+?()[\]{}|"~&<>@#]/g, "\\$&");
    })
    .join("");

/** An expression of Sigma's (PCRE) with the signs escaped that stand for themselves there, and mean something in Lucene's. */
export const asLucene = (source: string): string =>
  source.replace(/\\.|\[(?:\\.|[^\]\\])*\]|["~&<>@#]/gs, (part) => (part.length === 1 ? `\\${part}` : part));

/**
 * A test of a field against any of the patterns.
 * @param cased case counts; by default Sigma ignores it
 */
export function testOf(field: string, patterns: readonly Pattern[], cased: boolean): Expression {
  const left: Expression = { op: "field", name: field };
  const constant = (value: string): Expression => ({ op: "constant", value });
  const regexes = patterns.filter(needsRegex);
  const plain = patterns.filter((pattern) => !needsRegex(pattern));
  const tests: Expression[] = [];
  if (plain.length > 0)
    tests.push({
      op: "look-up",
      how: cased ? "like" : ":",
      left,
      list: plain.map((one) => constant(wildcardText(one))),
    });
  if (regexes.length > 0)
    tests.push({
      op: "look-up",
      how: cased ? "regex" : "regex~",
      left,
      list: regexes.map((one) => constant(regexText(one))),
    });
  return tests.length === 1 ? tests[0]! : { op: "or", of: tests };
}
