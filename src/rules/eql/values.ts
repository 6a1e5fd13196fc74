import type { FieldValue } from "../../model/event.js";

/** A value while a query runs; `undefined` is EQL's `null`. */
export type Value = FieldValue | undefined;
/** One of a list's elements. */
export type Single = string | number | boolean;
/** Three-valued truth (Kleene): `undefined` is neither. */
export type Truth = boolean | undefined;

export function isList(value: Value): value is readonly (string | number)[] {
  return typeof value === "object";
}

/** `test` on a value, or on any element of a list. Missing → undefined; an empty list is missing. */
export function anyOf(value: Value, test: (single: Single) => Truth): Truth {
  if (value === undefined) return undefined;
  if (!isList(value)) return test(value);
  let truth: Truth;
  for (const element of value) {
    const one = test(element);
    if (one === true) return true;
    if (one === false) truth = false;
  }
  return truth;
}

/** `change` of a value, or of each element of a list that it can change. */
export function mapValue(value: Value, change: (single: Single) => Single | undefined): Value {
  if (value === undefined) return undefined;
  if (!isList(value)) return change(value);
  const changed: (string | number)[] = [];
  for (const element of value) {
    const one = change(element);
    if (one !== undefined && typeof one !== "boolean") changed.push(one);
  }
  return changed;
}

/** What can be calculated with: a value, or a list's only one. */
export function onlyOne(value: Value): Single | undefined {
  if (!isList(value)) return value;
  return value.length === 1 ? value[0] : undefined;
}

/** Neither a field nor a list without elements has a value. */
export function isMissing(value: Value): boolean {
  return value === undefined || (isList(value) && value.length === 0);
}

/** A value as text, numbers and booleans in their usual spelling. */
export function asText(value: Single): string {
  return typeof value === "string" ? value : String(value);
}
