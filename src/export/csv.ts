import type { FieldValue } from "../model/event.js";
import { csvCell } from "../report/csv-cell.js";
import type { Column } from "./columns.js";
import { type Document, documentOf } from "./document.js";
import type { Handover } from "./handover.js";
import { wellFormed } from "./json.js";

/**
 * Events as CSV (RFC 4180: a header, lines end in CR LF), a column for each field. Lists are joined with `; `. Cells are harmless:
 * line breaks and other control characters are visible escapes, and what a spreadsheet would take for a formula has an apostrophe in
 * front; numbers stay numbers.
 */
export async function* exportCsv({ events, columns = [] }: Handover): AsyncGenerator<string> {
  yield `${columns.map(({ name }) => csvCell(headOf(name))).join(",")}\r\n`;
  for await (const batch of events) yield batch.map((event) => csvRow(documentOf(event), columns)).join("");
}

/** A spreadsheet would take `@timestamp` for a formula. */
const headOf = (name: string) => (name === "@timestamp" ? "timestamp" : name);

/** One line of the table. */
export function csvRow(document: Document, columns: readonly Column[]): string {
  const values = new Map(document);
  return `${columns.map(({ name }) => cell(values.get(name))).join(",")}\r\n`;
}

function cell(value: FieldValue | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  if (typeof value === "boolean") return String(value);
  return csvCell(wellFormed(typeof value === "string" ? value : value.join("; ")));
}
