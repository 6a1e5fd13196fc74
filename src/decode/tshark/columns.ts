import { textOf } from "../../grammar/bytes.js";
import { UnreadableRecord } from "../../grammar/exec.js";
import type { Grammar } from "../../grammar/types.js";
import { envelopeOf } from "../envelope.js";
import { Dissection } from "./dissection.js";
import { DISSECTED, recordFields } from "./record.js";

/** `-E separator=`: a TAB by default. */
const SEPARATORS = ["\t", ",", ";", "|"];
/** A display-filter name, such as `ip.src` or `_ws.col.Info`. */
const NAME = /^"?(?:[a-z][a-z0-9]*|_ws)(?:[._][A-Za-z0-9_]+)+"?$/;
const MOST_COLUMNS = 256;

/**
 * The format of a table of `tshark -T fields -E header=y`, from its first line, which names the columns; `undefined` when that is
 * no such line. Without names nobody can tell what the columns are.
 */
export function columnsFormat(firstLine: string): Grammar | undefined {
  const line = firstLine.replace(/\r$/, "");
  for (const separator of SEPARATORS) {
    const names = line.split(separator, MOST_COLUMNS + 1);
    if (names.length < 2 || names.length > MOST_COLUMNS || !names.every((name) => NAME.test(name))) continue;
    // The name of one known protocol's field tells these from the columns of other tables.
    if (!names.some((name) => /^"?(?:frame|ip|ipv6|dns|tcp|udp|eth|arp|icmp)\./.test(name))) continue;
    return formatOf(line, names.map(unquoted), separator);
  }
  return undefined;
}

function formatOf(header: string, names: readonly string[], separator: string): Grammar {
  const cell = separator === "\t" ? "[^\\t\\n]*" : `(?:"[^"\\n]*"|[^"\\n${separator}][^\\n${separator}]*)?`;
  const between = separator === "|" ? "\\|" : separator;
  return envelopeOf({
    name: "tshark-fields",
    title: "tshark -T fields",
    file: "src/decode/tshark/columns.ts",
    event: DISSECTED,
    look: new RegExp(`(?!${escaped(header)}$)${cell}(?:${between}${cell}){${names.length - 1}}\\r?$`, "y"),
    read: (record) => {
      const cells = cellsOf(record, separator);
      if (cells.length !== names.length) throw new UnreadableRecord("not as many cells as columns");
      const dissection = new Dissection();
      names.forEach((name, i) => {
        // -E aggregator=,: all of a packet's values of this field in one cell. Times have commas of their own.
        const values = name === "frame.time" ? [cells[i]!] : cells[i]!.split(",");
        for (const value of values) if (value !== "") dissection.add(name, value);
      });
      return recordFields(dissection);
    },
    stamps: ["epoch", "rfc3339", "datetime", "elapsed"],
    set: { "event.category": "network" },
    also: [{ event: "packet.columns", look: new RegExp(`${escaped(header)}$`, "y") }],
  });
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const unquoted = (text: string) => (/^".*"$/.test(text) ? text.slice(1, -1) : text);

/** A row's cells; in quoted ones (`-E quote=d`) a separator is text. */
function cellsOf(record: string, separator: string): string[] {
  const text = textOf(record.replace(/\r$/, ""));
  if (!text.includes('"')) return text.split(separator);
  const cells: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const from = text[at] === '"' ? text.indexOf('"', at + 1) + 1 : at;
    const found = text.indexOf(separator, Math.max(from, at));
    const end = found < 0 ? text.length : found;
    cells.push(unquoted(text.slice(at, end)));
    at = end + 1;
  }
  return cells;
}
