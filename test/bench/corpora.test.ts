import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { journal, mixed, pcap, strace } from "../../bench/corpora/index.mjs";
import { analyze, type Report } from "../../src/index.js";

const KB = 1000;
let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-corpora-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

const at = (name: string) => path.join(dir, name);
const read = async (evidence: string): Promise<Report> => analyze([evidence], { jobs: 1 });
const rules = ({ findings }: Report) => [...new Set(findings.map(({ rule }) => rule))].sort();

describe("A corpus", () => {
  test("is of the size that was asked for, up to the last whole record", () => {
    for (const [make, name] of [
      [journal, "size.log"],
      [strace, "size.strace"],
      [pcap, "size.pcap"],
    ] as const) {
      const size = fs.statSync(make(at(name), 300 * KB)).size;
      expect(size).toBeLessThanOrEqual(300 * KB);
      expect(size).toBeGreaterThan(299 * KB);
    }
  });

  test("is the same bytes each time", () => {
    const digest = (file: string) => createHash("sha256").update(fs.readFileSync(file)).digest("hex");
    for (const make of [journal, strace, pcap])
      expect(digest(make(at(`${make.name}-1`), 200 * KB))).toBe(digest(make(at(`${make.name}-2`), 200 * KB)));
  });

  test("has no two equal records, although it is made of copies of a block", () => {
    const lines = fs
      .readFileSync(journal(at("copies.log"), 400 * KB), "latin1")
      .trimEnd()
      .split("\n");
    expect(new Set(lines).size).toBe(lines.length);
  });

  test.each([
    [
      "journal.log",
      (file: string) => journal(file, 600 * KB),
      ["registry-tag-not-found", "registry-v1-fallback"],
    ],
    ["daemon.strace", (file: string) => strace(file, 600 * KB), ["dns-timeout"]],
    ["br0.pcap", (file: string) => pcap(file, 600 * KB), ["dns-timeout"]],
  ])("is read whole, and what was planted in it is found: %s", async (name, make, planted) => {
    const report = await read(make(at(name)));
    const [source] = report.sources;
    expect(source!.records).toBeGreaterThan(1000);
    expect(source!.parsed).toBe(source!.records);
    expect(rules(report)).toEqual(expect.arrayContaining(planted));
  });

  test("of near-misses tells of nothing but what was planted, once in each half", async () => {
    const report = await read(journal(at("hostile.log"), 600 * KB, { hostile: true }));
    expect(report.sources[0]!.parsed).toBe(report.sources[0]!.records);
    expect(rules(report)).toEqual([
      "registry-never-connected",
      "registry-tag-not-found",
      "registry-v1-fallback",
      "time-basis-guessed",
    ]);
    expect(report.findings.find(({ rule }) => rule === "registry-v1-fallback")!.count).toBe(2);
  });

  test("of many sources is on one clock", async () => {
    const report = await read(mixed(at("mixed"), 1000 * KB));
    expect(report.sources.map(({ format }) => format).sort()).toEqual(
      ["docker-json-file", "journal-short", "nginx-access", "pcap", "resolv-conf", "strace"].sort(),
    );
    for (const source of report.sources) expect(source.parsed).toBe(source.records);
  });
});
