import { textOf } from "../../grammar/bytes.js";
import { UnreadableRecord } from "../../grammar/exec.js";
import type { Grammar } from "../../grammar/types.js";
import { envelopeOf } from "../envelope.js";
import { ZEEK_RECORD, zeekFields } from "./events.js";
import { readHeader, unescaped, type ZeekHeader } from "./header.js";
import type { ZeekRow } from "./row.js";

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

/** What a value of a type looks like; rows of another log, behind another header in the same file, fit no such row. */
const LOOKS: Record<string, string> = {
  time: "\\d{1,11}(?:\\.\\d{1,9})?",
  interval: "-?\\d{1,11}(?:\\.\\d{1,9})?",
  addr: "[0-9a-fA-F.:]{2,45}",
  port: "\\d{1,5}",
  count: "\\d{1,20}",
  int: "-?\\d{1,20}",
  bool: "[TF]",
};

/** The format of a Zeek log in columns, from its header; `undefined` when that is none. */
export function zeekTable(head: string): Grammar | undefined {
  const header = readHeader(head);
  if (header === undefined) return undefined;
  const { separator, fields, types, unset, empty } = header;
  const between = escaped(separator);
  const none = `${escaped(unset)}|${escaped(empty)}`;
  const cell = (type: string | undefined) =>
    LOOKS[type ?? ""] === undefined ? `[^${between}\\n]*` : `(?:${LOOKS[type!]}|${none})`;
  const columns = new Map(fields.map((name, i) => [name, i]));
  return envelopeOf({
    name: "zeek-table",
    title: "Zeek's logs in columns",
    file: "src/decode/zeek/table.ts",
    event: ZEEK_RECORD,
    look: new RegExp(`(?!#)${fields.map((_, i) => cell(types[i])).join(between)}\\r?$`, "y"),
    read: (record) => {
      const cells = record.replace(/\r$/, "").split(separator);
      if (cells.length !== fields.length) throw new UnreadableRecord("not as many cells as columns");
      return zeekFields(header.path, new TableRow(header, columns, cells));
    },
    stamps: ["epoch"],
    set: { "event.category": "network" },
    also: [
      {
        event: "zeek.header",
        look: /#(?:separator|set_separator|empty_field|unset_field|path|open|close|fields|types)[^\n]*$/y,
      },
    ],
  });
}

class TableRow implements ZeekRow {
  constructor(
    private readonly header: ZeekHeader,
    private readonly columns: ReadonlyMap<string, number>,
    private readonly cells: readonly string[],
  ) {}

  text(name: string): string | undefined {
    const cell = this.cell(name);
    return cell === undefined ? undefined : cell === this.header.empty ? "" : textOf(unescaped(cell));
  }

  list(name: string): readonly string[] {
    const cell = this.cell(name);
    if (cell === undefined || cell === this.header.empty) return [];
    return cell.split(this.header.setSeparator).map((member) => textOf(unescaped(member)));
  }

  private cell(name: string): string | undefined {
    const at = this.columns.get(name);
    const cell = at === undefined ? undefined : this.cells[at];
    return cell === this.header.unset ? undefined : cell;
  }
}
