import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isJournal, readHeader } from "../../../../src/decode/journal/binary/header.js";
import type { Entry } from "../modes.js";
import { readJournal } from "./read-journal.js";
import { written, ZSTD } from "./writer.js";

const T = 1_700_000_000_000_000;
const COUNT = 40;
const entries: Entry[] = Array.from({ length: COUNT }, (_, i) => [
  ["__REALTIME_TIMESTAMP", String(T + i)],
  ["_HOSTNAME", "build-7"],
  ["SYSLOG_IDENTIFIER", i % 2 ? "dockerd" : "kubelet"],
  ["MESSAGE", `message number ${i}`],
]);
const whole = written(entries);
const messageOf = (record: string) => /^MESSAGE=(.*)$/m.exec(record)?.[1];

describe("a damaged journal file", () => {
  it("is read up to where it is cut, and says so", async () => {
    for (let cut = 300; cut < whole.bytes.length - 4200; cut += 41) {
      const { entries: read, problems, assembly } = await readJournal(whole.bytes.subarray(0, cut));
      const complete = whole.entries.filter(
        (offset, i) => (whole.entries[i + 1] ?? whole.bytes.length) <= cut && offset < cut,
      );
      expect([...read.keys()].slice(0, complete.length)).toEqual(complete);
      expect(read.size - complete.length).toBeLessThanOrEqual(1);
      expect(problems).toEqual([
        {
          path: "evidence",
          severity: "error",
          message: `the file breaks off before its end: its header tells of ${whole.bytes.length} bytes; ${read.size} of ${COUNT} entries were read`,
        },
      ]);
      expect(assembly.records).toBe(read.size);
    }
  });

  it("costs the entries whose objects are damaged, and no others", async () => {
    const bytes = Buffer.from(whole.bytes);
    const hole = whole.entries[10]! - 20;
    bytes.fill(0, hole, whole.entries[13]! + 8);
    const { entries: read, problems } = await readJournal(bytes);
    expect([...read.keys()]).toEqual(whole.entries.filter((_, i) => i < 10 || i > 13));
    expect(problems).toEqual([
      expect.objectContaining({
        severity: "error",
        offset: whole.entries[10],
        message: expect.stringMatching(
          /^it is damaged: \d+ bytes hold no objects.*; 36 of 40 entries were read$/,
        ),
      }),
    ]);
  });

  it("leaves out a field that cannot be read, and keeps its entry", async () => {
    const { bytes, data, entries: places } = written(entries, { packing: ZSTD });
    const message = data.get("MESSAGE=message number 7")!;
    bytes.fill(0xff, message + 64, message + 72);
    const { entries: read, problems } = await readJournal(bytes);
    expect(read.size).toBe(COUNT);
    expect(messageOf(read.get(places[7]!)!)).toBeUndefined();
    expect(messageOf(read.get(places[8]!)!)).toBe("message number 8");
    expect(problems.map(({ message: text }) => text)).toEqual([
      "1 fields of entries are damaged or missing; the others were read",
    ]);
  });

  it("passes over a value that is longer than any record, and keeps its entry", async () => {
    const long: Entry = [...entries[0]!.slice(0, 3), ["MESSAGE", "x".repeat(1 << 20)]];
    const { entries: read, problems } = await readJournal(written([long, ...entries]).bytes, {
      literals: ["xxxx"],
    });
    expect([...read.values()].map(messageOf)).toContain(undefined);
    expect(problems.map(({ severity, message }) => [severity, message])).toEqual([
      ["warning", "1 fields of entries are longer than 1 MiB; they were passed over, the others were read"],
    ]);
  });

  it("says when its header counts more entries than there are", async () => {
    const bytes = Buffer.from(whole.bytes);
    bytes.writeUInt32LE(COUNT + 3, 152);
    const { problems } = await readJournal(bytes);
    expect(problems.map(({ severity, message }) => [severity, message])).toEqual([
      ["warning", "its header counts 43 entries, 40 are in the file; all of these were read"],
    ]);
  });

  it("counts no entry that was still being written", async () => {
    const { bytes, entries: places } = written(entries, { online: true });
    bytes.fill(0, places[COUNT - 1]! + 16, places[COUNT - 1]! + 64 + 3 * 16);
    const { entries: read, problems, assembly } = await readJournal(bytes);
    expect([read.size, assembly.records]).toEqual([COUNT - 1, COUNT - 1]);
    expect(problems.map(({ message }) => message)).toEqual([
      "an entry was being written when the file was copied; the others were read",
    ]);
  });

  it("reads objects that were appended after the header was copied", async () => {
    const { bytes, entries: places } = written(entries, { online: true });
    const before = written(entries.slice(0, 30), { online: true }).bytes.subarray(0, 272);
    before.copy(bytes);
    bytes.writeUInt32LE(bytes.length - 272, 96);
    const { entries: read, problems } = await readJournal(bytes);
    expect([...read.keys()]).toEqual(places);
    expect(problems).toEqual([]);
  });

  it("never throws, never hangs, and never gives an entry that is not there, whatever was overwritten", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            at: fc.integer({ min: 272, max: whole.bytes.length - 1 }),
            bytes: fc.uint8Array({ minLength: 1, maxLength: 24 }),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        fc.constantFrom(8 << 10, 64 << 10),
        async (writes, blockBytes) => {
          const bytes = Buffer.from(whole.bytes);
          for (const { at, bytes: garbage } of writes) bytes.set(garbage.subarray(0, bytes.length - at), at);
          const { entries: read } = await readJournal(bytes, { blockBytes });
          expect([...read.keys()].every((offset) => whole.entries.includes(offset))).toBe(true);
          // Each write damages at most the objects that it touches, and what cannot be told from them.
          expect(read.size).toBeGreaterThanOrEqual(COUNT - 8 * writes.length);
        },
      ),
      { seed: 20261122, numRuns: 300 },
    );
  });
});

describe("the header of a journal file", () => {
  it("is known by its first bytes alone", () => {
    expect(isJournal(whole.bytes)).toBe(true);
    expect(isJournal(whole.bytes.subarray(0, 100))).toBe(false);
    expect(isJournal(Buffer.from("KSHHRHLP".padEnd(300, "\0")))).toBe(false);
  });

  it("is refused with the next step when it asks for what nobody knows yet", () => {
    const bytes = Buffer.from(whole.bytes);
    bytes.writeUInt32LE(1 << 9, 12);
    expect(() => readHeader(bytes)).toThrow(/features \(0x200\).*journalctl --file FILE -o export/);
  });

  it("is refused when its own size cannot be", () => {
    const bytes = Buffer.from(whole.bytes);
    bytes.writeUInt32LE(17, 88);
    expect(() => readHeader(bytes)).toThrow(/header is damaged \(17 bytes long\)/);
  });
});
