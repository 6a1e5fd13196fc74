import { textOf } from "../../grammar/bytes.js";
import { UnreadableRecord } from "../../grammar/exec.js";
import type { Grammar } from "../../grammar/types.js";
import { envelopeOf } from "../envelope.js";
import { DISSECTED } from "./record.js";
import { type SummaryColumns, summaryFields } from "./summary.js";

/** Wireshark's names of the columns of the packet list that tell something; others may stand between them. */
const NAMES: Record<string, keyof SummaryColumns> = {
  Time: "time",
  Source: "source",
  Destination: "destination",
  Protocol: "protocol",
  Info: "info",
};
const CELLS = /"((?:[^"]|"")*)"(?:,|$)/g;
const TIME = /^(?:-?\d{1,11}\.\d{1,9}|(?:\d{4}-\d\d-\d\d[ T])?\d\d:\d\d:\d\d(?:\.\d{1,9})?Z?)$/;

/**
 * The format of a packet list that Wireshark exported as CSV, from its first line (`"No.","Time","Source",…`); `undefined`
 * when that is no such line.
 */
export function listFormat(firstLine: string): Grammar | undefined {
  const header = firstLine.replace(/\r$/, "");
  if (!/^"No\.","/.test(header)) return undefined;
  const names = cellsOf(header).map((name) => NAMES[name]);
  if (!Object.values(NAMES).every((name) => names.includes(name))) return undefined;
  return envelopeOf({
    name: "wireshark-csv",
    title: "Wireshark's packet list as CSV",
    file: "src/decode/tshark/list.ts",
    event: DISSECTED,
    look: /"\d{1,10}","[^\n]*"\r?$/y,
    read: (record) => {
      const cells = cellsOf(textOf(record.replace(/\r$/, "")));
      const columns: SummaryColumns = { time: "", source: "", destination: "", protocol: "", info: "" };
      names.forEach((name, i) => {
        if (name) columns[name] = cells[i] ?? "";
      });
      if (cells.length !== names.length || !TIME.test(columns.time))
        throw new UnreadableRecord("not the columns that the first line names");
      return summaryFields(columns);
    },
    stamps: ["elapsed", "epoch", "datetime", "hms"],
    set: { "event.category": "network" },
    also: [{ event: "packet.columns", look: /"No\.",[^\n]*$/y }],
  });
}

const cellsOf = (line: string) => [...line.matchAll(CELLS)].map(([, cell]) => cell!.replaceAll('""', '"'));
