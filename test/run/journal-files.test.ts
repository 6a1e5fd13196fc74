import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import type { Report } from "../../src/report/contract.js";
import { rules } from "../../src/rules/generated.js";
import { type AnalyzeOptions, analyze } from "../../src/run/analyze.js";
import { timeline } from "../../src/run/timeline.js";
import { written, ZSTD } from "../decode/journal/binary/writer.js";
import type { Entry } from "../decode/journal/modes.js";

const BASE = Date.UTC(2026, 2, 2, 10) * 1000;
const SAID = [
  'level=debug msg="Trying to pull registry.example.net/team/app from https://registry.example.net v2"',
  'level=debug msg="Error getting v2 registry: Get http://registry.example.net/v2/: net/http: request canceled while waiting for connection"',
  'level=debug msg="Trying to pull registry.example.net/team/app from https://registry.example.net v1"',
  'level=debug msg="Got status code 404 from https://registry.example.net/v1/repositories/team/app/tags/1.0"',
  'level=debug msg="Not continuing with error: Tag 1.0 not found in repository registry.example.net/team/app"',
];

function entry(i: number, identifier: string, message: string): Entry {
  return [
    ["__REALTIME_TIMESTAMP", String(BASE + i * 100_000)],
    ["_HOSTNAME", "build-7"],
    ["SYSLOG_IDENTIFIER", identifier],
    ["_PID", "611"],
    ["MESSAGE", message],
  ];
}

const ENTRIES = Array.from({ length: 400 }, (_, i) => {
  const said = SAID[(i - 200) / 10];
  return said === undefined
    ? entry(i, "kubelet", `pod ${i} is well`)
    : entry(i, "dockerd", `time="${new Date((BASE + i * 100_000) / 1000).toISOString()}" ${said}`);
});

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "journal-files-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

function fileOf(name: string, bytes: Buffer): string {
  const file = path.join(fs.mkdtempSync(path.join(dir, "case-")), name);
  fs.writeFileSync(file, bytes);
  return file;
}

const investigate = (file: string, options: Partial<AnalyzeOptions> = {}): Promise<Report> =>
  analyze([file], { grammars, rules, version: "test", ...options });

const { bytes } = written(ENTRIES, { packing: ZSTD, compact: true });

describe("a journal file as evidence", () => {
  it.each([
    ["system@0123.journal", bytes],
    ["user-1000.journal~", bytes],
    ["system.journal.gz", zlib.gzipSync(bytes)],
    ["renamed.txt", bytes],
  ])("%s: is known by its content, judged, and quoted in journalctl's words", async (name, content) => {
    const report = await investigate(fileOf(name, content));
    expect(report.sources[0]).toMatchObject({ format: "journal-file", records: 400, unparsed: 0 });
    expect(report.problems).toEqual([]);
    const fallback = report.findings.find(({ rule }) => rule === "registry-v1-fallback")!;
    expect(fallback.evidence.map(({ line, text }) => [line, text])).toContainEqual([
      211,
      `2026-03-02T10:00:21.000000+0000 build-7 dockerd[611]: time="2026-03-02T10:00:21.000Z" ${SAID[1]}`,
    ]);
  });

  it("gives the same report when no entry is passed over", async () => {
    const file = fileOf("system.journal", bytes);
    expect(await investigate(file, { prefilter: false })).toEqual(await investigate(file));
  });

  it("is shown entry by entry in the timeline", async () => {
    const lines = [];
    for await (const batch of timeline([fileOf("system.journal", bytes)], { grammars, version: "test" }))
      lines.push(...batch);
    expect(lines).toHaveLength(400);
    expect(lines[0]).toMatchObject({
      line: 1,
      time: BASE,
      text: "2026-03-02T10:00:00.000000+0000 build-7 kubelet[611]: pod 0 is well",
    });
  });

  it("that is packed and cut is read up to there, with both reasons", async () => {
    const packed = zlib.gzipSync(bytes, { level: 0 });
    const report = await investigate(fileOf("system.journal.gz", packed.subarray(0, packed.length * 0.8)));
    expect(report.findings.map(({ rule }) => rule)).toContain("registry-v1-fallback");
    expect(report.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the file breaks off before its end: .* of 400 entries were read$/),
      expect.stringMatching(/^the compressed data breaks off/),
    ]);
  });

  it("that this version cannot read is reported with the next step, and counted", async () => {
    const newer = Buffer.from(bytes);
    newer.writeUInt32LE(1 << 20, 12);
    const { problems, sources } = await investigate(fileOf("system.journal", newer));
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^a journal file whose header asks for features \(0x100000\).*journalctl/),
    ]);
    expect(sources[0]).toMatchObject({ records: 1, unparsed: 1 });
  });
});
