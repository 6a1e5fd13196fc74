import type { Expression } from "../eql/ast.js";

/** How tightly an operator binds: what binds less than its surroundings needs brackets. */
const TIGHTNESS: Readonly<Record<Expression["op"], number>> = {
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  "look-up": 4,
  arithmetic: 5,
  negative: 7,
  constant: 8,
  field: 8,
  call: 8,
};

const PLAIN_NAME = /^[A-Za-z_@][\w@]*(?:\.[A-Za-z0-9_@]+)*$/;

/** A text as EQL writes it, in double quotes. */
export function stringText(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replace(/[\x00-\x1f\x7f]/g, (char) => `\\u{${char.charCodeAt(0).toString(16).padStart(2, "0")}}`);
  return `"${escaped}"`;
}

/** A field's name as EQL writes it: in backticks where it has other characters. */
export function fieldText(name: string): string {
  return PLAIN_NAME.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;
}

/** A part of a condition as EQL, with no more brackets than it needs. Parsed again, it gives the same tree. */
export function expressionText(expression: Expression, least = 0): string {
  const text = bare(expression);
  return TIGHTNESS[expression.op] < least ? `(${text})` : text;
}

function bare(expression: Expression): string {
  switch (expression.op) {
    case "constant":
      return constantText(expression);
    case "field":
      return `${expression.optional ? "?" : ""}${fieldText(expression.name)}`;
    case "and":
    case "or":
      return expression.of
        .map((one) => expressionText(one, TIGHTNESS[expression.op] + 1))
        .join(` ${expression.op} `);
    case "not":
      return `not ${expressionText(expression.of, TIGHTNESS.not)}`;
    case "compare":
      return `${expressionText(expression.left, 5)} ${expression.is} ${expressionText(expression.right, 5)}`;
    case "look-up":
      return lookUpText(expression);
    case "arithmetic": {
      const tight = /[*/%]/.test(expression.sign) ? 6 : 5;
      const left = operand(expression.left, tight);
      return `${left} ${expression.sign} ${operand(expression.right, tight + 1)}`;
    }
    case "negative":
      return `-${expressionText(expression.of, 8)}`;
    case "call": {
      const args = expression.args.map((arg) => expressionText(arg)).join(", ");
      return `${expression.name}${expression.ignoreCase ? "~" : ""}(${args})`;
    }
  }
}

/** Products bind tighter than sums, though both are arithmetic. */
function operand(expression: Expression, least: number): string {
  const own =
    expression.op === "arithmetic" ? (/[*/%]/.test(expression.sign) ? 6 : 5) : TIGHTNESS[expression.op];
  return own < least ? `(${bare(expression)})` : bare(expression);
}

function constantText({ value, float }: Expression & { op: "constant" }): string {
  if (typeof value === "string") return stringText(value);
  return float && Number.isInteger(value) ? `${value}.0` : String(value);
}

function lookUpText({ how, left, list }: Expression & { op: "look-up" }): string {
  const items = list.map((one) => expressionText(one, how === "in" || how === "in~" ? 0 : 5));
  const single = items.length === 1 && how !== "in" && how !== "in~";
  const right = single ? items[0]! : `(${items.join(", ")})`;
  return `${expressionText(left, 5)} ${how} ${right}`;
}
