import { describe, expect, it } from "@jest/globals";
import { duration, gap, signed } from "../../src/report/durations.js";
import { rfc3339, when } from "../../src/report/times.js";

describe("duration", () => {
  it.each([
    [0, "0 µs"],
    [312, "312 µs"],
    [12_340, "12.3 ms"],
    [152_264, "152 ms"],
    [999_960, "1.000 s"],
    [5_004_321, "5.004 s"],
    [61_500_000, "61.5 s"],
    [200_000_000, "3 min 20 s"],
    [18_720_000_000, "5 h 12 min"],
    [273_600_000_000, "3 d 4 h"],
  ])("writes %d µs as %s", (us, text) => {
    expect(duration(us)).toBe(text);
  });

  it("has a sign where asked", () => {
    expect(signed(3.217)).toBe("+3.217 s");
    expect(signed(-0.0004)).toBe("-400 µs");
    expect(signed(0)).toBe("0 s");
  });
});

describe("gap", () => {
  const T = 1_795_319_188_000_000;
  const at = (from: number, to = from) => when(T + from, T + to);

  it("tells the time between two points", () => {
    expect(gap(at(0), at(5_004_000))).toEqual({ order: "after", text: "5.004 s" });
    expect(gap(at(5_004_000), at(0))).toEqual({ order: "before", text: "5.004 s" });
    expect(gap(rfc3339(T), rfc3339(T))).toEqual({ order: "same" });
  });

  it("claims no order where the intervals overlap", () => {
    expect(gap(at(0, 1_000_000), at(500_000))).toEqual({ order: "unsure" });
  });

  it("rounds bounds outwards", () => {
    expect(gap(at(0, 999_999), at(5_480_000))).toEqual({ order: "after", text: "4.4 to 5.5 s" });
    expect(gap(at(0, 1000), at(1000))).toEqual({ order: "after", text: "up to 1 ms" });
    expect(gap(at(0, 900_000), at(1_000_000))).toEqual({ order: "after", text: "100 ms to 1 s" });
  });

  it("says nothing about what has no time", () => {
    expect(gap(null, at(0))).toBeNull();
  });
});
