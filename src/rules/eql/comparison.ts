import type { Event } from "../../model/event.js";
import type { Comparator, Expression } from "./ast.js";
import { timed } from "./timed.js";
import { anyOf, isList, isMissing, type Single, type Truth, type Value } from "./values.js";

type Comparison = Expression & { op: "compare" };
type Getter = (event: Event) => Value;
type Condition = (event: Event) => Truth;

/** Compiles `==`, `!=`, `<`, `<=`, `>` and `>=`. */
export function compileComparison(
  { is, left: a, right: b }: Comparison,
  compileValue: (expression: Expression) => Getter,
): Condition {
  const [left, right] = [timed(a, b), timed(b, a)];
  if (is === "==" || is === "!=") {
    if (isNull(left) || isNull(right)) {
      const get = compileValue(isNull(right) ? left : right);
      return is === "==" ? (event) => isMissing(get(event)) : (event) => !isMissing(get(event));
    }
    if (isOptional(left) && isOptional(right))
      return compileOptional(is, compileValue(left), compileValue(right));
  }
  const getLeft = compileValue(left);
  if (is === "==" && right.op === "constant") {
    const wanted = right.value as Single;
    return (event) => {
      const value = getLeft(event);
      if (value === undefined || isList(value)) return anyOf(value, (one) => ordered("==", one, wanted));
      return typeof value === typeof wanted ? value === wanted : undefined;
    };
  }
  const getRight = compileValue(right);
  return (event) => compared(is, getLeft(event), getRight(event));
}

/**
 * Two fields that may both be absent: then they are equal. Elastic has the same for fields that no event has, in whose places it puts
 * `null`.
 */
function compileOptional(is: "==" | "!=", getLeft: Getter, getRight: Getter): Condition {
  return (event) => {
    const [a, b] = [getLeft(event), getRight(event)];
    if (isMissing(a) || isMissing(b)) return (isMissing(a) && isMissing(b)) === (is === "==");
    return compared(is, a, b);
  };
}

const isNull = (side: Expression): boolean => side.op === "constant" && side.value === null;
const isOptional = (side: Expression): boolean => side.op === "field" && side.optional === true;

/** Of lists: whether it holds for any pair of elements; `!=` is the negation of `==`, "no element equals". */
function compared(is: Comparator, a: Value, b: Value): Truth {
  if (b === undefined) return undefined;
  const truth = anyOf(a, (one) => anyOf(b, (other) => ordered(is, one, other)));
  return is === "!=" && truth !== undefined ? !truth : truth;
}

/** Compares two values of one type; of others the comparison has no answer. */
export function ordered(is: Comparator, a: Single, b: Single): Truth {
  if (typeof a !== typeof b) return undefined;
  switch (is) {
    case "==":
    case "!=":
      return a === b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
  }
}
