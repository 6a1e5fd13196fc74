import { describe, expect, it } from "@jest/globals";
import { coversKind } from "../../../src/run/coverage.js";
import { Coverage } from "../../../src/timeline/topology/coverage.js";

describe("what the evidence covers", () => {
  const coverage = new Coverage();
  coverage.note(0, "log", 0, 100);
  coverage.note(1, "log", 50, 200);
  coverage.note(2, "packets", 0, 80);
  coverage.note(3, "packets", 120, 200);

  it.each<[string, string, number, number, boolean]>([
    ["packets, by one capture that covers all of it", "dns.answer", 10, 80, true],
    ["packets, also by their category", "network", 120, 200, true],
    ["no packets where a capture ends inside", "dns.answer", 10, 81, false],
    ["no packets where two captures leave a gap between them", "tcp.segment", 70, 130, false],
    ["what is in logs, where all of them cover it", "registry.status", 50, 100, true],
    ["not where one of the logs, which may be the one, does not", "registry.status", 40, 100, false],
    ["not where a log ends inside", "any", 60, 101, false],
    ["no system calls without a trace", "socket.connect", 60, 70, false],
  ])("%s", (_, action, from, to, expected) => {
    expect(coversKind(coverage, action, from, to)).toBe(expected);
  });

  it("nothing, when there is nothing", () => {
    expect(coversKind(new Coverage(), "registry.status", 0, 1)).toBe(false);
  });
});
