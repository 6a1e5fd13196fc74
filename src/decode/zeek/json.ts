import { envelopeOf } from "../envelope.js";
import { isObject, type Json, type JsonObject, objectIn } from "../json.js";
import { ZEEK_RECORD, zeekFields } from "./events.js";
import type { ZeekRow } from "./row.js";

/** Columns that tell which log a row without `_path` is of, the first that fits. */
const TOLD_BY: readonly (readonly [path: string, ...columns: string[]])[] = [
  ["dns", "trans_id"],
  ["dns", "qtype_name"],
  ["conn", "conn_state"],
  ["http", "trans_depth"],
  ["ssl", "established"],
  ["files", "fuid", "source"],
  ["notice", "note"],
  ["weird", "name", "peer"],
];

class JsonRow implements ZeekRow {
  constructor(private readonly row: JsonObject) {}

  text(name: string): string | undefined {
    const value = this.value(name);
    return value === undefined || value === null || typeof value === "object" ? undefined : String(value);
  }

  list(name: string): readonly string[] {
    const value = this.value(name);
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** `id.orig_h`, as Zeek writes it, or nested, as other programs pass it on. */
  private value(name: string): Json | undefined {
    const flat = this.row[name];
    if (flat !== undefined || !name.includes(".")) return flat;
    const [outer, inner] = name.split(".") as [string, string];
    const record = this.row[outer];
    return isObject(record) ? record[inner] : undefined;
  }
}

function readJson(record: string) {
  const object = objectIn(record);
  const row = new JsonRow(object);
  const path = object["_path"];
  const told = TOLD_BY.find(([, ...columns]) => columns.every((name) => object[name] !== undefined));
  return zeekFields(typeof path === "string" ? path : (told?.[0] ?? ""), row);
}

/** Zeek's logs in JSON (`LogAscii::use_json`, and the package json-streaming-logs): a row on each line. */
export const zeekJson = envelopeOf({
  name: "zeek-json",
  title: "Zeek's logs in JSON",
  file: "src/decode/zeek/json.ts",
  event: ZEEK_RECORD,
  // Identifiers of Zeek's: connections begin with C, files with F.
  look: /\{(?=[^\n]*"(?:uid":"C[0-9A-Za-z]{8,20}"|fuid":"F[0-9A-Za-z]{8,20}"|id\.orig_h":"|note":"[A-Z]\w*::))"(?:_path|_system_name|_write_ts|ts)":[^\n]*\}\s*$/y,
  first: "{",
  literals: [['"ts":'], ['"uid":"C', '"fuid":"F', '"id.orig_h":"', '"note":"']],
  read: readJson,
  stamps: ["epoch", "rfc3339"],
  set: { "event.category": "network" },
});
