import { describe, expect, it } from "@jest/globals";
import { Coverage } from "../../../src/timeline/topology/coverage.js";

/** One source that was seen at these times, µs. */
function seen(...times: number[]): Coverage {
  const coverage = new Coverage();
  coverage.note(0, "log", Number.NaN, Number.NaN, "messages");
  for (const time of times) coverage.see(0, time);
  return coverage;
}

const WHY = { why: "5 messages were lost", line: 7, offset: 700 };

describe("what a source covers", () => {
  it("is the time from its first record to its last", () => {
    const coverage = seen(10, 20, 50);
    expect(coverage.covers(0, 10, 50)).toBe(true);
    expect(coverage.covers(0, 9, 50)).toBe(false);
    expect(coverage.covers(0, 10, 51)).toBe(false);
  });

  it("has a hole where something is missing, and nowhere else", () => {
    const coverage = seen(10, 90);
    coverage.addGap(0, { ...WHY, from: 30, to: 40 });
    expect(coverage.covers(0, 10, 90)).toBe(false);
    expect(coverage.covers(0, 20, 31)).toBe(false);
    expect(coverage.covers(0, 35, 36)).toBe(false);
    expect(coverage.covers(0, 39, 60)).toBe(false);
    // The records at its ends are there.
    expect(coverage.covers(0, 10, 30)).toBe(true);
    expect(coverage.covers(0, 40, 90)).toBe(true);
  });

  it("may have a hole in one moment", () => {
    const coverage = seen(10, 90);
    coverage.addGap(0, { ...WHY, from: 30, to: 30 });
    expect([coverage.covers(0, 10, 30), coverage.covers(0, 30, 90), coverage.covers(0, 31, 90)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("may have several", () => {
    const coverage = seen(10, 90);
    coverage.addGap(0, { ...WHY, from: 50, to: 60 });
    coverage.addGap(0, { ...WHY, from: 20, to: 30 });
    expect(coverage.covers(0, 31, 49)).toBe(true);
    expect(coverage.covers(0, 25, 26)).toBe(false);
    expect(coverage.covers(0, 55, 56)).toBe(false);
    expect(coverage.gapsOf(0).map(({ from }) => from)).toEqual([20, 50]);
  });

  it("keeps what is too much to be kept apart as one long gap", () => {
    const coverage = seen(0, 10_000_000);
    for (let at = 0; at < 2_000; at++)
      coverage.addGap(0, { why: "x", lost: 1, from: at * 10, to: at * 10 + 1 });
    expect(coverage.gapsOf(0)).toHaveLength(1_000);
    expect(coverage.gapsOf(0).reduce((sum, { lost = 0 }) => sum + lost, 0)).toBe(2_000);
    expect(coverage.covers(0, 9_982, 9_983)).toBe(true);
    expect(coverage.covers(0, 19_975, 19_976)).toBe(false);
  });

  it("says which gap is in the way, and where it is told", () => {
    const coverage = seen(10, 90);
    coverage.addGap(0, { ...WHY, from: 30, to: 40 });
    expect(coverage.gapTextIn(0, 10, 90)).toBe("5 messages were lost (messages:7)");
    expect(coverage.gapTextIn(0, 50, 90)).toBeUndefined();
    expect(coverage.gapTextAmong("log", 35, 36)).toBe("5 messages were lost (messages:7)");
    expect(coverage.gapTextAmong("packets", 35, 36)).toBeUndefined();
  });
});

describe("a source that breaks off", () => {
  it("covers nothing from its last record to the next one", () => {
    const coverage = seen(10, 20);
    coverage.breakOff(0, WHY);
    expect(coverage.gapsOf(0)).toMatchObject([{ from: 20, to: Number.POSITIVE_INFINITY }]);
    coverage.see(0, Number.NaN);
    coverage.see(0, 70);
    coverage.see(0, 80);
    expect(coverage.gapsOf(0)).toEqual([{ ...WHY, from: 20, to: 70 }]);
    expect(coverage.covers(0, 10, 19)).toBe(true);
    expect(coverage.covers(0, 15, 75)).toBe(false);
    expect(coverage.covers(0, 71, 80)).toBe(true);
  });

  it("never goes on, where no record follows", () => {
    const coverage = seen(10, 20);
    coverage.breakOff(0, WHY);
    coverage.see(1, 70);
    expect(coverage.gapsOf(0)).toMatchObject([{ from: 20, to: Number.POSITIVE_INFINITY }]);
  });
});

describe("what a source will say at its end", () => {
  it("holds from its beginning on, and is shown where it is said", () => {
    const coverage = seen(10, 20);
    coverage.foretell(0, { ...WHY, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY });
    expect(coverage.covers(0, 10, 20)).toBe(false);
    expect(coverage.gapTextIn(0, 10, 20)).toBe("5 messages were lost (messages:7)");
    expect(coverage.gapsOf(0)).toEqual([]);
  });
});
