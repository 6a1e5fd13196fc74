import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { contextOf, ticks } from "../../../../src/report/html/timeline/axis.js";
import {
  clamped,
  framed,
  lengthOf,
  momentAt,
  moved,
  wholeExtent,
  zoomed,
} from "../../../../src/report/html/timeline/extent.js";

const ORIGIN = Date.UTC(2026, 10, 22, 0, 52, 30) * 1000;
const SECOND = 1e6;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const labels = (from: number, to: number, most = 6) =>
  ticks(ORIGIN, { from, to }, most).map(({ label, strong }) => (strong ? `*${label}` : label));

describe("the axis", () => {
  it("names days, and where months and years begin", () => {
    expect(labels(0, 4 * DAY, 4)).toEqual(["23 Nov", "24 Nov", "25 Nov", "26 Nov"]);
    expect(labels(0, 120 * DAY)).toEqual(["Dec 2026", "*2027", "Feb 2027", "Mar 2027"]);
    expect(labels(0, 1500 * DAY)).toEqual(["2027", "2028", "2029", "2030"].map((year) => `*${year}`));
  });

  it("names hours and minutes, and the day at midnight", () => {
    expect(labels(-HOUR, 20 * MINUTE)).toEqual(["*22 Nov", "00:15", "00:30", "00:45", "01:00"]);
    expect(labels(18 * HOUR, 30 * HOUR)).toEqual(["21:00", "*23 Nov", "03:00", "06:00"]);
  });

  it("names seconds", () => {
    expect(labels(0, 5 * SECOND)).toEqual([
      "00:52:30",
      "00:52:31",
      "00:52:32",
      "00:52:33",
      "00:52:34",
      "00:52:35",
    ]);
  });

  it("names parts of a second down to microseconds and below, and the second where it changes", () => {
    expect(labels(0.9 * SECOND, 1.1 * SECOND)).toEqual([".90", ".95", "*00:52:31", ".05", ".10"]);
    expect(labels(525_263, 525_268, 5)).toEqual([
      ".525263",
      ".525264",
      ".525265",
      ".525266",
      ".525267",
      ".525268",
    ]);
    expect(labels(525_263, 525_263.5, 5)).toEqual([
      ".5252630",
      ".5252631",
      ".5252632",
      ".5252633",
      ".5252634",
      ".5252635",
    ]);
  });

  it("says once what all labels leave out", () => {
    const context = (from: number, to: number) => {
      const extent = { from, to };
      return contextOf(ORIGIN, extent, ticks(ORIGIN, extent, 6));
    };
    expect(context(0, 400 * DAY)).toBe("UTC");
    expect(context(0, 20 * DAY)).toBe("2026 UTC");
    expect(context(0, 5 * SECOND)).toBe("2026-11-22 UTC");
    expect(context(7_525_263, 7_525_268)).toBe("2026-11-22 00:52:37 UTC");
  });

  it("gives ticks in order, inside of the view, and about as many as are wanted, at every zoom", () => {
    const from = fc.double({ min: -DAY, max: 30 * DAY, noNaN: true });
    fc.assert(
      fc.property(
        from,
        fc.double({ min: 1, max: 11.5, noNaN: true }),
        fc.integer({ min: 2, max: 20 }),
        (start, power, most) => {
          const extent = { from: start, to: start + 10 ** power };
          const found = ticks(ORIGIN, extent, most);
          expect(found.length).toBeLessThanOrEqual(most * 2.5 + 1);
          found.forEach(({ at, label }, i) => {
            expect(label).not.toBe("");
            if (i > 0) expect(at).toBeGreaterThan(found[i - 1]!.at);
            expect(at).toBeGreaterThanOrEqual(extent.from - 1e-3);
            expect(at).toBeLessThanOrEqual(extent.to + 1e-3);
          });
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe("the view", () => {
  const whole = wholeExtent(10 * DAY);

  it("shows all with a margin, and a single moment with half a second on each side", () => {
    expect(wholeExtent(100)).toEqual({ from: -2, to: 102 });
    expect(wholeExtent(0)).toEqual({ from: -500_000, to: 500_000 });
  });

  it("zooms about a moment, which stays where it is", () => {
    const extent = { from: DAY, to: 2 * DAY };
    const at = momentAt(extent, 0.25);
    const finer = zoomed(extent, 8, whole, at);
    expect(lengthOf(finer)).toBeCloseTo(DAY / 8, 3);
    expect(momentAt(finer, 0.25)).toBeCloseTo(at, 3);
  });

  it("zooms from days to a microsecond and no further", () => {
    let extent = whole;
    for (let i = 0; i < 60; i++) extent = zoomed(extent, 2, whole, 123_456_789);
    expect(lengthOf(extent)).toBeCloseTo(1, 3);
    expect(momentAt(extent, 0.5)).toBeGreaterThan(123_456_787);
    expect(momentAt(extent, 0.5)).toBeLessThan(123_456_791);
  });

  it("moves, and stops at the ends", () => {
    expect(moved({ from: 0, to: HOUR }, 0.5, whole)).toEqual({ from: HOUR / 2, to: 1.5 * HOUR });
    expect(moved({ from: 0, to: HOUR }, -1e9, whole).from).toBe(whole.from);
    expect(moved({ from: 0, to: HOUR }, 1e9, whole).to).toBe(whole.to);
  });

  it("frames a stretch with a margin, and a moment with half a second", () => {
    expect(framed({ from: HOUR, to: HOUR + 400 }, whole)).toEqual({ from: HOUR - 100, to: HOUR + 500 });
    expect(framed({ from: HOUR, to: HOUR }, whole)).toEqual({ from: HOUR - 500_000, to: HOUR + 500_000 });
  });

  it("never shows more than there is, whatever a link says", () => {
    expect(clamped({ from: -1e15, to: 1e15 }, whole)).toEqual(whole);
    expect(clamped({ from: 1e15, to: 1e15 + HOUR }, whole).to).toBe(whole.to);
  });
});
