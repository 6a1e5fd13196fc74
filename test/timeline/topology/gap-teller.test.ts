import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { Coverage } from "../../../src/timeline/topology/coverage.js";
import { GAP_INPUTS, GapTeller } from "../../../src/timeline/topology/gap-teller.js";
import { at, T0 } from "../events.js";

/** The gaps that these events tell of, in seconds after T0, with what is said of them. */
function gapsOf(...events: Event[]): [from: number, to: number, why: string, lost?: number][] {
  const coverage = new Coverage();
  const teller = new GapTeller(coverage);
  for (const event of events) {
    coverage.observe(event);
    teller.handlers[event.action]?.(event);
  }
  const seconds = (us: number) => (us - T0) / 1e6;
  return coverage
    .gapsOf(0)
    .map(
      ({ from, to, why, lost }) =>
        [seconds(from), seconds(to), why, ...(lost === undefined ? [] : [lost])] as const,
    )
    .map((gap) => [...gap] as [number, number, string, number?]);
}

const unplaced = (action: string, fields: Event["fields"] = {}) => at(Number.NaN, action, fields);
const line = (seconds: number) => at(seconds, "log.line");
const packet = (seconds: number) => at(seconds, "dns.query");
const START = Number.NEGATIVE_INFINITY;

it("all kinds of event by which evidence tells of gaps are handled", () => {
  expect(Object.keys(new GapTeller(new Coverage()).handlers).sort()).toEqual([...GAP_INPUTS].sort());
});

describe("packets that were dropped", () => {
  const ended = (dropped: number, fields = {}) =>
    unplaced("capture.marker", { "capture.dropped": dropped, ...fields });

  it("may be missing anywhere in the run that tcpdump sums up", () => {
    expect(gapsOf(packet(1), packet(9), ended(3), packet(20))).toEqual([
      [START, 9, "3 packets were dropped while capturing", 3],
    ]);
  });

  it("are none where it counts none", () => {
    expect(gapsOf(packet(1), ended(0))).toEqual([]);
  });

  it("are of the second of two runs, where the first lost none", () => {
    expect(gapsOf(packet(1), ended(0), packet(20), packet(30), ended(1))).toEqual([
      [1, 30, "1 packet was dropped while capturing", 1],
    ]);
  });

  it("are counted from the beginning in a pcapng file's statistics, interface by interface", () => {
    const statistics = (dropped: number, name = "eth0") =>
      ended(dropped, { "capture.dropped_since": "start", "interface.name": name });
    expect(
      gapsOf(packet(1), statistics(4), packet(5), statistics(4), packet(9), statistics(10), statistics(10)),
    ).toEqual([
      [START, 1, "4 packets were dropped while capturing", 4],
      [5, 9, "6 packets were dropped while capturing", 6],
    ]);
    expect(gapsOf(packet(1), statistics(4), packet(5), statistics(2, "eth1"))).toEqual([
      [START, 1, "4 packets were dropped while capturing", 4],
      [START, 5, "2 packets were dropped while capturing", 2],
    ]);
  });

  it("lie right before the packet that they are told with", () => {
    expect(
      gapsOf(packet(1), packet(2), ended(7, { "capture.dropped_since": "packet" }), packet(3), packet(4)),
    ).toEqual([[2, 3, "7 packets were dropped while capturing", 7]]);
  });
});

it("bytes of a capture that cannot be read are a gap between the packets around them", () => {
  expect(gapsOf(packet(1), unplaced("capture.marker", { "capture.skipped": 4096 }), packet(8))).toEqual([
    [1, 8, "4096 bytes are damaged", 4096],
  ]);
});

describe("messages that a log's collector lost", () => {
  const lost = (seconds: number, count: number | undefined, fields: Event["fields"]) =>
    at(seconds, "log.lost", { "log.lost": count, ...fields });

  it("of a unit that journald limited were before it says so, since an unknown time", () => {
    expect(gapsOf(line(1), lost(60, 1206, { "log.lost_of": "docker.service" }), line(70))).toEqual([
      [START, 60, "1206 messages of docker.service were lost to a rate limit", 1206],
    ]);
  });

  it("were since it said so of the same unit before", () => {
    const [docker, app] = [{ "log.lost_of": "docker.service" }, { "log.lost_of": "app.service" }];
    expect(
      gapsOf(lost(60, 3, docker), lost(70, 2, app), lost(90, 5, docker)).map(([from, to]) => [from, to]),
    ).toEqual([
      [START, 60],
      [START, 70],
      [60, 90],
    ]);
  });

  it("were between rsyslog's words about the beginning and the end of it", () => {
    const [one, other] = [{ "log.lost_by": "imjournal" }, { "log.lost_by": "imuxsock", "process.pid": 7 }];
    expect(gapsOf(lost(10, undefined, one), lost(20, undefined, other), lost(30, 41, one))).toEqual([
      [10, 30, "41 messages were lost to a rate limit", 41],
    ]);
  });

  it("of the kernel were overwritten", () => {
    expect(gapsOf(lost(30, 52, { "log.lost_of": "kernel" }))).toEqual([
      [START, 30, "52 kernel messages were overwritten before they were read", 52],
    ]);
  });
});

describe("a machine that was not running", () => {
  const boot = unplaced("journal.marker", { "journal.boot": "unnamed" });

  it("recorded nothing between two boots", () => {
    expect(gapsOf(line(1), line(2), boot, line(50), line(60))).toEqual([
      [2, 50, "the machine was started anew"],
    ]);
  });

  it("is not said to have been off before the first record", () => {
    expect(gapsOf(boot, line(1), line(2))).toEqual([]);
  });

  it("is not said to have been off by other words of journalctl", () => {
    expect(gapsOf(line(1), unplaced("journal.marker"), line(50))).toEqual([]);
  });

  it("recorded nothing while it slept", () => {
    expect(gapsOf(line(1), at(2, "kernel.suspend"), at(90, "kernel.resume"), line(91))).toEqual([
      [2, 90, "the machine was asleep"],
    ]);
  });

  it("is not known to have slept where only the end of it is told", () => {
    expect(gapsOf(line(1), at(90, "kernel.resume"))).toEqual([]);
  });
});

it("events that a tracer lost are a gap between the calls around them", () => {
  expect(gapsOf(line(1), unplaced("trace.lost", { "event.count": 123 }), line(2))).toEqual([
    [1, 2, "the tracer lost 123 events", 123],
  ]);
});
