import { bytesOf } from "../../../grammar/bytes.js";
import { readExportEntry } from "../export.js";
import type { Field } from "./fields.js";

/** A field as `journalctl -o export` writes it: what has line feeds comes with its length, 64 bits in little endian. */
export function exportField({ name, value }: Field): string {
  if (!value.includes("\n")) return `${name}=${value}\n`;
  const length = Buffer.alloc(8);
  length.writeUInt32LE(value.length);
  return `${name}\n${length.toString("latin1")}${value}\n`;
}

/**
 * An entry as `journalctl --utc -o short-iso-precise` prints it: what reports quote. Lines behind the first are indented to where it begins.
 * @param record the entry in export form
 * @returns latin1
 */
export function shortLine(record: string): string {
  const { "@timestamp": stamp, ...fields } = readExportEntry(record);
  const pid = fields["process.pid"];
  const name = fields["process.name"] ?? "unknown";
  const sender = [fields["host.hostname"], `${name}${pid === undefined ? "" : `[${pid}]`}:`];
  const head = bytesOf([isoOf(stamp), ...sender].filter((part) => part !== undefined).join(" "));
  const message = typeof fields["message"] === "string" ? fields["message"] : "";
  return `${head} ${message.replaceAll("\n", `\n${" ".repeat(head.length + 1)}`)}`;
}

/** Seconds and µs as a date in UTC. */
function isoOf(stamp: unknown): string | undefined {
  const [seconds, micros] = String(stamp).split(".");
  const date = new Date(Number(seconds) * 1000);
  if (micros === undefined || Number.isNaN(date.getTime())) return undefined;
  return `${date.toISOString().slice(0, 19)}.${micros}+0000`;
}
