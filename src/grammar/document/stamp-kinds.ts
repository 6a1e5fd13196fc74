import { STAMPS } from "../ir/builtins.js";
import type { ValueType } from "./plan.js";

/** Kinds of stamp that a type stands for. */
export function stampKindsOf(type: ValueType): string[] {
  if (type === "time") return ["epoch", "rfc3339", "datetime"];
  if (type.startsWith("epoch_")) return ["epoch"];
  return STAMPS.has(type) ? [type] : [];
}
