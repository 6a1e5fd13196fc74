import { compileFields } from "../../grammar/join.js";
import type { Fields, FieldValue } from "../../model/event.js";

/** Makes the fields of values: those of the list from a place on, in the order of their names. */
export type FieldsMaker = (values: readonly (FieldValue | undefined)[], from: number) => Fields;

/** So many kinds of fields are remembered. */
const MOST_KINDS = 4096;

const known = new Map<string, FieldsMaker>();

/** The maker for fields of these names. */
export function fieldsMaker(names: readonly string[]): FieldsMaker {
  const key = names.join("\n");
  let maker = known.get(key);
  if (!maker) {
    if (known.size >= MOST_KINDS) known.clear();
    known.set(key, (maker = patient(names)));
  }
  return maker;
}

/** So often fields are made one by one before a function is compiled for them. */
const PATIENCE = 64;

function patient(names: readonly string[]): FieldsMaker {
  let uses = 0;
  let compiled: FieldsMaker | undefined;
  return (values, from) => {
    if (compiled) return compiled(values, from);
    if (++uses > PATIENCE) compiled = compileFields(names);
    const fields: Fields = {};
    names.forEach((name, i) => {
      Object.defineProperty(fields, name, {
        value: values[from + i],
        enumerable: true,
        writable: true,
        configurable: true,
      });
    });
    return fields;
  };
}
