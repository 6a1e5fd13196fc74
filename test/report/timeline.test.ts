import { describe, expect, it } from "@jest/globals";
import { renderTimeline, type TimelineFormat, type TimelineLine } from "../../src/report/timeline.js";
import { displayWidth } from "../../src/report/width.js";
import { golden } from "./golden.js";
import { at } from "./samples.js";

const line = (time: number, text: string, more: Partial<TimelineLine> = {}): TimelineLine => ({
  time,
  ns: 0,
  latest: time,
  stamp: "rfc3339",
  source: "var/log/messages",
  line: 1,
  action: "dns.query",
  text,
  ...more,
});

/** Of a capture whose clock was ahead, and of a log whose clock may be: its stamp is as good as any other time within. */
const moved: TimelineLine[] = [
  line(
    at("00:52:32.533041"),
    "eth0  Out IP 172.28.55.39.44301 > 172.28.1.15.53: 54071+ A? docker.moscow.corp.test. (41)",
    {
      source: "dump.pcap",
      latest: at("00:52:32.533841"),
      stamped: at("00:52:33.783441"),
      ns: 7,
    },
  ),
  line(at("23:59:59.9"), "before midnight", {
    stamped: at("00:00:17.5") + 86_400_000_000,
    latest: at("23:59:59.95"),
  }),
  line(at("00:52:37"), "in step", { stamped: at("00:52:37.1"), latest: at("00:52:37.2") }),
  line(at("00:52:38"), "as stamped", { stamped: at("00:52:38") }),
];

const lines: TimelineLine[] = [
  line(
    at("00:52:27.521204"),
    "00:52:27.521204 eth0  Out IP 172.28.55.39.44301 > 172.28.1.15.53: 54071+ A? docker.moscow.corp.test. (41)",
    { ns: 7 },
  ),
  line(at("00:52:32.521204"), "poll([{fd=5, events=POLLIN}], 1, 5000)  = 0 (Timeout)", {
    source: "client.strace",
    line: 104,
    latest: at("00:52:32.641204"),
    action: "dns.wait_timeout",
  }),
  line(at("00:52:32.525263"), 'dockerd[812]: msg="Error trying v2 registry \x1b[31m\u202e"', {
    line: 12,
    action: "registry.v2_error",
  }),
  line(at("00:52:32.525301") + 86_400_000_000, "a day later", { line: 13 }),
  line(13_586_201_760, "03:46:26.201760 IP …", { stamp: "hms", source: "dump.txt" }),
  line(1_386_422_010, "[ 1386.422010] br0: port 1(veth0) entered disabled state", {
    stamp: "monotonic",
    source: "dmesg.txt",
    action: "bridge.port_state",
  }),
  line(Number.NaN, "caf\xc3\xa9 \xff", {
    stamp: "none",
    source: "notes.txt",
    line: 3,
    action: "log.message",
  }),
];

describe("the merged timeline", () => {
  for (const format of ["table", "plain", "jsonl"] as TimelineFormat[]) {
    it(`reads as agreed as ${format}`, () => {
      const text = [...renderTimeline(lines, format)].join("");
      expect(text).toBe(golden(`timeline-${format}.txt`, text));
    });
  }

  it("shows both times of records whose clock was wrong, where there is room for text", () => {
    const table = (width: number) =>
      [...renderTimeline(moved, "table", { width })].map((row) => row.trimEnd());
    expect(table(160)).toEqual([
      "2026-11-22\n00:52:32.533041      ±400 µs  dump.pcap:1                   dns.query               (stamped 00:52:33.783441) eth0  Out IP 172.28.55.39.44301 …w.corp.test. (41)",
      "23:59:59.900000     ±25.0 ms  var/log/messages:1            dns.query               (stamped 2026-11-23 00:00:17.500000) before midnight",
      "00:52:37.000000      ±100 ms  var/log/messages:1            dns.query               in step",
      "00:52:38.000000               var/log/messages:1            dns.query               as stamped",
    ]);
    expect(table(100)[0]).toContain("\n00:52:32.533041*     ±400 µs");
  });

  it("adds the stamp to what programs read where it differs from the time", () => {
    const plain = [...renderTimeline(moved, "plain")].map((row) => row.trimEnd().split("\t")[5]);
    expect(plain).toEqual([
      "stamped 2026-11-22T00:52:33.783441007Z",
      "stamped 2026-11-23T00:00:17.500000000Z",
      "stamped 2026-11-22T00:52:37.100000000Z",
      undefined,
    ]);
    const stamps = [...renderTimeline(moved, "jsonl")].map((row) => JSON.parse(row).stamp);
    expect(stamps).toEqual([
      "2026-11-22T00:52:33.783441007Z",
      "2026-11-23T00:00:17.500000000Z",
      "2026-11-22T00:52:37.100000000Z",
      undefined,
    ]);
  });

  it("takes one line at a time", () => {
    let taken = 0;
    const source = (function* () {
      for (const l of lines) {
        taken++;
        yield l;
      }
    })();
    renderTimeline(source, "jsonl").next();
    expect(taken).toBe(1);
  });

  it("keeps the table to its width and every format to one harmless line", () => {
    const hostile = line(1e15, "\x1b]0;x\x07\n\u202e漢".repeat(2000), {
      source: "a\nb\t".repeat(50),
      action: "x\ny",
    });
    for (const width of [60, 100, 160]) {
      for (const row of [...renderTimeline([hostile, ...lines], "table", { width })].join("").split("\n")) {
        expect(displayWidth(row)).toBeLessThanOrEqual(width);
      }
    }
    expect([...renderTimeline([hostile], "plain")].join("").trimEnd().split("\t")).toHaveLength(5);
    for (const format of ["plain", "jsonl"] as TimelineFormat[]) {
      expect([...renderTimeline([hostile], format)].join("")).not.toMatch(
        /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/,
      );
    }
  });
});
