import type { Grammar, Reading } from "../../grammar/types.js";
import type { Fields } from "../../model/event.js";
import type { StampKind } from "../../model/stamp.js";
import type { WrittenStamp } from "./untimed.js";

/** No readings: nothing was found inside. */
export const NONE: readonly Reading[] = [];

/** What was found inside a reading's own fields, outermost first. */
export const innerOf = ({ inner }: Reading): readonly Reading[] => inner ?? NONE;

/** The error that stands beside the message, in a field of its own (`msg="…" error="…"`), unless the message names one itself. */
export function besideOf(through: readonly Reading[], said: Reading | undefined): string | undefined {
  const error = through.at(-1)!.fields["error.message"];
  return typeof error === "string" && said?.fields["error.message"] === undefined ? error : undefined;
}

/** The stamp that a layer's fields hold; of kind `none` where they hold none. */
export function stampOf(fields: Fields): WrittenStamp {
  const kind = fields["@timestamp.kind"];
  return kind === undefined
    ? { kind: "none", text: "" }
    : { kind: kind as StampKind, text: String(fields["@timestamp"] ?? "") };
}

/** The `event.category` of what a format tells. */
export function categoryOf(grammar: Grammar): string {
  const category = grammar.set["event.category"];
  return typeof category === "string" ? category : "host";
}
