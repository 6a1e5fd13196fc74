import { tableFormat, tableHead } from "../decode/envelopes.js";
import type { Detection } from "../decode/text/claim.js";
import { detect } from "../decode/text/detect.js";
import type { Grammar } from "../grammar/types.js";

/** What the beginning of a text shows. */
export interface Recognised {
  detection: Detection;
  /** All that its records may be, its own table among them. */
  envelopes: readonly Grammar[];
  /** The lines that name a table's columns; they are the first ones. */
  table?: string;
}

/** Tells of which formats a text is. @param sample its first lines, latin1 */
export function recognise(sample: string, envelopes: readonly Grammar[]): Recognised {
  const columns = tableHead(sample);
  const table = tableFormat(columns);
  if (!table) return { detection: detect(sample, envelopes), envelopes };
  const all = [table, ...envelopes];
  return { detection: detect(sample, all), envelopes: all, table: columns };
}
