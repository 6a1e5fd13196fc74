import type { Constant } from "./ast.js";
import { addressBytes, compileBlock } from "./cidr.js";
import { numberOf } from "./number-text.js";
import { compileRegex } from "./regex.js";
import { anyOf, asText, isList, isMissing, mapValue, type Single, type Value } from "./values.js";
import { compileWildcard } from "./wildcard.js";

/** A function of EQL, ready to be called with the values of its arguments. */
export type Callable = (args: readonly Value[]) => Value;
/** Makes a callable; constants among the arguments are known beforehand (absent: not a constant). */
export type Maker = (constants: readonly (Constant | undefined)[], ignoreCase: boolean) => Callable;

const first = (value: Value): Single | undefined => (isList(value) ? value[0] : value);
const text = (value: Value): string | undefined => {
  const single = first(value);
  return typeof single === "string" ? single : undefined;
};
const number = (value: Value): number | undefined => {
  const single = first(value);
  return typeof single === "number" ? single : undefined;
};
const folding = (ignoreCase: boolean) => (ignoreCase ? lowerCase : (value: string) => value);

/** In lower case, each character in its place: a letter whose small form is longer (`İ`) stays as it is. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (char) => {
    const small = char.toLowerCase();
    return small.length === char.length ? small : char;
  }).join("");
}

/** Texts alone have characters: `change` gets each text of the first argument. */
const onTexts = (value: Value, change: (text: string) => Single | undefined): Value =>
  mapValue(value, (single) => (typeof single === "string" ? change(single) : undefined));

const textTest =
  (test: (source: string, part: string) => boolean): Maker =>
  (_, ignoreCase) => {
    const fold = folding(ignoreCase);
    return ([source, part]) => {
      const wanted = text(part);
      if (wanted === undefined) return undefined;
      return anyOf(source, (one) => (typeof one === "string" ? test(fold(one), fold(wanted)) : undefined));
    };
  };

/** Patterns that are constants are compiled once. With null among them, there is no answer. */
const patternTest =
  (compile: (pattern: string, ignoreCase: boolean) => (text: string) => boolean): Maker =>
  (constants, ignoreCase) => {
    if (constants.slice(1).includes(null)) return () => undefined;
    const tests = constants
      .slice(1)
      .filter((c) => typeof c === "string")
      .map((c) => compile(c, ignoreCase));
    return ([source]) =>
      anyOf(source, (one) =>
        typeof one === "boolean" ? undefined : tests.some((test) => test(asText(one))),
      );
  };

function between(
  source: string,
  left: string,
  right: string,
  greedy: boolean,
  fold: (s: string) => string,
): string {
  const folded = fold(source);
  const start = folded.indexOf(fold(left));
  if (start < 0) return "";
  const from = start + left.length;
  const end = greedy ? folded.lastIndexOf(fold(right)) : folded.indexOf(fold(right), from);
  return end < from ? "" : source.slice(from, end);
}

/** By name; how each may be called is in signatures.ts. */
export const FUNCTIONS: Record<string, Maker> = {
  arrayContains: (_, ignoreCase) => {
    const fold = folding(ignoreCase);
    return ([list, ...wanted]) => {
      const texts = new Set(wanted.filter((w) => !isMissing(w)).map((w) => fold(asText(first(w)!))));
      return anyOf(list, (one) => texts.has(fold(asText(one))));
    };
  },
  arrayLength:
    () =>
    ([list]) =>
      isMissing(list) ? undefined : isList(list) ? list.length : 1,
  between: (_, ignoreCase) => {
    const fold = folding(ignoreCase);
    return ([source, left, right, greedy]) => {
      const [l, r] = [text(left), text(right)];
      if (l === undefined || r === undefined) return undefined;
      return onTexts(source, (one) => between(one, l, r, first(greedy) === true, fold));
    };
  },
  cidrMatch: (constants) => {
    if (constants.slice(1).includes(null)) return () => undefined;
    const blocks = constants.slice(1).map((c) => (typeof c === "string" ? compileBlock(c) : undefined));
    return ([ip]) =>
      anyOf(ip, (one) => {
        const bytes = typeof one === "string" ? addressBytes(one) : undefined;
        return bytes === undefined ? undefined : blocks.some((block) => block?.(bytes) === true);
      });
  },
  concat: () => (args) => {
    if (args.some(isMissing)) return undefined;
    return args.map((arg) => asText(first(arg)!)).join("");
  },
  endsWith: textTest((source, part) => source.endsWith(part)),
  startsWith: textTest((source, part) => source.startsWith(part)),
  // Elastic's, and no slip: nothing is contained in no text.
  stringContains: textTest((source, part) => part !== "" && source.includes(part)),
  indexOf: (_, ignoreCase) => {
    const fold = folding(ignoreCase);
    return (args) => {
      const [source, part, start] = args;
      const wanted = text(part);
      const from = args.length < 3 ? 0 : number(start);
      if (wanted === undefined || from === undefined) return undefined;
      return onTexts(source, (one) => {
        const index = from > one.length ? -1 : fold(one).indexOf(fold(wanted), from);
        return index < 0 ? undefined : index;
      });
    };
  },
  length:
    () =>
    ([source]) =>
      onTexts(source, (one) => one.length),
  match: patternTest((pattern, ignoreCase) => {
    const compiled = compileRegex(pattern, ignoreCase);
    return "problem" in compiled ? () => false : (one) => compiled.test(one);
  }),
  number:
    () =>
    ([source, base]) =>
      mapValue(source, (one) => numberOf(one, number(base))),
  string:
    () =>
    ([value]) =>
      mapValue(value, asText),
  substring: () => (args) => {
    const [source, start, end] = args;
    // A position that is null is the text's own beginning or end, as in Elastic's tests.
    if ([start, end].some((place) => !isMissing(place) && number(place) === undefined)) return undefined;
    return onTexts(source, (one) => one.slice(number(start), number(end)));
  },
  wildcard: patternTest(compileWildcard),
};
