import type { EventPattern, Expression, Key, Pipe, Query } from "./ast.js";

/** What the events fit that a query looks at: its own pattern, or its steps, missing ones too, and `until`. */
export function patternsOf(query: Query): readonly EventPattern[] {
  if (query.kind === "event") return [query];
  return query.until === undefined ? query.steps : [...query.steps, query.until];
}

/** The keys that events must share, of each step and of `until`; none for queries of one event. */
export function keysOf(query: Query): Key[] {
  if (query.kind === "event") return [];
  return [...query.steps, ...(query.until ? [query.until] : [])].flatMap(({ by }) => by);
}

/** What a pipe asks of a match: its condition, or its keys. */
export function expressionsOf(pipe: Pipe): readonly Expression[] {
  if (pipe.name === "filter") return [pipe.where];
  return "by" in pipe ? pipe.by : [];
}

/** Names of all fields in an expression, each as often as it stands there. */
export function fieldsOf(expression: Expression): string[] {
  return fieldNodes(expression).map(({ name }) => name);
}

/** All fields in an expression, in the order of its text. */
export function fieldNodes(expression: Expression): (Expression & { op: "field" })[] {
  switch (expression.op) {
    case "constant":
      return [];
    case "field":
      return [expression];
    case "and":
    case "or":
      return expression.of.flatMap(fieldNodes);
    case "not":
    case "negative":
      return fieldNodes(expression.of);
    case "compare":
    case "arithmetic":
      return [...fieldNodes(expression.left), ...fieldNodes(expression.right)];
    case "look-up":
      return [...fieldNodes(expression.left), ...expression.list.flatMap(fieldNodes)];
    case "call":
      return expression.args.flatMap(fieldNodes);
  }
}
