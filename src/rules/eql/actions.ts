import type { EventPattern, Expression } from "./ast.js";

/** The events that a query can match, as far as its text tells. */
export interface Required {
  /** `event.action` values, one of which every matching event has. Absent: any. */
  actions?: ReadonlySet<string>;
}

/** What the patterns need together: the union of what each needs. */
export function requiredOf(patterns: readonly EventPattern[]): Required {
  const union = new Set<string>();
  for (const pattern of patterns) {
    const actions = actionsOf(pattern.where);
    if (actions === undefined) return {};
    for (const action of actions) union.add(action);
  }
  return { actions: union };
}

/**
 * The actions that a true condition requires: from `event.action == "a"` and `event.action in ("a", "b")`, through
 * `and` (any part that tells, their intersection) and `or` (only when all parts tell, their union).
 */
export function actionsOf(condition: Expression): ReadonlySet<string> | undefined {
  switch (condition.op) {
    case "constant":
      return condition.value === true ? undefined : new Set();
    case "compare": {
      if (condition.is !== "==") return undefined;
      const { left, right } = condition;
      return constantsFor(left, [right]) ?? constantsFor(right, [left]);
    }
    case "look-up":
      return condition.how === "in" ? constantsFor(condition.left, condition.list) : undefined;
    case "and": {
      let all: ReadonlySet<string> | undefined;
      for (const part of condition.of) {
        const actions = actionsOf(part);
        if (actions === undefined) continue;
        const before: ReadonlySet<string> | undefined = all;
        all = before === undefined ? actions : new Set([...before].filter((action) => actions.has(action)));
      }
      return all;
    }
    case "or": {
      const all = new Set<string>();
      for (const part of condition.of) {
        const actions = actionsOf(part);
        if (actions === undefined) return undefined;
        for (const action of actions) all.add(action);
      }
      return all;
    }
    default:
      return undefined;
  }
}

function constantsFor(field: Expression, values: readonly Expression[]): ReadonlySet<string> | undefined {
  if (field.op !== "field" || field.name !== "event.action") return undefined;
  const actions = new Set<string>();
  for (const value of values) {
    if (value.op !== "constant") return undefined;
    if (typeof value.value === "string") actions.add(value.value);
    else if (value.value === null) return undefined;
  }
  return actions;
}
