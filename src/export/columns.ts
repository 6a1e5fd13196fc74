import type { FieldValue } from "../model/event.js";
import { type Document, OUTER_NAMES } from "./document.js";

/** What a column holds. `mixed`: texts beside numbers or lists; all of them are written as texts. */
export type ColumnKind = "time" | "integer" | "number" | "boolean" | "text" | "list" | "mixed";

export interface Column {
  name: string;
  kind: ColumnKind;
}

const TIMES: ReadonlySet<string> = new Set(["@timestamp", "hindcast.latest", "hindcast.stamped"]);

function kindOf(value: FieldValue): ColumnKind {
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isSafeInteger(value) ? "integer" : "number";
  return "list";
}

function joined(a: ColumnKind, b: ColumnKind): ColumnKind {
  if (a === b) return a;
  const isNumeric = (kind: ColumnKind) => kind === "integer" || kind === "number";
  if (isNumeric(a) && isNumeric(b)) return "number";
  // One value is a list of one.
  if (new Set([a, b]).has("list") && new Set([a, b]).has("text")) return "list";
  return "mixed";
}

/** Learns from documents which columns a table of them has: a first look at what will be written in a second one. */
export class ColumnCollector {
  private readonly kinds = new Map<string, ColumnKind>();

  note(document: Document): void {
    for (const [name, value] of document) {
      const kind = TIMES.has(name) ? "time" : kindOf(value);
      const before = this.kinds.get(name);
      if (before !== kind) this.kinds.set(name, before === undefined ? kind : joined(before, kind));
    }
  }

  /** The columns: those that every event may have first, in their order, then the fields by name. */
  all(): Column[] {
    const outer = OUTER_NAMES.filter((name) => this.kinds.has(name));
    const fields = [...this.kinds.keys()].filter((name) => !outer.some((other) => other === name)).sort();
    return [...outer, ...fields].map((name) => ({ name, kind: this.kinds.get(name)! }));
  }

  /** The columns of these names, in this order; a name that no event has is a column without values. */
  named(names: readonly string[]): Column[] {
    return names.map((name) => ({ name, kind: this.kinds.get(name) ?? "text" }));
  }
}
