import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import type { Report } from "../../src/report/contract.js";
import { rules } from "../../src/rules/generated.js";
import { analyze } from "../../src/run/analyze.js";
import { type TarPart, tarOf } from "../evidence/archive/makers.js";

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "bundles-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

/** What sos collects on a host whose clock shows `date`, with a log that says nothing of its year and zone. */
const sosreport = (name: string, zone: string, date: string): TarPart[] =>
  [
    { name: "date", type: "2", link: "sos_commands/date/date" },
    { name: "sos_commands/date/date", text: `${date}\n` },
    { name: "sos_commands/host/hostname", text: `${name}\n` },
    { name: "etc/localtime", type: "2", link: `../usr/share/zoneinfo/${zone}` },
    { name: "proc/stat", text: "cpu  10 20 30 40\nbtime 1795318000\n" },
    {
      name: "sos_commands/kernel/dmesg",
      text: "[  100.250000] docker0: port 2(veth1a2b) entered disabled state\n[  101.250000] docker0: port 2(veth1a2b) entered forwarding state\n",
    },
    {
      name: "var/log/messages",
      text: `Nov 22 12:50:40 ${name} kernel: docker0: port 2(veth1a2b) entered disabled state\n`,
    },
  ].map((part) => ({ ...part, name: `sosreport-${name}/${part.name}` }));

function saved(...archives: { name: string; bytes: Buffer }[]): string {
  const folder = fs.mkdtempSync(path.join(dir, "case-"));
  for (const { name, bytes } of archives) fs.writeFileSync(path.join(folder, name), bytes);
  return folder;
}

const sourceOf = ({ sources }: Report, ending: string) =>
  sources.find((source) => source.path.endsWith(ending))!;
const clockOf = (report: Report, ending: string) =>
  report.clocks.find(({ id }) => id === sourceOf(report, ending).clock)!;
const investigate = (folder: string) => analyze([folder], { grammars, rules, version: "test" });

describe("a bundle", () => {
  const moscow = tarOf(...sosreport("node-1", "Europe/Moscow", "Sun Nov 22 12:50:45 MSK 2026"));
  const tokyo = tarOf(...sosreport("node-2", "Asia/Tokyo", "Sun Nov 22 12:50:45 JST 2026"));

  it("tells year, zone and boot of what was collected in it, each bundle its own", async () => {
    const report = await investigate(
      saved({ name: "a.tar.gz", bytes: zlib.gzipSync(moscow) }, { name: "b.tar", bytes: tokyo }),
    );
    expect(sourceOf(report, "node-1/var/log/messages").from).toBe("2026-11-22T09:50:40.000000000Z");
    expect(sourceOf(report, "node-2/var/log/messages").from).toBe("2026-11-22T03:50:40.000000000Z");
    expect(clockOf(report, "node-2/var/log/messages").basis).toBe(
      "local time without a year: 2026 (the last before b.tar!/sosreport-node-2/sos_commands/date/date), read as Asia/Tokyo, the zone of node-2 (b.tar!/sosreport-node-2/etc/localtime)",
    );
    expect(sourceOf(report, "node-1/sos_commands/kernel/dmesg").from).toBe("2026-11-22T03:28:20.250000000Z");
    expect(clockOf(report, "node-1/sos_commands/kernel/dmesg").basis).toBe(
      "spans since the boot of node-1 (a.tar.gz!/sosreport-node-1/proc/stat)",
    );
  });

  it("is understood inside of another one", async () => {
    const outer = tarOf(
      { name: "uploads/b.tar.gz", text: zlib.gzipSync(tokyo) },
      { name: "note", text: "Sun Nov 22 03:50:45 UTC 2026\n" },
    );
    const report = await investigate(saved({ name: "case.tar", bytes: outer }));
    expect(sourceOf(report, "messages")).toMatchObject({
      path: "case.tar!/uploads/b.tar.gz!/sosreport-node-2/var/log/messages",
      from: "2026-11-22T03:50:40.000000000Z",
    });
  });

  it("leaves none of what tells of the host unexplained", async () => {
    const report = await investigate(saved({ name: "a.tar", bytes: moscow }));
    const unread = report.sources.filter(
      ({ unparsed, problems }) => unparsed > 0 || problems.some(({ severity }) => severity === "error"),
    );
    expect(unread.map((source) => source.path)).toEqual([]);
  });
});
