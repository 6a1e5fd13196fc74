import type { Expression } from "./ast.js";
import { TIME } from "./timed.js";
import type { Single } from "./values.js";

const NOTHING: ReadonlySet<Single> = new Set();

/**
 * The constants of which a field (or, when it is a list, one of its elements) has one wherever the condition is true: from
 * `field == "a"` and `field in ("a", "b")`, through `and` (any part that tells, their intersection) and `or` (only
 * when all parts tell, their union).
 *
 * @returns `undefined` when the condition can be true whatever the field's value is
 */
export function valuesOf(condition: Expression, field: string): ReadonlySet<Single> | undefined {
  switch (condition.op) {
    case "constant":
      return condition.value === true ? undefined : NOTHING;
    case "compare": {
      if (condition.is !== "==") return undefined;
      const { left, right } = condition;
      return constantsFor(field, left, [right]) ?? constantsFor(field, right, [left]);
    }
    case "look-up":
      return condition.how === "in" ? constantsFor(field, condition.left, condition.list) : undefined;
    case "and": {
      let all: ReadonlySet<Single> | undefined;
      for (const part of condition.of) {
        const values = valuesOf(part, field);
        if (values === undefined) continue;
        const before: ReadonlySet<Single> | undefined = all;
        all = before === undefined ? values : new Set([...before].filter((value) => values.has(value)));
      }
      return all;
    }
    case "or": {
      const all = new Set<Single>();
      for (const part of condition.of) {
        const values = valuesOf(part, field);
        if (values === undefined) return undefined;
        for (const value of values) all.add(value);
      }
      return all;
    }
    default:
      return undefined;
  }
}

/** The fields that the parts of a conjunction compare with constants: those that {@link valuesOf} is worth asking for. */
export function comparedFields(condition: Expression): string[] {
  switch (condition.op) {
    case "compare":
      return [condition.left, condition.right].flatMap((side) => (side.op === "field" ? [side.name] : []));
    case "look-up":
      return condition.left.op === "field" ? [condition.left.name] : [];
    case "and":
    case "or":
      return [...new Set(condition.of.flatMap(comparedFields))];
    default:
      return [];
  }
}

function constantsFor(
  name: string,
  field: Expression,
  values: readonly Expression[],
): ReadonlySet<Single> | undefined {
  // One time is written in many ways.
  if (field.op !== "field" || field.name !== name || name === TIME) return undefined;
  const constants = new Set<Single>();
  for (const value of values) {
    if (value.op !== "constant" || value.value === null) return undefined;
    constants.add(value.value);
  }
  return constants;
}
