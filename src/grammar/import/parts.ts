import type { Regex } from "./pcre.js";
import { isEmpty, subsetOf } from "./subset.js";

/** A piece of a grammar's pattern, before it is written. */
export type Part =
  | { kind: "literal"; text: string }
  /** Blanks; `min` 0: there may be none. */
  | { kind: "blank"; min: 0 | 1 }
  /** Any text, up to what follows. */
  | { kind: "any"; field?: string }
  | { kind: "token"; token: Token; field?: string }
  | { kind: "optional"; parts: Part[] }
  | { kind: "choice"; branches: Part[][] };

/** What a token part matches: an expression, or a token by its name. */
export interface Token {
  source: string;
  name?: string;
  builtin?: boolean;
  as?: string;
}

/** How a captured name becomes a field; nothing: it is not captured. */
export type FieldOf = (name: string) => string | undefined;

/** Splits an expression into parts. What gets lost on the way is told to `note`. */
export function partsOf(regex: Regex, fieldOf: FieldOf, note: (what: string) => void): Part[] {
  const parts = (inner: Regex) => partsOf(inner, fieldOf, note);
  switch (regex.kind) {
    case "char":
      return [{ kind: "literal", text: regex.text }];
    case "class":
    case "known":
      return [{ kind: "token", token: tokenOf(regex) }];
    case "sequence":
      return joined(regex.items.flatMap(parts));
    case "group":
      return captured(regex.name, regex.item, fieldOf, note);
    case "choice": {
      const pure = isOfTokens(regex) ? undefined : subsetOf(regex);
      if (pure !== undefined) return [{ kind: "token", token: { source: pure } }];
      const branches = regex.items.filter((item) => !isEmpty(item)).map(parts);
      const choice: Part =
        branches.length === 1 ? { kind: "optional", parts: branches[0]! } : { kind: "choice", branches };
      return branches.length > 1 && regex.items.some(isEmpty)
        ? [{ kind: "optional", parts: [choice] }]
        : [choice];
    }
    case "repeat":
      return repeated(regex, parts, note);
    default:
      note(`%{${regex.syntax}} is not defined`);
      return [{ kind: "any", ...named(regex.semantic, fieldOf) }];
  }
}

function repeated(
  regex: Regex & { kind: "repeat" },
  parts: (inner: Regex) => Part[],
  note: (what: string) => void,
): Part[] {
  const { item, min, max } = regex;
  const many = max === Number.POSITIVE_INFINITY;
  if (item.kind === "class" && item.any && many) return [{ kind: "any" }];
  if (isBlank(item) && many) return [{ kind: "blank", min: min === 0 ? 0 : 1 }];
  const pure = subsetOf(regex);
  if (pure !== undefined) return [{ kind: "token", token: { source: pure } }];
  if (min === 0 && max === 1) return [{ kind: "optional", parts: parts(item) }];
  note("a value inside a repetition is not captured");
  const plain = subsetOf({ ...regex, item: withoutNames(item) });
  return plain === undefined ? [{ kind: "any" }] : [{ kind: "token", token: { source: plain } }];
}

function captured(name: string, item: Regex, fieldOf: FieldOf, note: (what: string) => void): Part[] {
  const field = named(name, fieldOf);
  const inner = partsOf(item, fieldOf, note);
  const [only] = inner;
  if (inner.length === 1 && (only!.kind === "any" || only!.kind === "token")) return [{ ...only!, ...field }];
  const pure = isOfTokens(item) ? undefined : subsetOf(item);
  if (pure !== undefined) return [{ kind: "token", token: { source: pure }, ...field }];
  // An optional value: the field is absent where it is.
  if (inner.length === 1 && only!.kind === "optional" && only!.parts.length === 1)
    return [{ kind: "optional", parts: [{ ...only!.parts[0]!, ...field } as Part] }];
  if (
    inner.length === 1 &&
    only!.kind === "choice" &&
    only!.branches.every(([first, ...more]) => first?.kind === "token" && more.length === 0)
  )
    return [{ kind: "choice", branches: only!.branches.map(([first]) => [{ ...first!, ...field } as Part]) }];
  note(`${name}: only what it consists of is captured`);
  return inner;
}

const named = (name: string | undefined, fieldOf: FieldOf): { field?: string } => {
  const field = name === undefined ? undefined : fieldOf(name);
  return field === undefined ? {} : { field };
};

/** One of several tokens, each with a type of its own. */
const isOfTokens = (regex: Regex): boolean =>
  regex.kind === "choice" && regex.items.every((item) => item.kind === "known");

const isBlank = (regex: Regex): boolean =>
  (regex.kind === "char" && regex.text === " ") ||
  (regex.kind === "class" && ["[ \\t\\r\\n]", "[ \\t]", "[ ]"].includes(regex.source));

function withoutNames(regex: Regex): Regex {
  switch (regex.kind) {
    case "group":
      return withoutNames(regex.item);
    case "sequence":
    case "choice":
      return { ...regex, items: regex.items.map(withoutNames) };
    case "repeat":
      return { ...regex, item: withoutNames(regex.item) };
    default:
      return regex;
  }
}

const tokenOf = (regex: Regex & { kind: "class" | "known" }): Token =>
  regex.kind === "class"
    ? { source: regex.source }
    : { source: regex.source, name: regex.token, builtin: regex.builtin, ...(regex.as && { as: regex.as }) };

/** Literals side by side are one; blanks beside blanks are one place's. */
function joined(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.kind === "literal" && last?.kind === "literal") {
      result[result.length - 1] = { kind: "literal", text: last.text + part.text };
      continue;
    }
    if (part.kind === "blank" && last?.kind === "literal" && last.text.endsWith(" ")) {
      if (last.text === " ") result.pop();
      else result[result.length - 1] = { kind: "literal", text: last.text.slice(0, -1) };
      result.push({ kind: "blank", min: 1 });
      continue;
    }
    result.push(part);
  }
  return result;
}
