import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { precise, roughly } from "../../src/report/durations.js";
import { driftCell, offsetCell, offsetWords, pairWords } from "../../src/report/offset-words.js";

const measured = (min: number | null, max: number | null, best: number | null = null) => ({ min, max, best });

describe("an offset in words", () => {
  it.each<[string, Parameters<typeof offsetWords>[0], string]>([
    ["ahead", measured(1.2497, 1.2505, 1.2501), "1.2501 s ahead of dump, ±400 µs"],
    ["behind", measured(-3.2174, -3.2166, -3.217), "3.2170 s behind dump, ±400 µs"],
    ["by microseconds", measured(-1.250062, -1.250045, -1.250058), "1.25006 s behind dump, ±15 µs"],
    ["by a zone", measured(10782.5, 10783.5, 10783), "2 h 59 min 43.0 s ahead of dump, ±500 ms"],
    ["by a second that stamps leave open", measured(-17.4, -16.5, -17), "17.0 s behind dump, ±500 ms"],
    ["without a likeliest value: the middle", measured(1, 3), "2 s ahead of dump, ±1 s"],
    ["as told", measured(3.2, 3.2, 3.2), "3.2 s ahead of dump"],
    ["none", measured(0, 0, 0), "in step with dump"],
    ["none that is known of", measured(-0.0004, 0.0001, 0), "in step with dump to within 400 µs"],
    [
      "anything",
      measured(-7200, 20, 0),
      "perhaps in step with dump: between 2 h 0 min behind and 20 s ahead",
    ],
    ["at least", measured(2, null), "at least 2 s ahead of dump"],
    ["at least, backwards", measured(null, -2), "at least 2 s behind dump"],
    ["at most", measured(null, 0.5), "at most 500 ms ahead of dump; how far behind nothing tells"],
    ["at most, backwards", measured(-0.5, null), "at most 500 ms behind dump; how far ahead nothing tells"],
    ["a bound to the microsecond", measured(1.2498691, null), "at least 1.249869 s ahead of dump"],
    ["without bounds", measured(null, null), "compared with dump, and still unknown"],
  ])("says %s", (_, offset, words) => {
    expect(offsetWords(offset, "dump")).toBe(words);
  });

  it("has a short form for tables", () => {
    expect(offsetCell(measured(1.2497, 1.2505, 1.2501))).toBe("+1.2501 s ±400 µs");
    expect(offsetCell(measured(-0.5, 0.5, 0))).toBe("0 ±500 ms");
    expect(offsetCell(measured(0, 0, 0))).toBe("0");
    expect(offsetCell(measured(null, -2))).toBe("≤ -2 s");
    expect(offsetCell(measured(1.2498691, null))).toBe("≥ +1.249869 s");
    expect(offsetCell(measured(null, 1.2498691))).toBe("≤ +1.24987 s");
    expect(offsetCell(measured(-10_800.0004, null))).toBe("≥ -3 h 0 min 0.001 s");
    expect(offsetCell(null)).toBe("");
  });

  it("is told of two records too, that bound it on one side more often than not", () => {
    expect(pairWords({ min: 1.249869, max: null }, "dump")).toBe("at least 1.249869 s ahead of dump");
    expect(pairWords({ min: null, max: 0.0000521 }, "dump")).toBe("at most 53 µs ahead of dump");
    expect(pairWords({ min: 1.249869, max: 1.250061 }, "dump")).toBe("1.24996 s ahead of dump, ±110 µs");
    expect(pairWords({ min: null, max: null }, "dump")).toBe("");
  });

  const seconds = fc.double({ min: -119, max: 119, noNaN: true });
  const margin = fc.double({ min: 1e-8, max: 1e3, noNaN: true });

  it("never says less than its bounds leave open", () => {
    fc.assert(
      fc.property(seconds, margin, margin, (best, below, above) => {
        const [, sign, number, unit, within, name] =
          /^([+-]?)([\d.]+)(?: (µs|ms|s))? ±([\d.]+) (ns|µs|ms|s)$/.exec(
            offsetCell(measured(best - below, best + above, best)),
          ) ?? [];
        // Minutes and hours are written in several numbers.
        if (number === undefined) return;
        const us = { ns: 1e-3, µs: 1, ms: 1e3, s: 1e6 };
        const said = Number(`${sign}${number}`) * us[(unit ?? "s") as "s"];
        const open = Number(within) * us[name as "s"];
        expect(said - open).toBeLessThanOrEqual((best - below) * 1e6 + 1e-3);
        expect(said + open).toBeGreaterThanOrEqual((best + above) * 1e6 - 1e-3);
      }),
      { numRuns: 2000, seed: 5 },
    );
  });
});

describe("a span with its margin", () => {
  it.each([
    [1_250_058, 8, "1.250058 s"],
    [1_250_058, 400, "1.2501 s"],
    [999_999_6, 0, "9.999996 s"],
    [119_999_999, 1000, "2 min 0.000 s"],
    [3_600_000_000, 0, "1 h 0 min 0 s"],
    [12_345, 10, "12.35 ms"],
    [0.25, 0.001, "0.250 µs"],
    [5_000_000, Number.POSITIVE_INFINITY, "5.000 s"],
  ])("writes %d µs within %d µs as %s", (us, within, text) => {
    expect(precise(us, within).text).toBe(text);
  });

  it.each([
    [8, "8 µs"],
    [8.44, "8.5 µs"],
    [0.02, "20 ns"],
    [401, "410 µs"],
    [500_000, "500 ms"],
    [1_010_000, "1.1 s"],
  ])("rounds a margin of %d µs outwards to %s", (us, text) => {
    expect(roughly(us)).toBe(text);
  });
});

describe("a rate", () => {
  it("is told in parts per million, its bounds outwards", () => {
    expect(driftCell(12.34e-6, { min: 11.21e-6, max: 13.99e-6 })).toBe("+12.3 ppm (+11.2 to +14.0)");
    expect(driftCell(-100e-6, { min: -140.2e-6, max: 20.4e-6 })).toBe("-100 ppm (-141 to +21)");
    expect(driftCell(5e-6, undefined)).toBe("+5.0 ppm");
    expect(driftCell(null, undefined)).toBe("");
  });
});
