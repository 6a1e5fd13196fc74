import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { envelopeOf } from "../../../../src/clock/align/solve/envelope.js";
import { slopesBetween } from "../../../../src/clock/align/solve/hull.js";
import { momentsOf } from "../../../../src/clock/align/solve/moments.js";
import { orderOf } from "../../../../src/clock/align/solve/order.js";
import { agrees, quarrelsOf } from "../../../../src/clock/align/solve/quarrels.js";
import { EPSILON, RATE } from "../../../../src/clock/align/solve/rate.js";
import type { Track } from "../../../../src/clock/align/solve/track.js";
import { EVER, SECOND, tableOf } from "./system-of-matches.js";

const CHECKS = { seed: 5, numRuns: 200 };

/** `[at, low, high]`, in the order of `at`. */
const trackOf = (points: readonly (readonly [number, number, number])[]): Track => {
  const sorted = [...points].sort((p, q) => p[0] - q[0]);
  const column = (n: 0 | 1 | 2) => Float64Array.from(sorted, (point) => point[n]);
  return {
    rows: Uint32Array.from(sorted.keys()),
    at: column(0),
    low: column(1),
    high: column(2),
    other: column(0),
    base: 0,
  };
};
const all = ({ rows }: Track) => Uint32Array.from(rows.keys());
const contradict = ({ at, low, high }: Track, i: number, j: number) => {
  const drift = RATE * Math.abs(at[i]! - at[j]!) + EPSILON;
  return low[i]! - high[j]! > drift || low[j]! - high[i]! > drift;
};

const point = fc
  .tuple(fc.nat(100 * SECOND), fc.integer({ min: -5000, max: 5000 }), fc.nat(4000), fc.nat(9))
  .map(([at, low, width, open]) => [at, open === 0 ? -EVER : low, open === 1 ? EVER : low + width] as const);
const track = fc.array(point, { maxLength: 40 }).map(trackOf);

describe("orderOf", () => {
  it("is what a sort that compares gives", () => {
    const values = fc.array(
      fc.oneof(
        fc.integer(),
        fc.double({ min: -1e16, max: 1e16, noNaN: true }),
        fc.integer({ min: 0, max: 3 }),
      ),
    );
    fc.assert(
      fc.property(values, (list) => {
        const numbers = Float64Array.from(list);
        const wanted = [...numbers.keys()].sort((i, j) => numbers[i]! - numbers[j]! || i - j);
        expect([...orderOf(numbers)]).toEqual(wanted);
      }),
      CHECKS,
    );
  });

  it("does not mind many values that are nearly equal beside one that is far away", () => {
    const numbers = Float64Array.from({ length: 5000 }, (_, i) => (i === 7 ? 1e15 : (i * 7919) % 5000));
    const sorted = [...orderOf(numbers)].map((i) => numbers[i]!);
    expect(sorted).toEqual([...numbers].sort((p, q) => p - q));
  });
});

describe("quarrelsOf", () => {
  it("leaves nothing that contradicts anything else", () => {
    fc.assert(
      fc.property(track, fc.boolean(), (one, backwards) => {
        const { first, second, gone } = quarrelsOf(one, all(one), backwards);
        for (const [n, i] of first.entries()) expect(contradict(one, i, second[n]!)).toBe(true);
        const left = [...all(one)].filter((i) => gone[i] === 0);
        for (const i of left) for (const j of left) expect(contradict(one, i, j)).toBe(false);
        expect(new Set([...first, ...second]).size).toBe(2 * first.length);
      }),
      CHECKS,
    );
  });

  it("finds one where there is one", () => {
    fc.assert(
      fc.property(track, (one) => {
        const places = [...all(one)];
        const holds = places.every((i) => places.every((j) => i === j || !contradict(one, i, j)));
        expect(agrees(one, 0, places.length)).toBe(holds);
        expect(quarrelsOf(one, all(one)).first.length === 0).toBe(holds);
      }),
      CHECKS,
    );
  });
});

describe("envelopeOf", () => {
  it("keeps a bounded number, and the tightest bounds of all", () => {
    const many = trackOf(
      Array.from(
        { length: 10_000 },
        (_, n) => [n * SECOND, -500 - ((n * 7919) % 1000), 500 + ((n * 104729) % 1000)] as const,
      ),
    );
    const { lows, highs } = envelopeOf(many, all(many));
    expect(lows.length).toBeLessThanOrEqual(64);
    expect(highs.length).toBeLessThanOrEqual(64);
    expect(Math.max(...Array.from(lows, (i) => many.low[i]!))).toBe(-500);
    expect(Math.min(...Array.from(highs, (i) => many.high[i]!))).toBe(500);
    // From the beginning to the end.
    expect(lows[0]!).toBeLessThan(500);
    expect(lows[lows.length - 1]!).toBeGreaterThan(9500);
  });
});

describe("slopesBetween", () => {
  const bounds = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: -99, max: 99 }), fc.nat(60)), {
    maxLength: 12,
  });

  it("is what comparing every two bounds gives", () => {
    fc.assert(
      fc.property(bounds, (list) => {
        const byX = new Map(list.map((one) => [one[0], one]));
        const sorted = [...byX.values()].sort((p, q) => p[0] - q[0]);
        const [x, low, high] = [
          sorted.map((p) => p[0]),
          sorted.map((p) => p[1]),
          sorted.map((p) => p[1] + p[2]),
        ];
        let [min, max] = [-EVER, EVER];
        for (const i of x.keys()) {
          for (let j = i + 1; j < x.length; j++) {
            max = Math.min(max, (high[j]! - low[i]!) / (x[j]! - x[i]!));
            min = Math.max(min, (low[j]! - high[i]!) / (x[j]! - x[i]!));
          }
        }
        const slopes = slopesBetween(x, low, high);
        if (min > max) expect(slopes).toBeUndefined();
        else {
          expect(slopes!.min).toBeCloseTo(min, 9);
          expect(slopes!.max).toBeCloseTo(max, 9);
        }
      }),
      CHECKS,
    );
  });

  it("takes bounds that are open on a side for none", () => {
    expect(slopesBetween([0, 10], [0, -EVER], [EVER, 20])).toEqual({ min: -EVER, max: 2 });
  });
});

describe("momentsOf", () => {
  it("counts what happens within 10 ms once, unless the other clock tells it apart", () => {
    const one = trackOf([
      [0, 0, 0],
      [5000, 0, 0],
      [9000, 0, 0],
      [20_000, 0, 0],
    ]);
    expect(momentsOf(one, all(one))).toBe(2);
    // The own clock shows whole seconds only.
    expect(momentsOf({ ...one, at: new Float64Array(4) }, all(one))).toBe(2);
  });
});

describe("a table of matches", () => {
  it("gives back what was put in, the clocks in order, however many there are", () => {
    const table = tableOf(...Array.from({ length: 1000 }, (_, n) => [5, [n, n + 2], 3, [-EVER, n]] as const));
    expect(table.length).toBe(1000);
    expect(table.at(999)).toEqual({
      a: 3,
      b: 5,
      aLo: -EVER,
      aHi: 999,
      bLo: 999,
      bHi: 1001,
      aRecord: { source: 3, line: 1000, offset: 0, length: 0 },
      bRecord: { source: 5, line: 1000, offset: 0, length: 0 },
    });
  });

  it("does not take what is no match", () => {
    const { length } = tableOf([1, 5, 1, 5], [0, [6, 5], 1, 5], [0, 5, 1, Number.NaN]);
    expect(length).toBe(0);
  });
});
