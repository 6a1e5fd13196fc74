import type { ShapeIr } from "./ir/ir.js";
import type { SlotOutline } from "./outline.js";

/** What a decoder does with the groups of a match, as data. */
export function outlineOf({ slots }: ShapeIr, groups: readonly number[]): SlotOutline[] {
  return slots.map((slot, i) => {
    const group = slot.always ? -groups[i]! : groups[i]!;
    if (slot.kind === "capture") return [slot.field, group, slot.type];
    const { value } = slot;
    return typeof value === "object" && "copy" in value
      ? [slot.field, group, "copy", value.copy]
      : [slot.field, group, "constant", value];
  });
}
