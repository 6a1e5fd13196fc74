import { type Event, fieldOf } from "../../model/event.js";
import type { Key } from "./ast.js";
import { asText, isList, type Single } from "./values.js";

/** An event with list fields takes part under at most this many combinations of their values. */
const MAX_COMBINATIONS = 16;
const MAX_ELEMENTS = 200;
/** Longer values are compared by their beginning and their length: a key is remembered, and evidence is hostile. */
const MAX_KEY = 500;
const NONE = "\u0001";

/** One value as text: equal for values that join. */
export function keyText(value: Single): string {
  const text = asText(value);
  return text.length > MAX_KEY ? `${text.slice(0, MAX_KEY)}\u0002${text.length}` : text;
}

/**
 * The values of the `by` fields, as texts to compare: `53` and `"53"` are one. A list takes part once for each of
 * its values. No key at all when a field that is not optional is absent.
 */
export function keysOf(event: Event, by: readonly Key[]): readonly string[] {
  let keys: string[] = [""];
  for (const { name, optional } of by) {
    const value = fieldOf(event, name);
    const values =
      value === undefined || (isList(value) && value.length === 0)
        ? optional
          ? [NONE]
          : []
        : isList(value)
          ? [...new Set(value.slice(0, MAX_ELEMENTS).map(keyText))]
          : [keyText(value)];
    if (values.length === 0) return [];
    if (values.length === 1 && keys.length === 1) keys = [`${keys[0]}\u0000${values[0]}`];
    else keys = keys.flatMap((key) => values.map((one) => `${key}\u0000${one}`)).slice(0, MAX_COMBINATIONS);
  }
  return keys;
}
