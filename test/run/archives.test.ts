import crypto from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import type { Report } from "../../src/report/contract.js";
import { rules } from "../../src/rules/generated.js";
import { type AnalyzeOptions, analyze } from "../../src/run/analyze.js";
import { explainRecords } from "../../src/run/explain.js";
import { timeline } from "../../src/run/timeline.js";
import { tarOf, zipOf } from "../evidence/archive/makers.js";

const INCIDENT = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  "../../fixtures/incidents/docker-bad-dns",
);
const EVIDENCE = fs
  .readdirSync(INCIDENT)
  .filter((name) => name !== "expected.json")
  .map((name) => ({ name, text: fs.readFileSync(path.join(INCIDENT, name)) }));

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "archives-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

function saved(name: string, bytes: Buffer): string {
  const folder = fs.mkdtempSync(path.join(dir, "case-"));
  fs.writeFileSync(path.join(folder, name), bytes);
  return path.join(folder, name);
}

const options = { grammars, rules, version: "test" };

/** A report without what must differ: the archives, and where members lie. */
function likeThatOfAFolder(report: Report): string {
  const archives = report.sources.filter(({ format }) => /^(?:tar|zip|gzip)$/.test(format));
  const sources = report.sources.filter((source) => !archives.includes(source));
  const prefix = sources[0]!.path.slice(0, sources[0]!.path.lastIndexOf("/") + 1);
  const { findings, rootCauses, clocks, missing } = report;
  return JSON.stringify({
    sources,
    findings,
    rootCauses,
    clocks: clocks.map((clock) => ({ ...clock, sources: [] })),
    missing,
  }).replaceAll(prefix, "");
}

describe("an incident in an archive", () => {
  const tar = tarOf(...EVIDENCE);
  let folder: Report;
  beforeAll(async () => {
    const place = fs.mkdtempSync(path.join(dir, "folder-"));
    for (const { name, text } of EVIDENCE) fs.writeFileSync(path.join(place, name), text);
    folder = await analyze([place], options);
  });

  it.each<[string, string, Buffer]>([
    ["a tar", "bundle.tar", tar],
    ["a packed tar", "bundle.tar.gz", zlib.gzipSync(tar)],
    ["a zip", "bundle.zip", zipOf(...EVIDENCE)],
    ["a packed tar in a zip", "bundle.zip", zipOf({ name: "bundle.tgz", text: zlib.gzipSync(tar) })],
  ])("gives the same report as a folder: %s", async (_, name, bytes) => {
    const report = await analyze([saved(name, bytes)], options);
    // Compared as digests: a difference would fill the screen.
    const digest = (of: Report) => crypto.createHash("sha256").update(likeThatOfAFolder(of)).digest("hex");
    expect(digest(report)).toBe(digest(folder));
  });

  it("is told by the digests of the archive and of its members, which are cited by their own offsets", async () => {
    const bytes = zlib.gzipSync(tar);
    const { sources, findings } = await analyze([saved("bundle.tgz", bytes)], options);
    const digest = (of: Buffer) => crypto.createHash("sha256").update(of).digest("hex");
    expect(sources.at(-1)).toMatchObject({
      path: "bundle.tgz",
      sha256: digest(bytes),
      bytes: bytes.length,
      format: "tar",
      records: 0,
    });
    const members = new Map(EVIDENCE.map(({ name, text }) => [`bundle.tgz!/${name}`, text]));
    for (const source of sources.slice(0, -1)) expect(source.sha256).toBe(digest(members.get(source.path)!));
    const quoted = findings
      .flatMap(({ evidence }) => evidence)
      .filter(({ source }) => /journal|strace/.test(source));
    expect(quoted.length).toBeGreaterThan(3);
    for (const { source, offset, length, text } of quoted)
      expect(
        members
          .get(source)!
          .subarray(offset, offset + length)
          .toString()
          .split("\n")[0],
      ).toBe(text.split("\n")[0]);
  });

  it("leaves no temporary files, and costs no other evidence when it is damaged", async () => {
    const tmp = fs.mkdtempSync(path.join(dir, "tmp-"));
    const file = saved("cut.tgz", zlib.gzipSync(tar).subarray(0, 20_000));
    const good = path.join(INCIDENT, "journal.txt");
    const report = await analyze([good, file], { ...options, tmp } satisfies AnalyzeOptions);
    expect(fs.readdirSync(tmp)).toEqual([]);
    expect(report.findings.map(({ rule }) => rule)).toContain("registry-v1-fallback");
    expect(report.problems).toContainEqual(
      expect.objectContaining({
        severity: "error",
        message: expect.stringMatching(/could not be read to its end/),
      }),
    );
  });

  it("is kept by its members' contents from one analysis to the next", async () => {
    const cache = { dir: path.join(fs.mkdtempSync(path.join(dir, "kept-")), "cache") };
    const first = await analyze([saved("bundle.tgz", zlib.gzipSync(tar))], { ...options, cache });
    expect(fs.readdirSync(cache.dir).length).toBeGreaterThan(0);
    expect(await analyze([saved("bundle.tgz", zlib.gzipSync(tar))], { ...options, cache })).toEqual(first);
  });

  it("has a timeline, and records that can be explained", async () => {
    const file = saved("bundle.tgz", zlib.gzipSync(tar));
    const seen = new Set<string>();
    for await (const lines of timeline([file], { grammars, version: "test" }))
      for (const { source } of lines) seen.add(source);
    expect([...seen].sort()).toEqual(EVIDENCE.map(({ name }) => `bundle.tgz!/${name}`).sort());
    const { records, error } = await explainRecords(`${file}!/journal.txt`, 3, grammars);
    expect([error, records[0]?.through[0]?.grammar.name]).toEqual([undefined, "journal-short"]);
    expect((await explainRecords(file, 1, grammars)).error).toMatch(
      /name one of its members:\n {2}bundle.tgz!\/docker-daemon.strace/,
    );
    expect((await explainRecords(`${file}!/none`, 1, grammars)).error).toMatch(
      /there is no bundle.tgz!\/none/,
    );
  });
});
