import { readdirSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { CALL_RULES } from "../../../src/decode/strace/need.js";
import { StraceTracker } from "../../../src/decode/strace/tracker.js";
import type { UnreadRows } from "../../../src/decode/text/unread.js";
import type { Event } from "../../../src/model/event.js";
import { createScanner } from "../../../src/scan/create.js";
import { FACTS } from "../../../src/scan/facts.js";
import { rounds } from "../../rounds.js";
import { trace } from "./random.js";
import { fixture, records } from "./trace.js";

const SEED = 20261122;

const scanner = createScanner([], { capacity: 64 << 10 });
scanner.knowCalls(CALL_RULES);

/** A line as it is left unread, with what a scanner notes of it. */
function rowOf(texts: Buffer): UnreadRows {
  scanner.bytes.set(texts);
  scanner.findEnds(texts.length);
  const facts = scanner.findOdd(0, 1) === 1 ? scanner.facts.slice(0, FACTS) : new Int32Array(FACTS);
  const [lines, offsets] = [Int32Array.of(0), Float64Array.of(0)];
  const lengths = Int32Array.of(texts.length);
  return { lines, offsets, lengths, ends: lengths, texts, facts };
}

/** What the tracker makes of a trace whose records are offered as texts first, as they are read in a hurry. */
function hurried(text: string, first: number): { events: Event[]; read: number } {
  const events: Event[] = [];
  const tracker = new StraceTracker((event) => events.push(event), first);
  const bytes = Buffer.from(text, "latin1");
  let read = 0;
  for (const record of records(text, true)) {
    const { offset, length } = record;
    const line = bytes.subarray(offset, offset + length);
    if (!line.includes(10) && tracker.passOver(rowOf(line), 0, 1) === 1) continue;
    read++;
    tracker.push(record);
  }
  tracker.end();
  return { events, read };
}

/** The same when every record is read. */
function thorough(text: string, first: number): Event[] {
  const events: Event[] = [];
  const tracker = new StraceTracker((event) => events.push(event), first);
  for (const record of records(text, true)) tracker.push(record);
  tracker.end();
  return events;
}

const fixtures = readdirSync("test/decode/strace/fixtures").map((name) => name.replace(".strace", ""));

describe("records that concern no socket", () => {
  it.each(fixtures)("are not missed in %s", (name) => {
    const text = fixture(name);
    expect(hurried(text, 0).events).toEqual(thorough(text, 0));
    expect(thorough(text, 0).length).toBe(thorough(text, Number.POSITIVE_INFINITY).length);
  });

  it("are told from the others by their text as by their fields", () => {
    fc.assert(
      fc.property(trace(true), (lines) => {
        const text = `${lines.join("\n")}\n`;
        expect(hurried(text, 0).events).toEqual(thorough(text, 0));
      }),
      { seed: SEED, numRuns: rounds(600) },
    );
  });

  it("change nothing when they are followed", () => {
    let given = 0;
    fc.assert(
      fc.property(trace(false), (lines) => {
        const text = `${lines.join("\n")}\n`;
        const events = thorough(text, 0);
        expect(events).toEqual(thorough(text, Number.POSITIVE_INFINITY));
        given += events.length;
      }),
      { seed: SEED, numRuns: rounds(600) },
    );
    expect(given).toBeGreaterThan(2000);
  });

  it("are most of a busy trace", () => {
    const busy = Array.from(
      { length: 1000 },
      (_, i) => `7 close(${i % 50}) = 0\n7 read(${i % 50}, 0xc000, 512) = -1 EAGAIN (x)\n`,
    );
    expect(hurried(busy.join(""), 100).read).toBe(100);
  });
});
