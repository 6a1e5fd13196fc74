import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import type { Shape } from "../../src/grammar/types.js";
import type { Report } from "../../src/report/contract.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { rules } from "../../src/rules/generated.js";
import { analyze } from "../../src/run/analyze.js";
import { rawFrame } from "../evidence/zstd-files.js";

/** One good log; every bad file lies beside a copy of it and must not cost it. */
const GOOD = [
  'time="2026-03-02T10:00:00.525513842Z" level=debug msg="Trying to pull registry.example.net/team/app from https://registry.example.net v2"',
  'time="2026-03-02T10:00:05.526690699Z" level=debug msg="Error getting v2 registry: Get https://registry.example.net/v2/: net/http: request canceled while waiting for connection"',
  'time="2026-03-02T10:00:05.527100489Z" level=debug msg="Trying to pull registry.example.net/team/app from https://registry.example.net v1"',
  'time="2026-03-02T10:00:05.545646603Z" level=debug msg="Got status code 404 from https://registry.example.net/v1/repositories/team/app/tags/1.0"',
  'time="2026-03-02T10:00:05.545965308Z" level=debug msg="Not continuing with error: Tag 1.0 not found in repository registry.example.net/team/app"',
  "",
].join("\n");

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "bad-input-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

/** Analyses a folder that holds the good log and what `make` puts beside it. */
async function beside(
  name: string,
  make: (file: string) => void,
): Promise<{ report: Report; messages: string[] }> {
  const folder = fs.mkdtempSync(path.join(dir, "case-"));
  fs.writeFileSync(path.join(folder, "good.log"), GOOD);
  make(path.join(folder, name));
  const report = await analyze([folder], { grammars, rules, version: "test" });
  expect(report.findings.map(({ rule }) => rule)).toContain("registry-v1-fallback");
  return {
    report,
    messages: report.problems.filter(({ path: place }) => place === name).map(({ message }) => message),
  };
}

/** Analyses one file alone. */
async function alone(name: string, bytes: Buffer): Promise<Report> {
  const folder = fs.mkdtempSync(path.join(dir, "alone-"));
  fs.writeFileSync(path.join(folder, name), bytes);
  return analyze([folder], { grammars, rules, version: "test" });
}

describe("bad evidence never costs good evidence, and is never passed over in silence", () => {
  it.each<[string, (file: string) => void, RegExp]>([
    ["empty", (file) => fs.writeFileSync(file, ""), /empty/],
    ["pipe", (file) => void execFileSync("mkfifo", [file]), /named pipe/],
    ["loop", (file) => fs.symlinkSync(".", file), /loop/],
    ["dangling", (file) => fs.symlinkSync("nowhere", file), /no such file/],
    [
      "program",
      (file) =>
        fs.writeFileSync(file, Buffer.from(`\x7fELF\x02\x01\x01${"\0\x01\x02".repeat(400)}`, "latin1")),
      /binary/,
    ],
    [
      "prose",
      (file) => fs.writeFileSync(file, "Dear colleagues,\nplease find attached what we have.\n"),
      /no format/,
    ],
    [
      "log.xz",
      (file) => fs.writeFileSync(file, Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2, 3])),
      /xz is damaged from its beginning/,
    ],
    [
      "cut.log.gz",
      (file) => fs.writeFileSync(file, zlib.gzipSync(GOOD.repeat(50)).subarray(0, 200)),
      /breaks off/,
    ],
    [
      "cut.pcap",
      (file) =>
        fs.writeFileSync(
          file,
          Buffer.from(
            "d4c3b2a1020004000000000000000000ffff000001000000000000000000000064000000640000000102",
            "hex",
          ),
        ),
      /packet 1\b/,
    ],
    ["nul.log", (file) => fs.writeFileSync(file, `${GOOD}\0\0\0\n`), /NUL/],
  ])("%s", async (name, make, message) => {
    const { messages } = await beside(name, make);
    expect(messages).toContainEqual(expect.stringMatching(message));
  });

  it("reads the lines before and after one of many megabytes", async () => {
    const { report, messages } = await beside("long.log", (file) =>
      fs.writeFileSync(file, `${GOOD}${"x".repeat(5 << 20)}\n${GOOD}`),
    );
    expect(messages).toEqual(expect.arrayContaining([expect.stringMatching(/longer than 1 MiB/)]));
    expect(report.sources.find(({ path: place }) => place === "long.log")).toMatchObject({
      records: 11,
      parsed: 10,
      unparsed: 1,
    });
  });

  it.each<[string, Buffer]>([
    ["CRLF", Buffer.from(GOOD.replaceAll("\n", "\r\n"))],
    ["a byte order mark", Buffer.from(`\ufeff${GOOD}`)],
    ["UTF-16", Buffer.from(`\ufeff${GOOD}`, "utf16le")],
    ["UTF-16, big endian", Buffer.from(`\ufeff${GOOD}`, "utf16le").swap16()],
    ["gzip", zlib.gzipSync(GOOD)],
    ["zstd", rawFrame(Buffer.from(GOOD))],
    ["blanks before every line", Buffer.from(GOOD.replaceAll(/^(?=.)/gm, "  "))],
    ["no line end after the last line", Buffer.from(GOOD.trimEnd())],
  ])("understands a log with %s", async (_, bytes) => {
    const report = await alone("docker.log", bytes);
    expect(report.sources[0]).toMatchObject({ format: "dockerd", records: 5, parsed: 5, unparsed: 0 });
    const finding = report.findings.find(({ rule }) => rule === "registry-v1-fallback")!;
    expect(finding.evidence.map(({ text }) => text.replace(/^ +/, "")).join("\n")).toContain(
      "Error getting v2 registry: Get https://registry.example.net/v2/",
    );
  });

  it("tells of the program's own mistakes as such, and of the evidence that shows them", async () => {
    const folder = fs.mkdtempSync(path.join(dir, "mistake-"));
    const file = path.join(folder, "odd.log");
    // Neither the beginning nor the end shows it: it is met when all is read.
    fs.writeFileSync(file, GOOD.repeat(300) + GOOD.replaceAll("team", "odd") + GOOD.repeat(300));
    const mistaken = grammars.map((grammar) => {
      const shapes = grammar.shapes.map((shape): Shape => {
        const decode: Shape["decode"] = (match) => {
          if (match.input.includes("/odd/")) throw new TypeError("it has no such field");
          return shape.decode(match);
        };
        return Object.create(shape, { decode: { value: decode } });
      });
      return grammar.name === "dockerd" ? { ...grammar, shapes } : grammar;
    });
    const analysis = analyze([folder], { grammars: mistaken, rules, version: "test" });
    await expect(analysis).rejects.toThrow("odd.log: it has no such field");
  });

  it("lets no control character of the evidence reach the terminal", async () => {
    const hostile = GOOD.replaceAll("team/app", "team/\x1b]0;owned\x07\x1b[31mapp\u202e").replace(
      "1.0",
      "1\x9b0",
    );
    const text = renderTerminal(await alone("evil\x1b[2J.log", Buffer.from(hostile)), {
      width: 100,
      color: false,
      utf8: true,
    });
    expect(text.replaceAll("\n", "")).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  });
});
