import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import type { TimelineLine } from "../../src/report/timeline.js";
import { rules } from "../../src/rules/generated.js";
import { analyze } from "../../src/run/analyze.js";
import { timeline } from "../../src/run/timeline.js";

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-peeled-"));
afterAll(() => fs.rmSync(dir, { recursive: true }));

const LINES = Array.from({ length: 40 }, (_, i) => {
  const clock = `10:00:${String(i).padStart(2, "0")}`;
  const msg =
    i % 8 === 5
      ? `Handler for POST /v1.41/images/create returned error: Get \\"https://registry.example/v2/\\": dial tcp 10.60.0.22:443: connect: connection refused`
      : `Calling GET /v1.41/containers/${i}/json`;
  return `Mar  2 ${clock} node-1 dockerd[27]: time="2026-03-02T${clock}.000000001Z" level=debug msg="${msg}"`;
});
const PLAIN = `${LINES.join("\n")}\n`;

async function records(name: string, bytes: Buffer | string): Promise<TimelineLine[]> {
  const file = path.join(dir, name);
  fs.writeFileSync(file, bytes);
  const all: TimelineLine[] = [];
  for await (const lines of timeline([file], { grammars, version: "0" })) all.push(...lines);
  return all;
}

const told = (lines: readonly TimelineLine[]) => lines.map(({ action, time }) => [action, time]);

/** The same log as tools and people hand it on: each line behind its prefix, on its own line of the text. */
const DRESSES: [name: string, dress: (line: string, number: number) => string][] = [
  ["in colour", (line) => `\x1b[32m${line.slice(0, 6)}\x1b[0m${line.slice(6)}`],
  ["quoted in a mail", (line) => `> ${line}`],
  ["numbered by cat -n", (line, number) => `${String(number).padStart(6)}\t${line}`],
  ["found by grep", (line) => `/var/log/messages:${line}`],
  ["found by grep -Hn", (line, number) => `messages:${number}:${line}`],
  ["found by grep -n, then quoted", (line, number) => `> ${number}:${line}`],
  ["with Windows' line ends", (line) => `${line}\r`],
  ["from a word processor", (line) => line.replaceAll('"', "\u201c")],
  ["from a web page", (line) => line.replaceAll('"', "&quot;")],
];

describe("a log that was changed on its way", () => {
  it.each(DRESSES)("tells the same %s", async (name, dress) => {
    const plain = await records("plain.log", PLAIN);
    const dressed = LINES.map((line, i) => dress(line, i + 1)).join("\n");
    const found = await records(`${name.replaceAll(/\W/g, "-")}.txt`, dressed);
    expect(told(found)).toEqual(told(plain));
    expect(found.map(({ line }) => line)).toEqual(LINES.map((_, i) => i + 1));
  });

  it("tells the same broken at eighty columns, where lines lie by their first piece", async () => {
    const plain = await records("plain.log", PLAIN);
    const pieces = LINES.map((line) => line.match(/.{1,80}/g)!);
    const found = await records("folded.txt", `${pieces.flat().join("\n")}\n`);
    expect(told(found)).toEqual(told(plain));
    let line = 1;
    expect(found.map((record) => record.line)).toEqual(
      pieces.map(({ length }) => {
        line += length;
        return line - length;
      }),
    );
  });
});

describe("what is cited of such a log", () => {
  const quoted = LINES.map((line) => `> \x1b[1m${line}\x1b[0m\r`).join("\n");
  const bytes = Buffer.from(quoted);

  it.each([
    ["quoted.txt", bytes],
    ["quoted.txt.gz", zlib.gzipSync(bytes)],
  ])("is what lies in %s, byte for byte, with any number of threads", async (name, packed) => {
    const file = path.join(dir, name);
    fs.writeFileSync(file, packed);
    const options = { grammars, rules, version: "0" };
    const report = await analyze([file], options);
    const { evidence } = report.findings.find(({ rule }) => rule === "connection-refused")!;
    expect(evidence.length).toBeGreaterThan(0);
    for (const { line, offset, text } of evidence as { line: number; offset: number; text: string }[]) {
      expect(bytes.toString("latin1", offset, offset + text.length)).toBe(text);
      expect(text).toContain(LINES[line - 1]);
    }
    expect(JSON.stringify(await analyze([file], { ...options, jobs: 1, prefilter: false }))).toBe(
      JSON.stringify(report),
    );
  });
});

describe("a terminal's session", () => {
  it("gives its outputs to their host and file", async () => {
    const session = [
      "[ops@node-9 ~]$ cat /etc/resolv.conf",
      "nameserver 172.28.1.15",
      "[ops@node-9 ~]$ tail -f /var/log/messages",
      ...LINES.slice(0, 3),
      "[ops@node-9 ~]$",
    ];
    const found = await records("session.txt", session.join("\n"));
    expect(found.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["shell.command", "resolver.server", "log.line"]),
    );
    expect(found.filter(({ action }) => action === "unparsed")).toEqual([]);
  });
});

describe("NULs that a crash left", () => {
  it("cost no record, and are told", async () => {
    const file = path.join(dir, "crash.log");
    fs.writeFileSync(file, `${LINES[0]}\n${"\0".repeat(100)}${LINES.slice(1).join("\n")}\n`);
    const report = await analyze([file], { grammars, rules: [], version: "0" });
    expect(report.sources[0]).toMatchObject({ records: LINES.length, unparsed: 0 });
    expect(report.sources[0]!.problems[0]).toMatchObject({ line: 2, offset: LINES[0]!.length + 1 });
  });
});
