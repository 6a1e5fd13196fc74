import { STAMPS } from "./builtins.js";
import type { Slot } from "./ir.js";

/** Names of the fields that a slot gives. */
export function fieldsOf(slot: Slot): string[] {
  if (slot.kind === "constant") return [slot.field];
  if (slot.type === "url")
    return ["original", "scheme", "domain", "port", "path"].map((part) => `${slot.field}.${part}`);
  if (slot.type === "endpoint") return ["ip", "address", "port"].map((part) => `${slot.field}.${part}`);
  if (slot.field === "@timestamp" && STAMPS.has(slot.type)) return ["@timestamp", "@timestamp.kind"];
  return [slot.field];
}
