import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Histogram } from "../../../src/run/study/histogram.js";
import { SourceTally } from "../../../src/run/study/tally.js";

const NOW = 1_795_319_453_000_000;
const times = fc.array(fc.integer({ min: 0, max: 10 ** 12 }), { minLength: 1, maxLength: 60 });
const seed = { seed: 7, numRuns: 60 };

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
const of = (offsets: readonly number[], most = 16) => {
  const histogram = new Histogram(most);
  for (const offset of offsets) histogram.add(NOW + offset);
  return histogram.bins!;
};

describe("counting over time", () => {
  it("keeps every count, in few bins that begin at multiples of their width", () => {
    fc.assert(
      fc.property(times, (offsets) => {
        const { width, first, counts } = of(offsets);
        expect(counts.length).toBeLessThanOrEqual(16);
        expect(Math.log2(width) % 1).toBe(0);
        expect(sum(counts)).toBe(offsets.length);
        for (const offset of offsets)
          expect(counts[Math.floor((NOW + offset) / width) - first]).toBeGreaterThan(0);
      }),
      seed,
    );
  });

  it("does not depend on the order", () => {
    fc.assert(
      fc.property(times, (offsets) => {
        const sorted = [...offsets].sort((a, b) => a - b);
        expect(of(offsets)).toEqual(of(sorted));
      }),
      seed,
    );
  });

  it("uses bins of a microsecond where they suffice", () => {
    expect(of([0, 3, 3])).toEqual({ width: 1, first: NOW, counts: [1, 0, 0, 2] });
  });

  it("spreads what lies between two times evenly, in whole numbers that add up", () => {
    const histogram = new Histogram(4);
    histogram.spread(0, 400, 10);
    expect(histogram.bins).toEqual({ width: 128, first: 0, counts: [3, 3, 3, 1] });
  });

  it("counts only what lies within a stretch that was asked for", () => {
    const histogram = new Histogram(8, { from: 100, to: 108 });
    for (const us of [99, 100, 107, 108]) histogram.add(us);
    histogram.spread(92, 124, 32);
    expect(histogram.bins).toEqual({ width: 1, first: 100, counts: [2, 1, 1, 1, 1, 1, 1, 2] });
  });

  it("has nothing to say of nothing", () => {
    expect(new Histogram(8).bins).toBeUndefined();
  });
});

describe("a source's tally", () => {
  it("counts records at their own times, each once, and leaves those out that have none", () => {
    const tally = new SourceTally(8);
    tally.record(1, NOW);
    tally.record(1, NOW);
    tally.record(2, Number.NaN);
    tally.record(3, NOW + 2);
    expect(tally).toMatchObject({ counted: 2, estimated: false });
    expect(tally.whole.bins).toEqual({ width: 1, first: NOW, counts: [1, 0, 1] });
  });

  it("leaves times without a date out: they have no place on the common clock", () => {
    const tally = new SourceTally(8);
    tally.record(1, 3_600_000_000);
    expect(tally.whole.bins).toBeUndefined();
  });

  it("puts lines between two stamps between their times, and says that it did", () => {
    const tally = new SourceTally(4);
    const begin = 2 ** 50;
    tally.milestone(1, begin);
    tally.milestone(101, begin + 400);
    expect(tally).toMatchObject({ counted: 101, estimated: true });
    expect(tally.whole.bins).toMatchObject({ width: 128, counts: [32, 32, 32, 5] });
  });
});
