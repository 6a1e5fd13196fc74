import type { FieldValue } from "../../model/event.js";

type Nested = { [name: string]: Nested | FieldValue };

const isObject = (value: Nested | FieldValue | undefined): value is Nested =>
  typeof value === "object" && !Array.isArray(value);

/**
 * Flat fields as an object of objects, in the order of their names: `a.b` is `b` in `a`. Where `a` has a value of its own, `a.b` stays
 * as it is.
 */
export function nested(fields: Readonly<Record<string, FieldValue>>): Nested {
  const root: Nested = Object.create(null) as Nested;
  for (const name of Object.keys(fields).sort()) {
    const parts = name.split(".");
    let at: Nested | undefined = root;
    for (const part of parts.slice(0, -1)) {
      const inner: Nested | FieldValue = (at[part] ??= Object.create(null) as Nested);
      at = isObject(inner) ? inner : undefined;
      if (at === undefined) break;
    }
    const last = parts.at(-1)!;
    if (at === undefined || isObject(at[last])) root[name] = fields[name]!;
    else at[last] = fields[name]!;
  }
  return root;
}
