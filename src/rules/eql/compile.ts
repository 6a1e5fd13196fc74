import { type Event, fieldOf } from "../../model/event.js";
import type { EventPattern, Expression, Sign } from "./ast.js";
import { compileComparison } from "./comparison.js";
import { FUNCTIONS } from "./functions.js";
import { compileLookUp } from "./look-up.js";
import { isList, onlyOne, type Truth, type Value } from "./values.js";

/** A compiled condition: true, false, or undefined where a missing value leaves it open. */
export type Condition = (event: Event) => Truth;
/** A compiled value. */
export type Getter = (event: Event) => Value;

/** The names that {@link fieldOf} reads elsewhere than in an event's fields. */
const OUTER: ReadonlySet<string> = new Set([
  "@timestamp",
  "event.action",
  "event.category",
  "log.offset",
  "log.origin.file.line",
]);

/**
 * Compiles `CATEGORY where CONDITION` into a test: only a condition that is true matches. The condition is compiled when the first event
 * is to be tested: of most rules no event of an analysis ever asks.
 */
export function compilePattern({ category, where }: EventPattern): (event: Event) => boolean {
  let condition: Condition | undefined;
  const holds = (event: Event) => (condition ??= compileCondition(where))(event) === true;
  if (category === undefined) return holds;
  return (event) => (event.category === category || isAlso(event, category)) && holds(event);
}

/** Under this name, which no query can write, an event has its categories when they are several. */
export const CATEGORIES = "\u0000categories";

function isAlso(event: Event, category: string): boolean {
  const all = event.fields[CATEGORIES];
  return isList(all) && all.includes(category);
}

/** Compiles a condition into closures: no tree is walked for an event. */
export function compileCondition(expression: Expression): Condition {
  switch (expression.op) {
    case "and": {
      const parts = expression.of.map(compileCondition);
      if (parts.length === 2) return and(parts[0]!, parts[1]!);
      return (event) => {
        let truth: Truth = true;
        for (const part of parts) {
          const one = part(event);
          if (one === false) return false;
          if (one === undefined) truth = undefined;
        }
        return truth;
      };
    }
    case "or": {
      const parts = expression.of.map(compileCondition);
      return (event) => {
        let truth: Truth = false;
        for (const part of parts) {
          const one = part(event);
          if (one === true) return true;
          if (one === undefined) truth = undefined;
        }
        return truth;
      };
    }
    case "not": {
      const inner = compileCondition(expression.of);
      return (event) => {
        const one = inner(event);
        return one === undefined ? undefined : !one;
      };
    }
    case "compare":
      return compileComparison(expression, compileValue);
    case "look-up":
      return compileLookUp(expression, compileValue);
    default: {
      const get = compileValue(expression);
      return (event) => {
        const value = get(event);
        return typeof value === "boolean" ? value : undefined;
      };
    }
  }
}

function and(left: Condition, right: Condition): Condition {
  return (event) => {
    const one = left(event);
    if (one === false) return false;
    const other = right(event);
    return other === false ? false : one === undefined ? undefined : other;
  };
}

/** Functions that are another spelling of an operator. */
const ARITHMETIC: Readonly<Record<string, Sign | undefined>> = {
  add: "+",
  subtract: "-",
  multiply: "*",
  divide: "/",
  modulo: "%",
};

/** Compiles anything that gives a value. */
export function compileValue(expression: Expression): Getter {
  switch (expression.op) {
    case "constant": {
      const value = expression.value ?? undefined;
      return () => value;
    }
    case "field": {
      const { name } = expression;
      // The outer properties and the time need a closer look; all else is a plain field.
      return OUTER.has(name) ? (event) => fieldOf(event, name) : (event) => event.fields[name];
    }
    case "negative": {
      const get = compileValue(expression.of);
      return (event) => {
        const value = onlyOne(get(event));
        return typeof value === "number" ? -value : undefined;
      };
    }
    case "arithmetic":
      return compileArithmetic(expression);
    case "call": {
      const sign = ARITHMETIC[expression.name];
      const [left, right] = expression.args;
      if (sign !== undefined && left !== undefined && right !== undefined)
        return compileArithmetic({ op: "arithmetic", sign, left, right });
      const maker = FUNCTIONS[expression.name];
      if (maker === undefined) return () => undefined;
      const constants = expression.args.map((arg) => (arg.op === "constant" ? arg.value : undefined));
      const call = maker(constants, expression.ignoreCase === true);
      const args = expression.args.map(compileValue);
      return (event) => call(args.map((arg) => arg(event)));
    }
    default:
      return compileCondition(expression);
  }
}

function compileArithmetic(expression: Expression & { op: "arithmetic" }): Getter {
  const left = compileValue(expression.left);
  const right = compileValue(expression.right);
  const exact = isFloat(expression.left) || isFloat(expression.right);
  const calculate = {
    "+": (a: number, b: number) => a + b,
    "-": (a: number, b: number) => a - b,
    "*": (a: number, b: number) => a * b,
    "/": exact ? (a: number, b: number) => a / b : divide,
    "%": (a: number, b: number) => a % b,
  }[expression.sign];
  return (event) => {
    const a = onlyOne(left(event));
    const b = onlyOne(right(event));
    if (typeof a !== "number" || typeof b !== "number") return undefined;
    const result = calculate(a, b);
    return Number.isFinite(result) ? result : undefined;
  };
}

/** Integers divide to integers, rounded towards zero, as in EQL; a constant with a decimal point does not. */
function divide(a: number, b: number): number {
  return Number.isInteger(a) && Number.isInteger(b) ? Math.trunc(a / b) : a / b;
}

function isFloat(expression: Expression): boolean {
  switch (expression.op) {
    case "constant":
      return expression.float === true;
    case "negative":
      return isFloat(expression.of);
    case "arithmetic":
      return isFloat(expression.left) || isFloat(expression.right);
    case "call":
      return ARITHMETIC[expression.name] !== undefined && expression.args.some(isFloat);
    default:
      return false;
  }
}
