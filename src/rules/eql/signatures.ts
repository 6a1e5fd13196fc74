/** What kind of value an expression gives, as far as its text tells. */
export type Kind = "condition" | "text" | "number" | "unknown";

/** How a function may be called. */
export interface Signature {
  min: number;
  /** Infinity: any number. */
  max: number;
  gives: Kind;
  /** Has a `~` form that ignores case. */
  insensitive?: true;
  /** Shown in errors and docs. */
  usage: string;
}

/**
 * EQL's functions (https://www.elastic.co/docs/reference/query-languages/eql/eql-function-ref), Endgame EQL's `match`,
 * `wildcard` and `arrayContains`, and `arrayLength`, which counts a list field's values.
 */
export const SIGNATURES: Record<string, Signature> = {
  add: { min: 2, max: 2, gives: "number", usage: "add(a, b)" },
  arrayContains: {
    min: 2,
    max: Infinity,
    gives: "condition",
    insensitive: true,
    usage: "arrayContains(list, value, …)",
  },
  arrayLength: { min: 1, max: 1, gives: "number", usage: "arrayLength(list)" },
  between: {
    min: 3,
    max: 4,
    gives: "text",
    insensitive: true,
    usage: "between(source, left, right[, greedy])",
  },
  cidrMatch: { min: 2, max: Infinity, gives: "condition", usage: "cidrMatch(ip, block, …)" },
  concat: { min: 1, max: Infinity, gives: "text", usage: "concat(value, …)" },
  divide: { min: 2, max: 2, gives: "number", usage: "divide(a, b)" },
  endsWith: { min: 2, max: 2, gives: "condition", insensitive: true, usage: "endsWith(source, part)" },
  indexOf: { min: 2, max: 3, gives: "number", insensitive: true, usage: "indexOf(source, part[, start])" },
  length: { min: 1, max: 1, gives: "number", usage: "length(text)" },
  match: { min: 2, max: Infinity, gives: "condition", insensitive: true, usage: "match(source, regex, …)" },
  modulo: { min: 2, max: 2, gives: "number", usage: "modulo(a, b)" },
  multiply: { min: 2, max: 2, gives: "number", usage: "multiply(a, b)" },
  number: { min: 1, max: 2, gives: "number", usage: "number(text[, base])" },
  startsWith: { min: 2, max: 2, gives: "condition", insensitive: true, usage: "startsWith(source, part)" },
  string: { min: 1, max: 1, gives: "text", usage: "string(value)" },
  stringContains: {
    min: 2,
    max: 2,
    gives: "condition",
    insensitive: true,
    usage: "stringContains(source, part)",
  },
  substring: { min: 2, max: 3, gives: "text", usage: "substring(source, start[, end])" },
  subtract: { min: 2, max: 2, gives: "number", usage: "subtract(a, b)" },
  wildcard: {
    min: 2,
    max: Infinity,
    gives: "condition",
    insensitive: true,
    usage: "wildcard(source, pattern, …)",
  },
};

const BY_LOWER_CASE = new Map(Object.keys(SIGNATURES).map((name) => [name.toLowerCase(), name]));

/** A function's name as it is spelled here: Elastic takes `CONCAT` for `concat`. Unknown ones stay as they are. */
export const functionName = (name: string): string => BY_LOWER_CASE.get(name.toLowerCase()) ?? name;
