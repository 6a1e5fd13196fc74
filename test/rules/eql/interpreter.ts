import { type Event, fieldOf } from "../../../src/model/event.js";
import type { Expression } from "../../../src/rules/eql/ast.js";

/**
 * A second, naive reading of the syntax tree: walks it for every event, with sets of answers instead of shortcuts.
 * It knows only what the property test generates.
 */
type Plain = string | number | boolean;

/** All values of an expression: none when missing, several for lists. */
function valuesOf(expression: Expression, event: Event): Plain[] {
  if (expression.op === "constant") return expression.value === null ? [] : [expression.value];
  if (expression.op === "field") return [fieldOf(event, expression.name) ?? []].flat() as Plain[];
  if (expression.op === "arithmetic") {
    const [a] = valuesOf(expression.left, event);
    const [b] = valuesOf(expression.right, event);
    const many = valuesOf(expression.left, event).length > 1 || valuesOf(expression.right, event).length > 1;
    if (many || typeof a !== "number" || typeof b !== "number") return [];
    const integers = Number.isInteger(a) && Number.isInteger(b);
    const results = {
      "+": a + b,
      "-": a - b,
      "*": a * b,
      "/": integers ? Math.trunc(a / b) : a / b,
      "%": a % b,
    };
    const result = results[expression.sign];
    return Number.isFinite(result) ? [result] : [];
  }
  const truth = interpret(expression, event);
  return truth === null ? [] : [truth];
}

const some = (answers: (boolean | null)[]): boolean | null =>
  answers.includes(true) ? true : answers.includes(false) ? false : null;
const either = (answers: (boolean | null)[]): boolean | null =>
  answers.includes(true) ? true : answers.includes(null) ? null : false;
const negate = (truth: boolean | null): boolean | null => (truth === null ? null : !truth);

/** `null`: no answer. */
export function interpret(expression: Expression, event: Event): boolean | null {
  switch (expression.op) {
    case "and":
      return negate(either(expression.of.map((part) => negate(interpret(part, event)))));
    case "or":
      return either(expression.of.map((part) => interpret(part, event)));
    case "not":
      return negate(interpret(expression.of, event));
    case "compare": {
      const { is, left, right } = expression;
      const isNull = [left, right].some((side) => side.op === "constant" && side.value === null);
      const [a, b] = [valuesOf(left, event), valuesOf(right, event)];
      if (isNull && (is === "==" || is === "!=")) return (a.length + b.length === 0) === (is === "==");
      const pairs = a.flatMap((x) => b.map((y) => [x, y] as const));
      const test = { "==": 0, "!=": 0, "<": -1, "<=": -1, ">": 1, ">=": 1 }[is];
      const answers = pairs.map(([x, y]) => {
        if (typeof x !== typeof y) return null;
        const order = x === y ? 0 : x < y ? -1 : 1;
        return order === test || (is.endsWith("=") && order === 0);
      });
      return is === "!=" ? negate(some(answers)) : some(answers);
    }
    case "look-up": {
      const wanted = expression.list.flatMap((item) => valuesOf(item, event));
      return some(valuesOf(expression.left, event).map((one) => wanted.includes(one)));
    }
    default: {
      const [value] = valuesOf(expression, event);
      return typeof value === "boolean" ? value : null;
    }
  }
}
