import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import { renderJson } from "../../src/report/json.js";
import { rules } from "../../src/rules/generated.js";
import { type AnalyzeOptions, analyze } from "../../src/run/analyze.js";
import type { RunStats } from "../../src/run/stats.js";

const INCIDENTS = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../fixtures/incidents");

let dir: string;
let evidence: string;
let cacheDir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "cache-"));
  evidence = path.join(dir, "evidence");
  cacheDir = path.join(dir, "cache");
  fs.cpSync(path.join(INCIDENTS, "docker-bad-dns"), evidence, { recursive: true });
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

interface Told {
  text: string;
  stats: RunStats;
}

async function run(options: Partial<AnalyzeOptions> = {}): Promise<Told> {
  let stats: RunStats | undefined;
  const report = await analyze([evidence], {
    grammars,
    rules,
    version: "test",
    jobs: 1,
    tuning: { stretchBytes: 4096 },
    stats: (told) => {
      stats = told;
    },
    ...options,
  });
  return { text: renderJson(report), stats: stats! };
}

/** With a cache that takes files which were written just now. */
async function cached(
  options: Partial<AnalyzeOptions> = {},
  more: { most?: number; settledMs?: number } = {},
) {
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const told = await run({ ...options, cache: { dir: cacheDir, settledMs: -1000, warn, ...more } });
  return { ...told, warnings };
}

const entries = () => fs.readdirSync(cacheDir).sort();
const largest = (files: string[]) =>
  files.reduce((a, b) =>
    fs.statSync(path.join(cacheDir, a)).size >= fs.statSync(path.join(cacheDir, b)).size ? a : b,
  );

describe("a cache", () => {
  it("spares the second analysis the reading; the report is the same", async () => {
    const { text } = await run();
    const cold = await cached();
    expect(cold.text).toBe(text);
    expect(cold.stats.work.stretches).toBeGreaterThan(0);
    const warm = await cached();
    expect(warm.text).toBe(text);
    expect(warm.stats.work).toMatchObject({ bytes: 0, stretches: 0 });
  });

  it("changes nothing without the prefilter", async () => {
    const { text } = await run({ prefilter: false });
    expect((await cached({ prefilter: false })).text).toBe(text);
    expect((await cached({ prefilter: false })).text).toBe(text);
    expect((await cached()).stats.work.stretches).toBeGreaterThan(0);
  });

  it("is of no use to rules that ask for other events", async () => {
    await cached();
    const few = rules.filter(({ id }) => id.startsWith("registry"));
    expect(few.length).toBeGreaterThan(0);
    const { text } = await run({ rules: few });
    const other = await cached({ rules: few });
    expect(other.text).toBe(text);
    expect(other.stats.work.stretches).toBeGreaterThan(0);
  });

  it.each([0, 0.1, 0.5, 0.9])("may be damaged at %f of its largest entry", async (share) => {
    const { text } = await cached();
    const name = largest(entries());
    const place = path.join(cacheDir, name);
    const bytes = fs.readFileSync(place);
    bytes[Math.floor((bytes.length - 1) * share)]! ^= 0x10;
    fs.writeFileSync(place, bytes);
    const after = await cached();
    expect(after.text).toBe(text);
    expect(after.stats.work.stretches).toBeGreaterThan(0);
    await cached();
    const healed = await cached();
    expect(healed.text).toBe(text);
    expect(healed.stats.work.stretches).toBe(0);
  });

  it("may be cut, or hold somebody else's files", async () => {
    const { text } = await cached();
    for (const name of entries()) {
      const place = path.join(cacheDir, name);
      fs.truncateSync(place, Math.floor(fs.statSync(place).size / 2));
    }
    fs.writeFileSync(path.join(cacheDir, "notes.txt"), "mine");
    expect((await cached()).text).toBe(text);
    expect((await cached({}, { most: 0 })).text).toBe(text);
    expect(entries()).toEqual(["notes.txt"]);
  });

  it("knows a changed file, also one of the same length and date", async () => {
    await cached();
    const file = path.join(evidence, "journal.txt");
    const { mtime } = fs.statSync(file);
    const before = fs.readFileSync(file, "latin1");
    const changed = before.replaceAll("request canceled", "request finished");
    expect(changed).not.toBe(before);
    fs.writeFileSync(file, changed, "latin1");
    fs.utimesSync(file, mtime, mtime);
    const { text } = await run();
    expect((await cached()).text).toBe(text);
  });

  it("keeps nothing of a file that was written to just now", async () => {
    const told = await cached({}, { settledMs: 60_000 });
    expect(entries()).toEqual([]);
    expect(told.warnings).toEqual([expect.stringMatching(/: \d files are not kept: written to just now; /)]);
    expect((await cached()).warnings).toEqual([]);
  });

  it("removes the oldest entries beyond its limit", async () => {
    await cached();
    const all = entries();
    const sizes = all.map((name) => fs.statSync(path.join(cacheDir, name)).size);
    const oldest = all[0]!;
    fs.utimesSync(path.join(cacheDir, oldest), 1, 1);
    const most = sizes.reduce((sum, size) => sum + size, 0) - 1;
    const few = rules.filter(({ id }) => id === "no such rule");
    const other = path.join(dir, "empty");
    fs.mkdirSync(other);
    await analyze([other], { grammars, rules: few, version: "test", cache: { dir: cacheDir, most } });
    expect(entries()).toEqual(all.slice(1));
  });

  describe("of packed evidence", () => {
    const packed = () => path.join(evidence, "journal.txt.gz");
    beforeEach(() => {
      const file = path.join(evidence, "journal.txt");
      fs.writeFileSync(packed(), zlib.gzipSync(fs.readFileSync(file)));
      for (const name of fs.readdirSync(evidence))
        if (!name.endsWith(".gz")) fs.rmSync(path.join(evidence, name));
    });

    it("spares the unpacking; the report is the same", async () => {
      const { text } = await run();
      expect(JSON.parse(text).findings.length).toBeGreaterThan(0);
      expect((await cached()).text).toBe(text);
      const warm = await cached();
      expect(warm.text).toBe(text);
      expect(warm.stats.work.bytes).toBe(0);
    });

    it.each([0.1, 0.5, 0.9])("may be damaged at %f of its entry", async (share) => {
      const { text } = await cached();
      const place = path.join(cacheDir, entries()[0]!);
      const bytes = fs.readFileSync(place);
      bytes[Math.floor(bytes.length * share)]! ^= 0x10;
      fs.writeFileSync(place, bytes);
      const after = await cached();
      expect(after.text).toBe(text);
      expect(after.stats.work.bytes).toBeGreaterThan(0);
      expect((await cached()).stats.work.bytes).toBe(0);
    });

    it("keeps nothing of what breaks off: that is told each time", async () => {
      fs.truncateSync(packed(), Math.floor(fs.statSync(packed()).size / 2));
      const { text } = await run();
      expect(text).toContain("breaks off");
      expect((await cached()).text).toBe(text);
      expect(entries()).toEqual([]);
      expect((await cached()).text).toBe(text);
    });
  });

  it("tells once that its folder can't be used; the report is the same", async () => {
    fs.writeFileSync(cacheDir, "a file");
    const { text } = await run();
    const told = await cached();
    expect(told.text).toBe(text);
    expect(told.warnings).toEqual([
      expect.stringMatching(/could not be kept \(E[A-Z]+\); choose another folder/),
    ]);
  });
});
