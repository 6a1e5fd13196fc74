import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { textOf } from "../../src/explore/line.js";
import { digitsFor, momentText, stepFor, ticksOf } from "../../src/explore/timeline/axis.js";
import { countsIn, levelOf } from "../../src/explore/timeline/counts.js";
import { type Canvas, densityRow, packed, stretchRow } from "../../src/explore/timeline/draw-lane.js";
import type { Lane, Stretch } from "../../src/explore/timeline/lanes.js";
import { penFor } from "../../src/explore/timeline/pen.js";
import { happenings, nextIn } from "../../src/explore/timeline/under.js";
import {
  columnOf,
  framing,
  panned,
  showing,
  type Window,
  zoomed,
} from "../../src/explore/timeline/window.js";
import { Page } from "../../src/report/page.js";
import { density, MINUTE, mark, ORIGIN } from "./sample.js";

const lane = (more: Partial<Lane>): Lane => ({
  key: "source a",
  name: "a",
  densities: [],
  stretches: [],
  marks: [],
  ...more,
});
const stretch = (from: number, to: number, more: Partial<Stretch> = {}): Stretch => ({
  label: "A? registry.test",
  from: { earliest: from, latest: from },
  to: { earliest: to, latest: to },
  outcome: "success",
  cited: false,
  target: { kind: "record", source: "a", line: from },
  ...more,
});
const canvas = (window: Window, columns: number, utf8 = true): Canvas => ({
  window,
  columns,
  pen: penFor(utf8),
  page: new Page({ utf8 }),
});

describe("the window", () => {
  it("frames a stretch with some room on both sides", () => {
    const window = framing(1000, 2000, 100);
    expect(columnOf(window, 1000)).toBe(4);
    expect(columnOf(window, 2000)).toBe(95);
  });

  it("keeps a moment in its column while it zooms, however often", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 30 }), (column, times) => {
        const at = 3e7 + column * 1e5;
        let window: Window = { from: 3e7, per: 1e5 };
        for (let i = 0; i < times; i++) window = zoomed(window, at + 5e4, 1 / 2, 100, MINUTE);
        expect(columnOf(window, at + 5e4)).toBe(column);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it("goes from all of it down to nanoseconds, and no further either way", () => {
    let window = framing(0, 40 * 86_400e6, 100);
    for (let i = 0; i < 100; i++) window = zoomed(window, 5, 1 / 2, 100, 40 * 86_400e6);
    expect(window.per).toBe(0.0001);
    for (let i = 0; i < 100; i++) window = zoomed(window, 5, 2, 100, 40 * 86_400e6);
    expect(window.per * 100).toBeLessThanOrEqual(80 * 86_400e6);
  });

  it("is never moved to where nothing is", () => {
    const window: Window = { from: 0, per: 1000 };
    expect(panned(window, -1e6, 100, MINUTE).from).toBe(-50_000);
    expect(panned(window, 1e9, 100, MINUTE).from).toBe(MINUTE + 50_000 - 100_000);
  });

  it("moves to a moment only when it is not seen", () => {
    const window: Window = { from: 0, per: 1000 };
    expect(showing(window, 99_999, 100, MINUTE)).toBe(window);
    expect(columnOf(showing(window, 1e6, 100, MINUTE), 1e6)).toBe(50);
  });
});

describe("counting records in columns", () => {
  it("adds up what falls into a column, and divides what lies across its border", () => {
    const told = countsIn(lane({ densities: [density("a", 10, 0, [4, 2, 0, 6])] }), { from: 5, per: 20 }, 2);
    expect(told.counts).toEqual([4, 6]);
  });

  it("loses none: all columns together hold all records", () => {
    const counts = fc.array(fc.nat(50), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 64 }), fc.nat(5), (bins, width, first) => {
        const densities = [density("a", width, first, bins)];
        const window: Window = { from: 0, per: ((first + bins.length) * width) / 30 };
        const { counts: seen } = countsIn(lane({ densities }), window, 31);
        expect(seen.reduce((a, b) => a + b, 0)).toBeCloseTo(bins.reduce((a, b) => a + b, 0));
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it("takes the finest density that covers a column, and counts nothing twice", () => {
    const densities = [density("a", 10, 1, [7, 0, 0]), density("a", 40, 0, [7, 5])];
    const { counts, spread } = countsIn(lane({ densities }), { from: 0, per: 10 }, 8);
    expect(counts.slice(1, 4)).toEqual([7, 0, 0]);
    expect(spread.slice(0, 5)).toEqual([true, false, false, false, true]);
  });

  it("counts events where records are not counted", () => {
    const told = countsIn(lane({ marks: [mark("a", 1, 5), mark("a", 2, 7)] }), { from: 0, per: 5 }, 3);
    expect(told.counts).toEqual([0, 2, 0]);
  });

  it("shows one record beside millions", () => {
    expect(levelOf(0, 1e6)).toBe(0);
    expect(levelOf(1, 1e6)).toBe(1);
    expect(levelOf(1e6, 1e6)).toBe(8);
  });
});

describe("the axis", () => {
  it("counts in steps that people know", () => {
    expect([0.3, 40, 700_000, 3e6, 40e6, 100e6, 5e9].map(stepFor)).toEqual([
      0.5, 50, 1e6, 5e6, 60e6, 120e6, 7200e6,
    ]);
    expect([0.001, 1, 1e3, 1e6].map(digitsFor)).toEqual([9, 6, 3, 0]);
  });

  it("tells nanoseconds of today, which no number could hold", () => {
    expect(momentText(ORIGIN, 30_000_000.123, 9)).toBe("2026-11-22 00:52:30.000000123");
  });

  it("names round moments, and names that do not touch, at every zoom", () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 9, noNaN: true }), (power) => {
        const window: Window = { from: 27_000_000, per: 10 ** power };
        const ticks = ticksOf(window, 120, ORIGIN);
        ticks.forEach(({ column, label }, i) => {
          expect(column + label.length).toBeLessThan(ticks[i + 1]?.column ?? 121);
        });
        expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
      }),
      { seed: 3, numRuns: 200 },
    );
    expect(ticksOf({ from: 0, per: 500_000 }, 60, ORIGIN).map(({ label }) => label)).toEqual([
      "00:52:00",
      "00:52:10",
      "00:52:20",
    ]);
  });
});

describe("drawing", () => {
  it("draws a stretch with its ends, what it was, and how it ended", () => {
    const window: Window = { from: 0, per: 10 };
    const row = (one: Stretch, utf8 = true) => textOf(stretchRow([one], canvas(window, 30, utf8)).line());
    expect(row(stretch(20, 250))).toBe("  ├─ A? registry.test ───┤    ");
    expect(row(stretch(20, 250, { outcome: "failure" }))).toBe("  ├─ A? registry.test ───✗    ");
    expect(row(stretch(20, 250, { outcome: "failure" }), false)).toBe("  [- A? registry.test ---X    ");
    expect(row(stretch(21, 22)).trim()).toBe("▪");
  });

  it("draws otherwise where a stretch may have begun or ended", () => {
    const unsure = stretch(0, 0, { from: { earliest: 20, latest: 60 }, to: { earliest: 80, latest: 100 } });
    expect(textOf(stretchRow([unsure], canvas({ from: 0, per: 10 }, 14)).line())).toBe("  ├┄┄┄───┄┤   ");
  });

  it("lets cited and failed stretches have the room first, and tells how many have none", () => {
    const cited = stretch(30, 60, { cited: true });
    const failed = stretch(10, 90, { outcome: "failure" });
    const { rows, left } = packed(
      [stretch(0, 50), failed, cited, stretch(20, 70)],
      canvas({ from: 0, per: 10 }, 12),
      2,
    );
    expect(rows).toEqual([[cited], [failed]]);
    expect(left).toBe(2);
  });

  it("lays side by side what does not touch", () => {
    const apart = [stretch(0, 20), stretch(40, 60), stretch(80, 100)];
    expect(packed(apart, canvas({ from: 0, per: 10 }, 12), 1)).toEqual({ rows: [apart], left: 0 });
  });

  it("shows counts as heights, cited events on top, and how far they are uncertain", () => {
    const drawn = lane({
      densities: [density("a", 10, 0, [1, 0, 100, 0, 0, 0])],
      marks: [mark("a", 1, 32, { latest: 52, findingIds: ["f"] })],
    });
    expect(textOf(densityRow(drawn, canvas({ from: 0, per: 10 }, 6)).line())).toBe("▂ █┄●┄");
    expect(textOf(densityRow(drawn, canvas({ from: 0, per: 10 }, 6, false)).line())).toBe(", #~@~");
  });
});

describe("what lies under the cursor", () => {
  it("is told with what findings cite first, then failures, then by time", () => {
    const here = happenings(
      lane({
        stretches: [stretch(0, 100), stretch(50, 60, { outcome: "failure" })],
        marks: [mark("a", 7, 55, { findingIds: ["f"] }), mark("a", 8, 51), mark("a", 9, 61)],
      }),
      50,
      60,
    );
    expect(here.map(({ from, cited, failed }) => [from, cited, failed])).toEqual([
      [55, true, false],
      [50, false, true],
      [0, false, false],
      [51, false, false],
    ]);
  });

  it("the next event and the one before; none beyond the ends", () => {
    const some = lane({ marks: [mark("a", 1, 10), mark("a", 2, 30)], stretches: [stretch(20, 25)] });
    expect(nextIn(some, 10, true)).toBe(20);
    expect(nextIn(some, 30, false)).toBe(20);
    expect(nextIn(some, 30, true)).toBeUndefined();
  });
});
