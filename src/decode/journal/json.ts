import type { Fields } from "../../model/event.js";
import { envelopeOf } from "../envelope.js";
import { asBytes, type Json, type JsonObject, objectIn } from "../json.js";
import { entryFields } from "./entry.js";

/** Of all members of an array these many are looked at: an entry's fields repeat a few times. */
const MOST_VALUES = 1024;

/**
 * A field's value as bytes. Binary and coloured texts are arrays of bytes, repeated fields arrays of values, fields over
 * 4096 bytes `null` unless `-a` was given (systemd, src/shared/logs-show.c, output_json; documented in
 * "Journal Export Formats", JSON).
 */
export function journalValue(value: Json | undefined): string | undefined {
  if (typeof value === "string") return asBytes(value);
  if (typeof value === "number") return String(value);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (value.every(isByte)) return latin1(value as number[]);
  for (const member of value.slice(-MOST_VALUES).reverse() as Json[]) {
    if (typeof member === "string") return asBytes(member);
    if (Array.isArray(member) && member.length > 0 && member.every(isByte)) return latin1(member as number[]);
  }
  return undefined;
}

const isByte = (value: Json): boolean =>
  typeof value === "number" && value >= 0 && value <= 255 && Number.isInteger(value);

const latin1 = (bytes: readonly number[]) => Buffer.from(bytes).toString("latin1");

/** The fields of one entry's JSON object. */
export function readJsonEntry(record: string): Fields {
  const entry: JsonObject = objectIn(record);
  return entryFields((name) => (Object.hasOwn(entry, name) ? journalValue(entry[name]) : undefined));
}

/**
 * `journalctl -o json`, `json-pretty`, `json-sse` (`data: ` before each) and `json-seq` (a record separator before each,
 * RFC 7464), also as tools such as jq print them again: indented, or as members of an array.
 */
export const journalJson = envelopeOf({
  name: "journal-json",
  title: "journalctl -o json, json-pretty, json-sse, json-seq",
  file: "src/decode/journal/json.ts",
  event: "log.line",
  look: /[\x1e \t]*(?:data: ?)?\{\s*(?=[\s\S]*?_REALTIME_TIMESTAMP"\s*:)"[A-Z_][A-Z0-9_]*"\s*:[\s\S]*\}[\s,\]]*$/y,
  first: "\x1e \td{[]",
  // A brace under an indent of less than four begins a record; deeper ones are an entry's own arrays.
  continuation: /\t| {4}| {1,3}"|[ ]*[}\]]/y,
  read: readJsonEntry,
  stamps: ["epoch"],
  also: [{ event: "log.separator", look: /[[\]]\s*$/y, around: true }],
  // Arrays of bytes; characters written as \u001b.
  hides: ['"MESSAGE":[', '"MESSAGE" : [', '"MESSAGE": [', "\\u"],
});
