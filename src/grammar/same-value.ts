import type { FieldValue } from "../model/event.js";
import { textOf } from "./bytes.js";
import type { Value } from "./language/ast.js";

/** Is a field's value what a sample says? Texts may still be bytes. */
export function sameValue(got: FieldValue | undefined, wanted: Value): boolean {
  const value = typeof got === "string" ? textOf(got) : got;
  return JSON.stringify(value) === JSON.stringify(wanted);
}
