import { textOf } from "../../grammar/bytes.js";
import { UnreadableRecord } from "../../grammar/exec.js";
import type { Grammar } from "../../grammar/types.js";
import { envelopeOf } from "../envelope.js";
import { Dissection } from "./dissection.js";
import { DISSECTED, recordFields } from "./record.js";
import { addListed, LISTED_TIME, stampOf } from "./summary.js";

/** A display-filter name, such as `ip.src` or `_ws.col.Info`. */
const NAME = /^["']?(?:[a-z][a-z0-9]*|_ws)(?:[._][A-Za-z0-9_]+)+["']?$/;
/** `-E separator=`: a TAB by default, else any char; those that names have cannot be told. */
const SEPARATOR = /^["']?[a-z_][\w.]*["']?([^\w."'])/;
const LISTED = new RegExp(`^(?:${LISTED_TIME})$`);
const MOST_COLUMNS = 256;

/**
 * The format of a table of `tshark -T fields -E header=y`, from its first line, which names the columns; `undefined` when that is
 * no such line. Without names nobody can tell what the columns are.
 */
export function columnsFormat(firstLine: string): Grammar | undefined {
  const line = firstLine.replace(/\r$/, "");
  const separator = SEPARATOR.exec(line)?.[1];
  if (separator === undefined) return undefined;
  const names = line.split(separator, MOST_COLUMNS + 1);
  if (names.length < 2 || names.length > MOST_COLUMNS || !names.every((name) => NAME.test(name)))
    return undefined;
  // The name of one known protocol's field tells these from the columns of other tables.
  if (!names.some((name) => /^["']?(?:(?:frame|ip|ipv6|dns|tcp|udp|eth|arp|icmp)\.|_ws\.col\.)/.test(name)))
    return undefined;
  return formatOf(line, names.map(unquoted), separator);
}

function formatOf(header: string, names: readonly string[], separator: string): Grammar {
  const between = escaped(separator);
  const cell =
    separator === "\t" ? "[^\\t\\n]*" : `(?:"[^"\\n]*"|'[^'\\n]*'|[^"'\\n${between}][^\\n${between}]*)?`;
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
      const time = addList(dissection, names, cells);
      return { ...(LISTED.test(time) && stampOf(time)), ...recordFields(dissection) };
    },
    stamps: ["epoch", "rfc3339", "datetime", "elapsed", "hms"],
    set: { "event.category": "network" },
    also: [{ event: "packet.columns", look: new RegExp(`${escaped(header)}$`, "y") }],
  });
}

/** Fields without which the packet list's words are needed to tell what a packet is. */
const TELLING = ["dns_id", "tcp_srcport", "udp_srcport", "icmp_type", "icmpv6_type", "arp_opcode"];

/**
 * Adds what the columns of the packet list among these (`-e _ws.col.Info`; lower case since tshark 4.2) tell beyond the others.
 * @returns the time column's text
 */
function addList(d: Dissection, names: readonly string[], cells: readonly string[]): string {
  const column = (name: string) =>
    cells[names.findIndex((other) => other.toLowerCase() === `_ws.col.${name}`)] ?? "";
  const has = (name: string) => d.text(name) !== undefined;
  const isAddressed = has("ip_src") || has("ipv6_src");
  const isTold = TELLING.some(has);
  addListed(d, {
    source: isAddressed ? "" : column("source"),
    destination: isAddressed ? "" : column("destination"),
    protocol: isTold ? "" : column("protocol"),
    info: isTold ? "" : column("info"),
  });
  return column("time");
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
const unquoted = (text: string) => (/^(["']).*\1$/.test(text) ? text.slice(1, -1) : text);

/** A row's cells; in quoted ones (`-E quote=d` or `=s`) a separator is text. */
function cellsOf(record: string, separator: string): string[] {
  const text = textOf(record.replace(/\r$/, ""));
  if (!/["']/.test(text)) return text.split(separator);
  const cells: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const quote = text[at];
    const from = quote === '"' || quote === "'" ? text.indexOf(quote, at + 1) + 1 : at;
    const found = text.indexOf(separator, Math.max(from, at));
    const end = found < 0 ? text.length : found;
    cells.push(unquoted(text.slice(at, end)));
    at = end + 1;
  }
  return cells;
}
