import type { Fields } from "../../model/event.js";
import { envelopeOf } from "../envelope.js";
import { entryFields, WANTED_FIELDS } from "./entry.js";

// "Journal Export Format" (systemd.io/JOURNAL_EXPORT_FORMATS): an entry is a block of fields, ended by an empty line. A field is a
// line NAME=value, or, where the value is no plain text: the name on a line, 64 bits of length in little endian, the bytes, a newline.

const NAME = /[A-Z_][A-Z0-9_]{0,63}\n/y;
const BEGINS = /__CURSOR=|__REALTIME_TIMESTAMP=/y;
const EQUALS = 61;
const NEWLINE = 10;
const RETURN = 13;

/** Where an entry that begins at `at` ends: see `Framing.end`. */
export function endOfEntry(text: string, at: number, length: number, final: boolean): number | undefined {
  let lineEnd = text.indexOf("\n", at);
  if (lineEnd < 0 || lineEnd > length) lineEnd = length;
  BEGINS.lastIndex = at;
  if (!BEGINS.test(text)) return lineEnd;
  for (let start = at; ; ) {
    const next = endOfField(text, start, length);
    if (next === undefined) return final ? length : undefined;
    // What follows is an empty line, or the next entry where somebody took the empty lines out.
    const char = next < length ? text.charCodeAt(next) : -1;
    if (char < 0 && !final) return undefined;
    if (char < 0 || char === NEWLINE || (char === RETURN && text.charCodeAt(next + 1) === NEWLINE))
      return next - 1;
    if (text.startsWith("__CURSOR=", next)) return next - 1;
    start = next;
  }
}

/** Where the field after the one at `start` begins; `undefined`: its end is not in the text. */
function endOfField(text: string, start: number, length: number): number | undefined {
  NAME.lastIndex = start;
  if (NAME.test(text)) {
    const data = NAME.lastIndex + 8;
    if (data > length) return undefined;
    const end = data + lengthAt(text, NAME.lastIndex);
    if (end < length) return text.charCodeAt(end) === NEWLINE ? end + 1 : afterLine(text, start, length);
    return end === length || end - start < PLAUSIBLE ? undefined : afterLine(text, start, length);
  }
  return afterLine(text, start, length);
}

/** Longer fields (core dumps) are no words; a wrong length must not make the reader wait for the end of the file. */
const PLAUSIBLE = 1 << 20;

function afterLine(text: string, start: number, length: number): number | undefined {
  const newline = text.indexOf("\n", start);
  return newline < 0 || newline >= length ? undefined : newline + 1;
}

/** 64 bits, little endian; beyond 2^53 it is inexact, and far beyond any text. */
function lengthAt(text: string, at: number): number {
  let value = 0;
  for (let i = 7; i >= 0; i--) value = value * 256 + (text.charCodeAt(at + i) & 0xff);
  return value;
}

/** The fields of one entry in export form. */
export function readExportEntry(record: string): Fields {
  const found = new Map<string, string>();
  for (let at = 0; at < record.length; ) {
    NAME.lastIndex = at;
    if (NAME.test(record)) {
      const name = record.slice(at, NAME.lastIndex - 1);
      const data = NAME.lastIndex + 8;
      const end = data + lengthAt(record, NAME.lastIndex);
      if (end <= record.length) {
        if (WANTED_FIELDS.has(name)) found.set(name, record.slice(data, end));
        at = end + 1;
        continue;
      }
    }
    let end = record.indexOf("\n", at);
    if (end < 0) end = record.length;
    const equals = record.indexOf("=", at);
    if (equals > at && equals < end && record.charCodeAt(equals) === EQUALS) {
      const name = record.slice(at, equals);
      if (WANTED_FIELDS.has(name)) found.set(name, record.slice(equals + 1, end));
    }
    at = end + 1;
  }
  return entryFields((name) => found.get(name));
}

/** `journalctl -o export`, what systemd-journal-remote takes. */
export const journalExport = envelopeOf({
  name: "journal-export",
  title: "journalctl -o export",
  file: "src/decode/journal/export.ts",
  event: "log.line",
  look: /(?:__CURSOR|__REALTIME_TIMESTAMP)=[^\n]*\n(?=[\s\S]*?[_A-Z]=)[\s\S]*/y,
  first: "_",
  end: endOfEntry,
  read: readExportEntry,
  stamps: ["epoch"],
});
