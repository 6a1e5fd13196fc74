import type { StampKind } from "../../model/stamp.js";
import type { Shape } from "../types.js";
import { UnreadableRecord } from "../unreadable.js";
import { keysOf } from "./path.js";
import type { DocumentPlan, TellingPlan, Test } from "./plan.js";
import { stampKindsOf } from "./stamp-kinds.js";

/** Blanks, then a bracket: the first two bytes of a document. */
const BEGINS = ["\t\t\x1e\x1e  [[{{"];
/** Keys and values that every writer of JSON writes as they are. */
const PLAIN = /^[\w. -]+$/;

/**
 * The shapes of a format's events: records are read by its plan, and only found by these.
 * @param grammar its name
 */
export function documentShapes(grammar: string, { there, tellings }: DocumentPlan<unknown>): Shape[] {
  const literals = there.flatMap(literalsOf);
  return tellings.map((telling) => ({
    grammar,
    event: telling.event,
    regex: /\s*[[{][\s\S]*$/y,
    decode: () => {
      throw new UnreadableRecord("a document is read as a whole");
    },
    literals,
    begins: BEGINS,
    stamps: stampsOf(telling),
  }));
}

/** What must stand in a document for a condition to hold. */
function literalsOf({ path, not, values }: Test): string[][] {
  if (not) return [];
  const keys = keysOf(path).filter((key) => PLAIN.test(key));
  const texts = values?.every((value): value is string => typeof value === "string" && PLAIN.test(value));
  return [...keys.map((key) => [`"${key}"`]), ...(texts ? [values!.map((value) => `"${value}"`)] : [])];
}

function stampsOf({ entries }: TellingPlan<unknown>): StampKind[] {
  const kinds = entries.flatMap((entry) =>
    "field" in entry && entry.field === "@timestamp" ? stampKindsOf(entry.type ?? "rfc3339") : [],
  );
  return [...new Set(kinds)] as StampKind[];
}
