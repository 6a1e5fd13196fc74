import type { Comparator, Expression } from "../eql/ast.js";
import { dashed, ENCODINGS } from "./encodings.js";
import type { FieldMap } from "./logsource.js";
import { asLucene, type Pattern, patternOf, placed, testOf } from "./pattern.js";
import { NotCarried } from "./problem.js";
import type { Truth } from "./truth.js";

const COMPARISONS: Readonly<Record<string, Comparator>> = { gt: ">", gte: ">=", lt: "<", lte: "<=" };
const PLACES = new Set(["contains", "startswith", "endswith"]);
const KNOWN = new Set([
  ...["all", "cased", "neq", "exists", "re", "i", "m", "s", "cidr", "fieldref", "windash"],
  ...PLACES,
  ...Object.keys(COMPARISONS),
  ...Object.keys(ENCODINGS),
]);

/**
 * One item of a map in Sigma's `detection`: `field|modifier: value`, or a list of values (any of them; with `all`, each of them).
 *
 * @throws NotCarried for what EQL cannot say
 */
export function itemTruth(key: string, value: unknown, fields: FieldMap): Truth {
  const [name = "", ...modifiers] = key.split("|");
  for (const modifier of modifiers)
    if (!KNOWN.has(modifier))
      throw new NotCarried(`the modifier \`${modifier}\` of \`${key}\` has no equal in EQL`);
  const { field, within } = fields.of(name);
  const has = (modifier: string) => modifiers.includes(modifier);
  const values = Array.isArray(value) ? value : [value];
  if (values.length === 0) throw new NotCarried(`\`${key}\` has no values`);
  if (has("exists")) return test(field, { ...absent(field), is: value === false ? "==" : "!=" });
  const tests = has("all")
    ? values.map((one) => anyOf(field, [one], modifiers, within))
    : [anyOf(field, values, modifiers, within)];
  const truth: Truth = tests.length === 1 ? tests[0]! : { op: "and", of: tests };
  return has("neq") ? { op: "not", of: truth } : truth;
}

type Compare = Expression & { op: "compare" };
const test = (field: string, expression: Expression): Truth => ({ op: "test", field, test: expression });
const absent = (field: string): Compare => ({
  op: "compare",
  is: "==",
  left: { op: "field", name: field },
  right: { op: "constant", value: null },
});

function anyOf(
  field: string,
  values: readonly unknown[],
  modifiers: readonly string[],
  within: boolean,
): Truth {
  const left: Expression = { op: "field", name: field };
  const compare = (is: Comparator, right: Expression): Truth =>
    test(field, { op: "compare", is, left, right });
  const comparison = modifiers.find((modifier) => modifier in COMPARISONS);
  const tests: Truth[] = [];
  const patterns: Pattern[] = [];
  for (const value of values) {
    if (value === null) tests.push(test(field, absent(field)));
    else if (comparison !== undefined) {
      if (typeof value !== "number") throw new NotCarried(`\`${comparison}\` needs a number`);
      tests.push(compare(COMPARISONS[comparison]!, { op: "constant", value }));
    } else if (typeof value === "number" || typeof value === "boolean") {
      if (modifiers.some((modifier) => PLACES.has(modifier)) || within)
        patterns.push(...patternsFor(String(value), modifiers, within));
      else tests.push(compare("==", { op: "constant", value }));
    } else if (typeof value !== "string") throw new NotCarried("a value is neither a text nor a number");
    else if (modifiers.includes("fieldref")) tests.push(compare("==", { op: "field", name: value }));
    else if (modifiers.includes("cidr")) tests.push(test(field, call("cidrMatch", left, value)));
    else if (modifiers.includes("re")) tests.push(test(field, regex(left, value, modifiers)));
    else if (value === "") tests.push(compare("==", { op: "constant", value }));
    else patterns.push(...patternsFor(value, modifiers, within));
  }
  if (patterns.length > 0) tests.push(test(field, testOf(field, patterns, modifiers.includes("cased"))));
  return tests.length === 1 ? tests[0]! : { op: "or", of: tests };
}

const call = (name: string, left: Expression, value: string): Expression => ({
  op: "call",
  name,
  args: [left, { op: "constant", value }],
});

/** Modifiers apply in their order: a value is encoded first and then looked for. */
function patternsFor(value: string, modifiers: readonly string[], within: boolean): Pattern[] {
  let texts = [value];
  let isEncoded = false;
  for (const modifier of modifiers) {
    const encode = ENCODINGS[modifier];
    if (modifier === "windash") texts = texts.flatMap(dashed);
    if (encode === undefined) continue;
    // Texts of evidence are bytes, one char each.
    texts = texts.flatMap((text) =>
      encode(Buffer.from(text, isEncoded ? "latin1" : "utf8")).map((bytes) => bytes.toString("latin1")),
    );
    isEncoded = true;
  }
  const patterns: Pattern[] = isEncoded ? texts.map((literal) => [{ literal }]) : texts.map(patternOf);
  const place = modifiers.find((modifier) => PLACES.has(modifier)) as "contains" | undefined;
  const where = within ? "contains" : place;
  return where === undefined ? patterns : patterns.map((pattern) => placed(pattern, where));
}

/** Sigma's expressions are searched for, EQL's fit the whole text. */
function regex(left: Expression, source: string, modifiers: readonly string[]): Expression {
  if (modifiers.includes("m")) throw new NotCarried("a regular expression over several lines (`re|m`)");
  const flag = /^\(\?i\)/.test(source);
  const body = source.replace(/^\(\?i\)/, "");
  const alternatives = hasTopLevelOr(body);
  if (alternatives && /^\^|\$$/.test(body))
    throw new NotCarried(`the anchors of \`${source}\` hold for one of its alternatives alone`);
  const begin = body.startsWith("^") ? "" : ".*";
  const end = /(?<!\\)(?:\\\\)*\$$/.test(body) ? "" : ".*";
  const inner = body.replace(/^\^/, "").slice(0, end === "" ? -1 : undefined);
  const value = asLucene(`${begin}${alternatives ? `(${inner})` : inner}${end}`);
  const how = modifiers.includes("i") || flag ? "regex~" : "regex";
  return { op: "look-up", how, left, list: [{ op: "constant", value }] };
}

function hasTopLevelOr(source: string): boolean {
  let depth = 0;
  for (let i = 0; i < source.length; i += 1) {
    if (source[i] === "\\") i += 1;
    else if (source[i] === "(" || source[i] === "[") depth += 1;
    else if (source[i] === ")" || source[i] === "]") depth -= 1;
    else if (source[i] === "|" && depth === 0) return true;
  }
  return false;
}
