import type { StampKind } from "../../model/stamp.js";
import type { Shape } from "../types.js";
import { UnreadableRecord } from "../unreadable.js";
import { keysOf } from "./path.js";
import type { DocumentPlan, TellingPlan, Test } from "./plan.js";
import { stampKindsOf } from "./stamp-kinds.js";
import { YAML_BEGINS } from "./yaml-extent.js";

/** Blanks, then a bracket: the first two bytes of a document. */
const BEGINS = ["\t\t\x1e\x1e  [[{{"];
/** Keys and values that every writer of JSON, or YAML, writes as they are. */
const PLAIN = /^[\w. -]+$/;

/**
 * The shapes of a format's events: records are read by its plan, and only found by these.
 * @param grammar its name
 */
export function documentShapes(grammar: string, { there, tellings }: DocumentPlan<unknown>): Shape[] {
  const json = {
    regex: JSON_LOOK,
    begins: BEGINS,
    literals: there.flatMap((test) => literalsOf(test, inJson)),
  };
  const yaml = {
    regex: YAML_LOOK,
    begins: YAML_BEGINS,
    literals: there.flatMap((test) => literalsOf(test, inYaml)),
  };
  // The reader of documents counts on those of JSON to come first.
  return (there.some(isVersion) ? [json, yaml] : [json]).flatMap((form) =>
    tellings.map((telling) => ({
      grammar,
      event: telling.event,
      ...form,
      decode: () => {
        throw new UnreadableRecord("a document is read as a whole");
      },
      stamps: stampsOf(telling),
    })),
  );
}

const JSON_LOOK = /\s*[[{][\s\S]*$/y;
const YAML_LOOK = /(?:---| {0,2}- apiVersion: |apiVersion: )[\s\S]*$/y;

/** How keys and texts stand in a form. */
interface Form {
  key(name: string): string;
  text(value: string): string;
}

const inJson: Form = { key: (name) => `"${name}"`, text: (value) => `"${value}"` };
const inYaml: Form = { key: (name) => `${name}:`, text: (value) => value };

/** YAML is known by the version of an API: of formats that ask for none, nobody writes it. */
const isVersion = ({ path, not }: Test): boolean => !not && keysOf(path)[0] === "apiVersion";

/** What must stand in a document for a condition to hold. */
function literalsOf({ path, not, values }: Test, form: Form): string[][] {
  if (not) return [];
  const keys = keysOf(path).filter((key) => PLAIN.test(key));
  const texts = values?.every((value): value is string => typeof value === "string" && PLAIN.test(value));
  return [...keys.map((key) => [form.key(key)]), ...(texts ? [values!.map(form.text)] : [])];
}

function stampsOf({ entries }: TellingPlan<unknown>): StampKind[] {
  const kinds = entries.flatMap((entry) =>
    "field" in entry && entry.field === "@timestamp" ? stampKindsOf(entry.type ?? "rfc3339") : [],
  );
  return [...new Set(kinds)] as StampKind[];
}
