import type { EventPattern, Expression, Query, SequenceQuery, Step } from "../eql/ast.js";
import { expressionText, fieldText } from "../explain/expression-text.js";

/** Fields that every exported event has; an index maps them for certain. */
const ALWAYS = new Set(["@timestamp", "event.action", "event.category"]);

/**
 * A query as Elasticsearch takes it. There, a field that an index does not map is an error unless it is written `?field`; which fields are
 * mapped depends on the events that were loaded. So all but those that each event has are optional.
 *
 * @returns `undefined` for what Elastic's detection rules do not have: joins, samples and pipes
 */
export function elasticText(query: Query): string | undefined {
  if (query.pipes !== undefined && query.pipes.length > 0) return undefined;
  if (query.kind === "event") return patternText(query);
  return query.kind === "sequence" ? sequenceText(query) : undefined;
}

/** The same event so many times, within a time. */
export function repeatedText(
  pattern: EventPattern,
  by: readonly string[],
  count: number,
  maxspan: string,
): string {
  const keys = by.map((name) => (ALWAYS.has(name) ? name : `?${fieldText(name)}`));
  const sharing = keys.length === 0 ? "" : ` by ${keys.join(", ")}`;
  return `sequence${sharing} with maxspan=${maxspan}\n  [${patternText(pattern)}] with runs=${count}`;
}

function sequenceText({ steps, maxspan, until }: SequenceQuery): string {
  const span = maxspan === undefined ? "" : ` with maxspan=${durationText(maxspan)}`;
  const lines = [`sequence${span}`, ...steps.map((step) => `  ${stepText(step)}`)];
  if (until !== undefined) lines.push(`until ${stepText(until)}`);
  return lines.join("\n");
}

/** An optional key joins events that lack it, too; where the rule does not want that, the condition says so. */
function stepText({ by, runs, missing, category, where }: Step): string {
  const needed = by.filter(({ name, optional }) => !optional && !ALWAYS.has(name));
  const present = needed.map(
    ({ name }): Expression => ({
      op: "compare",
      is: "!=",
      left: { op: "field", name },
      right: { op: "constant", value: null },
    }),
  );
  const own = where.op === "and" ? where.of : [where];
  const pattern: EventPattern = {
    ...(category !== undefined && { category }),
    where: present.length === 0 ? where : { op: "and", of: [...own, ...present] },
  };
  const keys = by.map(({ name }) => (ALWAYS.has(name) ? name : `?${fieldText(name)}`));
  const sharing = keys.length === 0 ? "" : ` by ${keys.join(", ")}`;
  const repeated = runs === undefined || runs === 1 ? "" : ` with runs=${runs}`;
  return `${missing === true ? "!" : ""}[${patternText(pattern)}]${sharing}${repeated}`;
}

const patternText = ({ category, where }: EventPattern): string =>
  `${category ?? "any"} where ${expressionText(optional(where))}`;

/** Elastic's time units, the largest that is exact. */
export function durationText(micros: number): string {
  const units = [
    ["d", 86_400e6],
    ["h", 3600e6],
    ["m", 60e6],
    ["s", 1e6],
    ["ms", 1e3],
  ] as const;
  for (const [unit, size] of units)
    if (micros >= size && micros % size === 0) return `${micros / size}${unit}`;
  return `${Math.ceil(micros / 1e3)}ms`;
}

function optional(expression: Expression): Expression {
  switch (expression.op) {
    case "constant":
      return expression;
    case "field":
      return ALWAYS.has(expression.name) ? expression : { ...expression, optional: true };
    case "and":
    case "or":
      return { ...expression, of: expression.of.map(optional) };
    case "not":
    case "negative":
      return { ...expression, of: optional(expression.of) };
    case "compare":
    case "arithmetic":
      return { ...expression, left: optional(expression.left), right: optional(expression.right) };
    case "look-up":
      return { ...expression, left: optional(expression.left), list: expression.list.map(optional) };
    case "call":
      return { ...expression, args: expression.args.map(optional) };
  }
}
