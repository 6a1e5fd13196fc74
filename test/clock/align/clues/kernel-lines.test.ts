import { describe, expect, it } from "@jest/globals";
import type { LookedAt } from "../../../../src/clock/align/clue.js";
import { kernelLines } from "../../../../src/clock/align/clues/kernel-lines.js";
import type { Fields } from "../../../../src/model/event.js";
import { taken } from "./told.js";

const words = "eth0: renamed from veth4a7c21f";
const line = (fields: Fields, whole = false) => ({
  at: 7,
  whole,
  action: "log.line",
  fields: { "process.name": "kernel", message: words, ...fields },
});
const monotonic = (stamp: string, fields: Fields = {}) =>
  line({ "@timestamp": stamp, "@timestamp.kind": "monotonic", ...fields });
const ring: Partial<LookedAt> = { format: "dmesg", stamp: "monotonic" };
const taking = (at: Partial<LookedAt>, ...said: Parameters<typeof taken>[2]) => taken(kernelLines, at, said);

describe("clues from the kernel's lines", () => {
  it("knows a line by its microsecond since boot, however it is printed", () => {
    const told = taking(ring, monotonic("1386.422010"))[0];
    expect(told).toEqual([`kernel 1386422010 ${words}`, 7, 7.000001]);
    expect(taking(ring, monotonic("1386422010"))[0]).toEqual(told);
  });

  it("knows a line by a name in it that no two hosts share, and has journald take it when it was written", () => {
    const key = `kernel.named ${words}`;
    expect(taking(ring, monotonic("1386.422010"))[1]).toEqual([key, 7, 7.250001]);
    expect(taking({ format: "journal-json", stamp: "epoch" }, line({ "@timestamp.kind": "epoch" }))).toEqual([
      [key, 7, 7.000001],
    ]);
    const syslog = line({ "@timestamp.kind": "syslog", "@timestamp": "Nov 22 03:52:37" }, true);
    expect(taking({ format: "journal-short", stamp: "syslog" }, syslog)).toEqual([[key, 6.75, 8.25]]);
  });

  it("does not know a port of a bridge by it that enters a state: it may do so again", () => {
    const port = { message: "br-lan: port 2(veth4a7c21f) entered blocking state" };
    expect(taking({ format: "journal-json", stamp: "epoch" }, line(port))).toEqual([]);
  });

  it("knows other lines where the host is told: by the line, or by what lies beside the file", () => {
    const common = { message: "br-lan: topology change detected, propagating" };
    const key = `copied corpdev1 0 ${common.message}`;
    expect(taking(ring, monotonic("1386.422010", common)).map(([told]) => told)).not.toContain(key);
    expect(
      taking({ ...ring, host: "corpdev1" }, monotonic("1386.422010", common)).map(([told]) => told),
    ).toContain(key);
    const journal = line({ ...common, "host.hostname": "corpdev1.example.net" });
    expect(taking({ format: "journal-json", stamp: "epoch" }, journal).map(([told]) => told)).toEqual([key]);
  });

  it("does not take an address in memory for a name", () => {
    const memory = { message: "BIOS-e820: [mem 0x00000000bffd9000-0x00000000bfffffff] reserved" };
    expect(taking({ format: "journal-json", stamp: "epoch" }, line(memory))).toEqual([]);
  });

  it("compares nothing with the journal that was said while the host booted", () => {
    expect(taking(ring, monotonic("2.422010")).map(([key]) => key)).toEqual([`kernel 2422010 ${words}`]);
  });

  it("does not believe the times that dmesg works out", () => {
    const dated = line({ "@timestamp": "Sun Nov 22 03:56:12 2026", "@timestamp.kind": "ctime" }, true);
    expect(taking({ format: "dmesg", stamp: "ctime" }, dated)).toEqual([]);
  });

  it("leaves processes' lines to others", () => {
    expect(
      taking({ format: "journal-json" }, line({ "process.name": "dockerd", "process.pid": 811 })),
    ).toEqual([]);
  });
});
