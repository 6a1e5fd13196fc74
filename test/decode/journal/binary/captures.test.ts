import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { shortLine } from "../../../../src/decode/journal/binary/entry-text.js";
import { WANTED_FIELDS } from "../../../../src/decode/journal/entry.js";
import { journalValue } from "../../../../src/decode/journal/json.js";
import type { Json } from "../../../../src/decode/json.js";
import { readText } from "../../read-text.js";
import { readJournal } from "./read-journal.js";

// Captures are not part of the project; where they are not beside it, there is nothing to do.
const JOURNALS = path.join(
  path.dirname(new URL(import.meta.url).pathname),
  "../../../../../shared/captures/f-journald",
);
const FILES = fs.existsSync(JOURNALS)
  ? fs.readdirSync(JOURNALS).filter((name) => name.endsWith(".journal.gz"))
  : [];
const unpacked = (name: string) => zlib.gunzipSync(fs.readFileSync(path.join(JOURNALS, name)));
const journalctl = (file: string, ...options: string[]) =>
  spawnSync("journalctl", ["--file", file, "--utc", "--no-pager", ...options], { maxBuffer: 1 << 28 });
const hasJournalctl = spawnSync("journalctl", ["--version"]).status === 0;

(FILES.length > 0 ? describe : describe.skip)("journal files that journald's own code wrote", () => {
  it.each(FILES)("%s: gives the events that the export form gives", async (name) => {
    const { events, problems } = await readJournal(unpacked(name));
    const exported = readText(fs.readFileSync(path.join(JOURNALS, "out/journalctl_export.txt"))).events;
    const told = (all: typeof events) =>
      all.map(({ action, time, ns, fields }) => ({ action, time, ns, fields }));
    expect(told(events)).toEqual(told(exported));
    expect(problems).toEqual([]);
  });
});

(FILES.length > 0 && hasJournalctl ? describe : describe.skip)("journalctl on the same files", () => {
  let dir: string;
  beforeAll(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), "journals-"));
  });
  afterAll(() => fs.rmSync(dir, { recursive: true }));

  function fileOf(name: string): string {
    const file = path.join(dir, name.slice(0, -3));
    if (!fs.existsSync(file)) fs.writeFileSync(file, unpacked(name));
    return file;
  }

  it.each(FILES)("%s: prints the same fields as JSON", async (name) => {
    const { entries } = await readJournal(unpacked(name));
    const lines = journalctl(fileOf(name), "-a", "-o", "json").stdout.toString().trimEnd().split("\n");
    const theirs = lines.map((line) => {
      const entry = JSON.parse(line) as Record<string, Json>;
      return Object.fromEntries(
        Object.entries(entry)
          .filter(([field]) => WANTED_FIELDS.has(field) && field !== "__CURSOR")
          .map(([field, value]) => [field, journalValue(value)])
          .sort(),
      );
    });
    expect([...entries.values()].map(fieldsOf)).toEqual(theirs);
    expect(theirs.length).toBeGreaterThan(90);
  });

  it.each(FILES)("%s: prints plain entries as reports quote them", async (name) => {
    const { entries } = await readJournal(unpacked(name));
    const theirs = new Set(
      journalctl(fileOf(name), "-a", "-o", "short-iso-precise").stdout.toString("latin1").split("\n"),
    );
    // Colours are left out, what is behind a NUL is not, and further lines are printed below.
    const plain = [...entries.values()].filter((record) => !/[\x1b\0]/.test(record));
    const ours = plain.map(shortLine).filter((line) => !line.includes("\n"));
    expect(ours.length).toBeGreaterThan(80);
    expect(ours.filter((line) => !theirs.has(line))).toEqual([]);
  });
});

/** The fields of an entry in export form; of repeated ones the last. */
function fieldsOf(record: string): Record<string, string> {
  const fields: [string, string][] = [];
  for (let at = 0; at < record.length; ) {
    const end = record.indexOf("\n", at);
    const [name, value] = /^([^=\n]+)(?:=(.*))?$/.exec(record.slice(at, end))!.slice(1);
    const length = value === undefined ? Buffer.from(record, "latin1").readUInt32LE(end + 1) : 0;
    fields.push([name!, value ?? record.slice(end + 9, end + 9 + length)]);
    at = value === undefined ? end + 10 + length : end + 1;
  }
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
