import { describe, expect, it } from "@jest/globals";
import { inferClocks } from "../../src/clock/infer.js";
import type { Observed } from "../../src/clock/observed.js";
import { SourceClock } from "../../src/clock/source-clock.js";
import type { StampKind } from "../../src/model/stamp.js";

const utc = (text: string) => Date.parse(text) * 1000;
let ids = 0;
const observed = (kind: StampKind, texts: string[], inner?: string[]): Observed => ({
  source: ids++,
  path: `source-${ids}`,
  samples: texts.map((text, i) => ({
    line: i + 1,
    outer: { kind, text },
    inner: inner && { kind: "rfc3339", text: inner[i]! },
  })),
});
const times = (source: Observed, others: Observed[] = [], options = {}) => {
  const inferred = inferClocks([source, ...others], options).get(source.source)!;
  const clock = new SourceClock(inferred.completion);
  const got = source.samples.map(({ outer }, i) => {
    clock.stamp(outer.kind, outer.text, i + 1);
    return clock.us;
  });
  return { got, inferred };
};

describe("inferClocks", () => {
  it("takes zone and year from the stamps inside the same records", () => {
    const journal = observed(
      "syslog",
      ["Nov 22 06:52:32", "Nov 22 06:52:37"],
      ["2026-11-22T03:52:32.525Z", "2026-11-22T03:52:37.526Z"],
    );
    const { got, inferred } = times(journal);
    expect(got).toEqual([utc("2026-11-22T03:52:32Z"), utc("2026-11-22T03:52:37Z")]);
    expect(inferred.island).toBeUndefined();
    expect(inferred.clock.basis).toMatch(/inside its own messages/);
  });

  it("takes the year from the nearest dated source", () => {
    const { got } = times(observed("syslog", ["Dec 31 23:59:59", "Jan  1 00:00:01"]), [
      observed("rfc3339", ["2027-01-01T00:00:00Z"]),
    ]);
    expect(got).toEqual([utc("2026-12-31T23:59:59Z"), utc("2027-01-01T00:00:01Z")]);
  });

  it("lets the year roll over at New Year, and counts leap days only where there are any", () => {
    const { got } = times(
      observed("syslog", ["Feb 28 12:00:00", "Mar  1 12:00:00", "Dec 31 12:00:00", "Jan  2 12:00:00"]),
      [],
      { year: 2025 },
    );
    expect(got).toEqual(
      ["2025-02-28", "2025-03-01", "2025-12-31", "2026-01-02"].map((day) => utc(`${day}T12:00:00Z`)),
    );
  });

  it("puts times of day on the only day of the other evidence, over midnight too", () => {
    const { got, inferred } = times(observed("hms", ["23:59:59.5", "00:00:00.5"]), [
      observed("rfc3339", ["2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z"]),
    ]);
    expect(got).toEqual([utc("2026-03-01T23:59:59.5Z"), utc("2026-03-02T00:00:00.5Z")]);
    expect(inferred.clock.basis).toMatch(/only day/);
  });

  it("lets times of day float when nothing tells the date, or several days might", () => {
    expect(times(observed("hms", ["10:00:00"])).inferred).toMatchObject({
      island: "day",
      clock: { floating: true },
    });
    const others = [observed("rfc3339", ["2026-03-01T10:00:00Z", "2026-03-03T10:00:00Z"])];
    expect(times(observed("hms", ["10:00:00"]), others).inferred.island).toBe("day");
  });

  it("reads local time as the zone that the user names", () => {
    const { got } = times(observed("datetime", ["2026-07-01 12:00:00"]), [], { tz: "Europe/Berlin" });
    expect(got).toEqual([utc("2026-07-01T10:00:00Z")]);
  });

  it("takes times of day that begin at midnight to the microsecond and go back for spans, whose blank was lost", () => {
    const steps = ["00:00:00.000000", "00:00:05.000000", "00:00:00.250000"];
    expect(times(observed("hms", steps)).got).toEqual([0, 5_000_000, 5_250_000]);
    for (const [first, ...others] of [
      ["00:00:00.000000", "00:00:05.000000", "00:00:05.250000"],
      ["00:00:01.000000", "00:00:05.000000", "00:00:00.250000"],
    ])
      expect(times(observed("hms", [first!, ...others])).inferred.completion.stepwise).toBeUndefined();
  });

  it("tells spans since the first record (tcpdump -ttttt) from spans since the one before (-ttt)", () => {
    const rising = ["00:00:00.000000", "00:00:00.500000", "00:00:05.000000"];
    expect(times(observed("elapsed", rising)).got).toEqual([0, 500_000, 5_000_000]);
    const steps = ["00:00:00.000000", "00:00:00.500000", "00:00:00.250000"];
    expect(times(observed("elapsed", steps)).got).toEqual([0, 500_000, 750_000]);
  });

  it("gives sources without stamps an order of their own, each", () => {
    const [a, b] = [observed("none", [""]), observed("none", [""])];
    const clocks = inferClocks([a, b], {});
    expect(clocks.get(a.source)!.island).not.toBe(clocks.get(b.source)!.island);
  });

  it("sees a log that runs backwards", () => {
    const stamps = ["22", "21", "20", "19", "18"].map((second) => `2026-11-22T03:52:${second}Z`);
    expect(times(observed("rfc3339", stamps)).inferred.reversed).toBe(true);
    expect(times(observed("rfc3339", [...stamps].reverse())).inferred.reversed).toBe(false);
  });

  it("does not take one step back of the clock for a backwards log", () => {
    const stamps = ["10:00:00", "10:00:01", "02:00:00", "02:00:01", "02:00:02"].map(
      (time) => `2026-11-22T${time}Z`,
    );
    expect(times(observed("rfc3339", stamps)).inferred.reversed).toBe(false);
  });
});
