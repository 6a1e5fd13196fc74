import { csvCell } from "../csv-cell.js";
import type { QueryAnswer } from "./answer.js";
import { cellsOf } from "./cells.js";

/**
 * An answer as CSV (RFC 4180, lines end in CR LF), with a column for each field that any of its events has.
 * Cells are such that no spreadsheet takes them for formulas.
 */
export function* renderCsv(answer: QueryAnswer): Generator<string> {
  const fields = new Set<string>();
  for (const { events } of [...answer.hits, ...answer.open])
    for (const doc of events) for (const name of Object.keys(doc?.fields ?? {})) fields.add(name);
  // The time has a column of its own.
  fields.delete("@timestamp");
  const { head, rows } = cellsOf(answer, [...fields].sort());
  for (const row of [head, ...rows]) yield `${row.map(csvCell).join(",")}\r\n`;
}
