import type { Constant } from "./ast.js";
import { addressBytes, compileBlock } from "./cidr.js";
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
const folding = (ignoreCase: boolean) => (value: string) => (ignoreCase ? value.toLowerCase() : value);

/** Texts alone have characters: `change` gets each text of the first argument. */
const onTexts = (value: Value, change: (text: string) => Single | undefined): Value =>
  mapValue(value, (single) => (typeof single === "string" ? change(single) : undefined));

const calculation =
  (calculate: (a: number, b: number) => number): Maker =>
  () =>
  ([a, b]) => {
    const [left, right] = [number(a), number(b)];
    return left === undefined || right === undefined ? undefined : finite(calculate(left, right));
  };
const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

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

/** Patterns that are constants are compiled once. */
const patternTest =
  (compile: (pattern: string, ignoreCase: boolean) => (text: string) => boolean): Maker =>
  (constants, ignoreCase) => {
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

/** Integers divide to integers, rounded towards zero, as in EQL; a constant with a decimal point does not. */
export function divide(a: number, b: number): number {
  return Number.isInteger(a) && Number.isInteger(b) ? Math.trunc(a / b) : a / b;
}

/** By name; how each may be called is in signatures.ts. */
export const FUNCTIONS: Record<string, Maker> = {
  add: calculation((a, b) => a + b),
  subtract: calculation((a, b) => a - b),
  multiply: calculation((a, b) => a * b),
  divide: calculation(divide),
  modulo: calculation((a, b) => a % b),
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
  stringContains: textTest((source, part) => source.includes(part)),
  indexOf: (_, ignoreCase) => {
    const fold = folding(ignoreCase);
    return ([source, part, start]) => {
      const wanted = text(part);
      if (wanted === undefined) return undefined;
      return onTexts(source, (one) => {
        const index = fold(one).indexOf(fold(wanted), number(start) ?? 0);
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
      mapValue(source, (one) => toNumber(one, number(base))),
  string:
    () =>
    ([value]) =>
      mapValue(value, asText),
  substring:
    () =>
    ([source, start, end]) => {
      const [from, to] = [number(start), number(end)];
      if (from === undefined || (end !== undefined && to === undefined)) return undefined;
      return onTexts(source, (one) => one.slice(from, to));
    },
  wildcard: patternTest(compileWildcard),
};

/** A text such as `42`, `-1.5`, `0x1f` as a number; anything else has none. */
function toNumber(value: Single, base: number | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.length > 40) return undefined;
  const trimmed = value.trim();
  if (base === undefined || base === 10) {
    const parsed = trimmed === "" ? Number.NaN : Number(trimmed);
    return finite(parsed);
  }
  const digits = base === 16 ? trimmed.replace(/^0x/i, "") : trimmed;
  const parsed = Number.parseInt(digits, base);
  return digits !== "" &&
    Number.isFinite(parsed) &&
    parsed.toString(base) === digits.toLowerCase().replace(/^0+(?=.)/, "")
    ? parsed
    : undefined;
}
