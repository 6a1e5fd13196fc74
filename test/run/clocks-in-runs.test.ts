import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parseToldOffset } from "../../src/clock/told-offset.js";
import { grammars } from "../../src/grammar/generated.js";
import type { Event } from "../../src/model/event.js";
import { analyze } from "../../src/run/analyze.js";
import { timeline } from "../../src/run/timeline.js";

const incident = path.join(
  path.dirname(new URL(import.meta.url).pathname),
  "../../fixtures/incidents/docker-bad-dns",
);
const text = (us: number) => new Date(us / 1000).toISOString().slice(11);

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "clocks-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

type Options = Partial<Parameters<typeof timeline>[1]>;
async function lines(
  evidence: string,
  options: Options,
): Promise<Pick<Event, "time" | "latest" | "stamped">[]> {
  const all = [];
  for await (const batch of timeline([evidence], { grammars, version: "test", align: false, ...options }))
    all.push(...batch);
  return all;
}

function fileOf(name: string, ...records: string[]): string {
  const file = path.join(dir, name);
  fs.writeFileSync(file, `${records.join("\n")}\n`);
  return file;
}

describe("an offset that the user tells", () => {
  it.each([
    ["a log", "app.log", "2026-11-22T03:52:32.500Z INFO started"],
    [
      "tcpdump's text",
      "dump.txt",
      "2026-11-22 03:52:32.500000 IP 10.0.0.7.40000 > 10.0.0.53.53: 4660+ A? registry.test. (31)",
    ],
    [
      "a trace",
      "curl.strace",
      '1795319552.500000 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.53")}, 16) = 0',
    ],
  ])("moves the records of %s, and keeps what they were stamped", async (_, name, record) => {
    const [line] = await lines(fileOf(name, record), { offsets: [parseToldOffset(`${name}=+3.2`)!] });
    expect([line!.time, line!.latest, line!.stamped!].map(text)).toEqual([
      "03:52:29.300Z",
      "03:52:29.300Z",
      "03:52:32.500Z",
    ]);
  });

  it("moves the packets of a capture", async () => {
    const packets = (options: Options) =>
      lines(incident, { source: (name) => name === "host_any.pcap", ...options });
    const [plain, moved] = [await packets({}), await packets({ offsets: [parseToldOffset("*.pcap=-60")!] })];
    expect(moved.map(({ time }) => time)).toEqual(plain.map(({ time }) => time + 60e6));
    expect(moved.map(({ stamped }) => stamped)).toEqual(plain.map(({ time }) => time));
    expect(plain.every(({ stamped }) => stamped === undefined)).toBe(true);
  });
});

describe("local time that never came", () => {
  it("is told with the first line that has it", async () => {
    const file = fileOf(
      "spring.log",
      "2026-03-29 01:59:59.0 INFO a",
      "2026-03-29 02:30:00.0 INFO b",
      "2026-03-29 02:31:00.0 INFO c",
    );
    const report = await analyze([file], { grammars, rules: [], version: "test", tz: "Europe/Berlin" });
    expect(report.problems).toEqual([
      expect.objectContaining({
        path: "spring.log",
        line: 2,
        severity: "warning",
        message: expect.stringMatching(/never came in Europe\/Berlin/),
      }),
    ]);
  });
});
