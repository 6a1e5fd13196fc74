/**
 * The guard of speed: it counts work in place of seconds, so that a slow machine does not fail it and a fast one does not hide anything.
 * After a change that is meant to cost more or less, `UPDATE_WORK=1 npm test -- test/bench` writes what is expected anew.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { journal, mixed, pcap, strace } from "../../bench/corpora/index.mjs";
import { type Counted, counted } from "./counted.js";

const EXPECTED = path.join(import.meta.dirname, "work.json");
const MB = 1e6;
/** How much more work than expected is let pass, and how much less calls for new expectations. */
const MORE = 1.03;
const LESS = 0.7;

const CORPORA: Record<string, (file: string) => string> = {
  "a quiet journal": (file) => journal(`${file}.log`, 3 * MB),
  "a journal of near-misses": (file) => journal(`${file}.log`, 3 * MB, { hostile: true }),
  "a journal of which half is wanted": (file) => journal(`${file}.log`, 2 * MB, { decoded: 0.5 }),
  "a trace of a busy daemon": (file) => strace(`${file}.strace`, 2 * MB),
  "a capture of DNS and TCP": (file) => pcap(`${file}.pcap`, 2 * MB),
  "a mixed folder": (file) => mixed(file, 3 * MB),
};

let dir: string;
let at = 0;
const corpus = (name: string) => CORPORA[name]!(path.join(dir, String(at++)));
const results: Record<string, Counted> = {};

beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-work-"));
});
afterAll(() => {
  fs.rmSync(dir, { recursive: true });
  if (process.env["UPDATE_WORK"]) fs.writeFileSync(EXPECTED, `${JSON.stringify(results, null, 2)}\n`);
});

describe("An analysis does no more work than is known to be needed", () => {
  const expected = JSON.parse(fs.readFileSync(EXPECTED, "utf8")) as Record<string, Counted>;
  test.each(Object.keys(CORPORA))("%s", async (name) => {
    const got = await counted(corpus(name));
    results[name] = got;
    if (process.env["UPDATE_WORK"]) return;
    const wanted = expected[name]!;
    const { bytes, records, findings } = wanted;
    expect(got).toMatchObject({ bytes, records, findings });
    const off = (Object.keys(wanted) as (keyof Counted)[])
      .filter((what) => got[what] > wanted[what] * MORE + 20 || got[what] < wanted[what] * LESS - 20)
      .map((what) => `${what}: ${got[what]}, expected ${wanted[what]}`);
    expect(off).toEqual([]);
  });
});

describe("Work grows with what is asked", () => {
  test("a line that nobody asks about is not decoded, nor made a string", async () => {
    const file = corpus("a quiet journal");
    const quiet = await counted(file);
    expect(quiet.decoded / quiet.records).toBeLessThan(0.001);
    expect(quiet.stringBytes / quiet.bytes).toBeLessThan(0.1);
    const all = await counted(file, { prefilter: false });
    expect(all.stringBytes).toBeGreaterThan(all.bytes);
    expect(all.findings).toBe(quiet.findings);
  });

  test("twice the evidence is at most twice the work", async () => {
    const once = await counted(journal(path.join(dir, "once.log"), 2 * MB, { decoded: 0.05 }));
    const twice = await counted(journal(path.join(dir, "twice.log"), 4 * MB, { decoded: 0.05 }));
    for (const what of ["decoded", "events", "expressions", "stringBytes"] as const)
      expect(twice[what]).toBeLessThanOrEqual(once[what] * 2.1);
  });

  test("near-misses are compared, not decoded", async () => {
    const quiet = await counted(corpus("a quiet journal"));
    const hostile = await counted(corpus("a journal of near-misses"));
    for (const what of ["decoded", "expressions", "strings", "stringBytes"] as const)
      expect(hostile[what]).toBeLessThanOrEqual(quiet[what] * 1.5);
  });
});
