import type { Fields, FieldValue } from "../../../model/event.js";

/** Deeper objects, and more fields or elements, are left out: nobody asks for them, and events are hostile. */
const MOST_DEPTH = 20;
const MOST_FIELDS = 2_000;
const MOST_ELEMENTS = 1_000;

/**
 * Nested objects as flat fields with dotted names. `null` and empty lists are no values. Lists become lists of texts and numbers; the
 * fields of objects in a list become lists themselves, as Elasticsearch has them.
 */
export function flat(object: Readonly<Record<string, unknown>>): Fields {
  const fields: Fields = Object.create(null) as Fields;
  let count = 0;
  const visit = (name: string, value: unknown, depth: number): void => {
    if (value === null || value === undefined || depth > MOST_DEPTH) return;
    if (Array.isArray(value)) {
      for (const element of value.slice(0, MOST_ELEMENTS)) visit(name, element, depth + 1);
      return;
    }
    if (typeof value === "object") {
      const prefix = name === "" ? "" : `${name}.`;
      for (const [key, inner] of Object.entries(value)) visit(prefix + key, inner, depth + 1);
      return;
    }
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return;
    const before = fields[name];
    if (before === undefined) {
      count += 1;
      if (count <= MOST_FIELDS) fields[name] = value;
    } else fields[name] = joined(before, value);
  };
  visit("", object, 0);
  return fields;
}

function joined(before: FieldValue, value: string | number | boolean): FieldValue {
  const list = typeof before === "object" ? before : [plain(before)];
  return list.length < MOST_ELEMENTS ? [...list, plain(value)] : list;
}

const plain = (value: string | number | boolean) => (typeof value === "boolean" ? String(value) : value);
