import type { Comparator, Expression } from "./ast.js";
import { ordered } from "./comparison.js";
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

/** Whether a field may have the value where the condition is true. */
export type Bound = (value: Single) => boolean;

/** `5 < field` says of the field what `field > 5` does. */
const TURNED: Partial<Record<Comparator, Comparator>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

/**
 * What bounds a field (or, when it is a list, one of its elements) wherever the condition is true: a part `field >= 500` of a conjunction. A
 * field without a value never fits.
 *
 * @returns `undefined` when no part bounds the field
 */
export function boundOf(condition: Expression, field: string): Bound | undefined {
  if (condition.op === "and") {
    const bounds = condition.of.flatMap((part) => boundOf(part, field) ?? []);
    return bounds.length === 0 ? undefined : (value) => bounds.every((bound) => bound(value));
  }
  if (condition.op !== "compare") return undefined;
  const { is, left, right } = condition;
  return boundFor(field, is, left, right) ?? boundFor(field, TURNED[is], right, left);
}

function boundFor(
  name: string,
  is: Comparator | undefined,
  field: Expression,
  constant: Expression,
): Bound | undefined {
  if (is === undefined || TURNED[is] === undefined || !isField(field, name)) return undefined;
  if (constant.op !== "constant" || constant.value === null) return undefined;
  const { value } = constant;
  return (one) => ordered(is, one, value) === true;
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
  if (!isField(field, name)) return undefined;
  const constants = new Set<Single>();
  for (const value of values) {
    if (value.op !== "constant" || value.value === null) return undefined;
    constants.add(value.value);
  }
  return constants;
}

/** One time is written in many ways, so that no constant stands for it. */
const isField = (side: Expression, name: string): boolean =>
  side.op === "field" && side.name === name && name !== TIME;
