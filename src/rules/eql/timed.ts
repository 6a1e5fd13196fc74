import type { Expression } from "./ast.js";
import { instantOf } from "./instant.js";

/** The field that is a time (µs) whatever an event's source wrote. */
export const TIME = "@timestamp";

/** What a time is compared with, as a time (µs): ISO 8601, or milliseconds since 1970. Anything else as it is. */
export function timed(side: Expression, other: Expression): Expression {
  const isTime = other.op === "field" && other.name === TIME;
  if (!isTime || side.op !== "constant") return side;
  const { value } = side;
  if (typeof value !== "string" && typeof value !== "number") return side;
  return { op: "constant", value: instantOf(value)?.time ?? value };
}
