import type { EventPattern, Expression } from "./ast.js";
import { valuesOf } from "./required-values.js";

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
  const values = valuesOf(condition, "event.action");
  return values && new Set([...values].filter((value) => typeof value === "string"));
}
