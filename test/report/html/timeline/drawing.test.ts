import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { histogram, overview, stepAt } from "../../../../src/report/html/timeline/density.js";
import { BAR, HISTOGRAM, heightOf, pointedAt } from "../../../../src/report/html/timeline/geometry.js";
import { lanesOf } from "../../../../src/report/html/timeline/lanes.js";
import { barsPath, densityPath, marksPath } from "../../../../src/report/html/timeline/paths.js";
import { itemAt, trackOf, within } from "../../../../src/report/html/timeline/track.js";
import type { Density } from "../../../../src/report/study.js";
import { bar, items, mark } from "./items.js";

const density = (width: number, first: number, counts: number[], source = "a.log"): Density => ({
  source,
  width,
  first,
  counts,
});

describe("densities", () => {
  const coarse = density(64, 0, [10, 20, 30, 40]);
  const fine = density(16, 4, [5, 5, 5, 5]);

  it("draws the finest one whose bins are at least a pixel wide, and the coarser one around it", () => {
    const { steps } = histogram([coarse, fine], { from: 0, to: 256 }, 16);
    const counts = steps.sort((a, b) => a.from - b.from).map(({ from, to, count }) => [from, to, count]);
    expect(counts).toEqual([
      [0, 64, 10],
      [64, 80, 5],
      [80, 96, 5],
      [96, 112, 5],
      [112, 128, 5],
      [128, 192, 30],
      [192, 256, 40],
    ]);
  });

  it("draws the coarser one alone where bins of the finer one would be thinner than a pixel", () => {
    const { steps } = histogram([fine, coarse], { from: 0, to: 256 }, 20);
    expect(steps.map(({ count }) => count)).toEqual([10, 20, 30, 40]);
  });

  it("puts bins together where even the coarsest are thinner than a pixel, and loses none", () => {
    const { steps } = histogram([coarse], { from: 0, to: 256 }, 100);
    expect(steps.map(({ from, count }) => [from, count])).toEqual([
      [0, 30],
      [128, 70],
    ]);
  });

  it("keeps its scale while the view moves", () => {
    const peak = 40 / 64;
    for (const from of [-64, 0, 64, 128])
      expect(histogram([coarse], { from, to: from + 64 }, 1).peak).toBe(peak);
  });

  it("takes no longer for a view of days than for one of seconds", () => {
    const { steps } = histogram([density(1, 0, [1, 2, 3])], { from: -1e12, to: 1e12 }, 1e9);
    expect(steps.map(({ count }) => count)).toEqual([6]);
  });

  it("tells how many records there were at a moment", () => {
    expect(stepAt([coarse, fine], 70, 1)).toMatchObject({ from: 64, to: 80, count: 5 });
    expect(stepAt([coarse], 1000, 1)).toBeUndefined();
  });

  it("counts every record once in the overview, whatever the number of columns", () => {
    const other = density(32, 1, [7, 0, 9], "b.log");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), (columns) => {
        const sums = overview([coarse, fine, other], { from: 0, to: 256 }, columns);
        expect(sums.reduce((a, b) => a + b, 0)).toBeCloseTo(116, 6);
      }),
      { seed: 3, numRuns: 50 },
    );
  });
});

describe("a track", () => {
  it("finds what touches a stretch without looking at the rest", () => {
    const track = trackOf(items([bar(0, 5), bar(10, 100), bar(20, 30), bar(200, 210)]));
    expect(within(track, { from: 40, to: 50 })).toEqual([1, 3]);
    expect(within(track, { from: 300, to: 400 })).toEqual([4, 4]);
  });

  it("finds what a look at every item would find", () => {
    const stretch = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(
        fc.array(stretch, { maxLength: 40 }),
        fc.integer({ min: -10, max: 1100 }),
        (stretches, at) => {
          const all = items(stretches.map(([from, length]) => bar(from, from + length)));
          const reach = 4;
          const misses = all.map(({ from, to }) => Math.max(0, from.earliest - at, at - to.latest));
          const nearest = Math.min(...misses);
          const best = itemAt(trackOf(all), at, reach);
          if (nearest > reach) expect(best).toBeUndefined();
          else expect(misses[all.indexOf(best!)]).toBe(nearest);
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });

  it("prefers the shortest of several that were going on", () => {
    const all = items([bar(0, 100, { label: "long" }), bar(40, 60, { label: "short" })]);
    expect(itemAt(trackOf(all), 50, 1)?.label).toBe("short");
  });
});

describe("lanes", () => {
  const all = items(
    [bar(0, 10, { source: "b.log", entities: { container: "web", resolver: "10.0.0.2" } })],
    [
      mark(5, { source: "c.log", findingIds: ["f"], entities: { container: "db" } }),
      mark(6, { source: "b.log" }),
    ],
  );
  const labels = (mode: Parameters<typeof lanesOf>[2]) =>
    lanesOf(all, [density(8, 0, [3])], mode).map(({ label }) => label);

  it("stand for sources, those of cited records first", () => {
    expect(labels("source")).toEqual(["c.log", "a.log", "b.log"]);
  });

  it("stand for entities of one kind or of all, what names none last", () => {
    expect(labels("container")).toEqual(["container db", "container web", "concerns none of these"]);
    expect(labels("entity")).toEqual([
      "container db",
      "container web",
      "resolver 10.0.0.2",
      "concerns none of these",
    ]);
  });

  it("put bars that overlap into rows, and never more than six", () => {
    const rows = (bars: ReturnType<typeof bar>[]) =>
      lanesOf(items(bars), [], "source")[0]!.rows.map(({ items }) => items.length);
    expect(rows([bar(0, 10), bar(5, 15), bar(10, 20)])).toEqual([2, 1]);
    expect(rows(Array.from({ length: 20 }, () => bar(0, 10))).length).toBe(6);
  });

  it("lead from a place to the item that is drawn there, or right beside it", () => {
    const [lane] = lanesOf(
      items([bar(0, 50, { label: "upper" }), bar(40, 60, { label: "lower" })], [mark(45, { label: "mark" })]),
      [],
      "source",
    );
    expect(heightOf(lane!)).toBe(HISTOGRAM + 2 * BAR);
    expect(pointedAt(lane!, 3, 45, 1)?.label).toBe("mark");
    expect(pointedAt(lane!, HISTOGRAM + 1, 45, 1)?.label).toBe("upper");
    expect(pointedAt(lane!, HISTOGRAM + BAR + 1, 45, 1)?.label).toBe("lower");
    expect(pointedAt(lane!, HISTOGRAM + BAR + 1, 20, 1)?.label).toBe("upper");
    expect(pointedAt(lane!, HISTOGRAM + 1, 500, 1)).toBeUndefined();
  });
});

describe("the still picture's paths", () => {
  const whole = { from: 0, to: 1000 };
  const [lane] = lanesOf(
    items(
      [bar(100, 200), bar(200, 300, { outcome: "failure", to: { earliest: 250, latest: 400 } })],
      [mark(500), mark(500.1), mark(600, { findingIds: ["f"] }), mark(700, { latest: 800 })],
    ),
    [density(250, 0, [4, 0, 0, 1])],
    "source",
  );

  it("draw failures higher than successes, and pale how far an end is uncertain", () => {
    expect(barsPath(lane!, whole, 24, "success")).toBe("M100 26h100v3h-100z");
    expect(barsPath(lane!, whole, 24, "failure")).toBe("M200 25h50v5h-50z");
    expect(barsPath(lane!, whole, 24, undefined)).toBe("M100 25h300v5h-300z");
  });

  it("draw marks that fall together once, and cited ones higher", () => {
    expect(marksPath(lane!, whole, "other")).toBe("M500 15V24M700 15V24");
    expect(marksPath(lane!, whole, "cited")).toBe("M600 0V24");
    expect(marksPath(lane!, whole, "uncertain")).toBe("M700 15h100v9h-100z");
  });

  it("draw the number of records only where there are some", () => {
    const xs = [...densityPath(lane!, whole).matchAll(/H(\d+)/g)].map(([, x]) => Number(x));
    expect(Math.min(...xs)).toBe(4);
    expect(xs.filter((x) => x > 252 && x <= 750)).toEqual([]);
    expect(Math.max(...xs)).toBe(1000);
  });
});
