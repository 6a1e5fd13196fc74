import type { Fields } from "../../model/event.js";
import { envelopeOf } from "../envelope.js";
import { entryFields, WANTED_FIELDS } from "./entry.js";

const FIELD = /^ {4}([A-Z_][A-Z0-9_]{0,63})=/;

/**
 * The fields of one entry of `journalctl -o verbose`: a line with time and cursor, then a field a line, each under four blanks; what
 * continues a value is indented to the value's column (systemd, src/shared/logs-show.c, output_verbose). The time is
 * taken from the fields or the cursor, which are UTC whatever zone the first line is in.
 */
export function readVerboseEntry(record: string): Fields {
  const found = new Map<string, string>();
  const [first, ...lines] = record.split("\n");
  const cursor = /\[(s=[^\]]*)\]/.exec(first!)?.[1];
  if (cursor !== undefined) found.set("__CURSOR", cursor);
  let name: string | undefined;
  let parts: string[] = [];
  const close = () => {
    if (name !== undefined && WANTED_FIELDS.has(name)) found.set(name, parts.join("\n"));
  };
  for (const line of lines) {
    const field = FIELD.exec(line);
    if (field) {
      close();
      name = field[1]!;
      parts = [line.slice(field[0].length)];
    } else if (name !== undefined) parts.push(unindented(line, name.length + 5));
  }
  close();
  return entryFields((wanted) => found.get(wanted));
}

const unindented = (line: string, columns: number) =>
  line.slice(0, columns).trim() === "" ? line.slice(columns) : line.trimStart();

export const journalVerbose = envelopeOf({
  name: "journal-verbose",
  title: "journalctl -o verbose",
  file: "src/decode/journal/verbose.ts",
  event: "log.line",
  look: /[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? [^ \n]{1,12} \[s=[0-9a-f]+;[^\]\n]*\](?:\n[\s\S]*)?$/y,
  first: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  continuation: / {4}/y,
  read: readVerboseEntry,
  stamps: ["epoch"],
});
