import { describe, expect, it } from "@jest/globals";
import { pieceAt } from "../../../../src/clock/align/solution.js";
import { solve } from "../../../../src/clock/align/solve/solve.js";
import { MS, SECOND, stamped, tableOf } from "./system-of-matches.js";

const STEPPED_AT = 110.5 * SECOND;
/** Seconds 100 to 119; from 110.5 on the clocks that are named show `by` more. */
const watched = (pairs: readonly (readonly [number, number])[], stepped: readonly number[], by: number) => {
  const shown = (clock: number, t: number) => (stepped.includes(clock) && t > STEPPED_AT ? t + by : t);
  return tableOf(
    ...Array.from({ length: 20 }, (_, n) => (100 + n) * SECOND).flatMap((t) =>
      pairs.map(([a, b]) => [a, shown(a, t), b, [shown(b, t) - MS, shown(b, t) + MS]] as const),
    ),
  );
};

describe("a clock that was stepped", () => {
  it("is cut in two, each with its offset", () => {
    const { alignments, contradictions } = solve(stamped(2), watched([[0, 1]], [1], 30 * SECOND), {
      reference: 0,
    });
    const { pieces } = alignments[1]!;
    const before = pieces[0]!.offsetAt(105 * SECOND);
    const after = pieces.at(-1)!.offsetAt(145 * SECOND);
    expect(before.min).toBeCloseTo(-MS, -2);
    expect(before.max).toBeCloseTo(MS, -2);
    expect(after.min).toBeCloseTo(30 * SECOND - MS, -2);
    expect(after.max).toBeCloseTo(30 * SECOND + MS, -2);
    expect(contradictions).toHaveLength(1);
    const { step, matches, leftOut } = contradictions[0]!;
    expect(step).toMatchObject({ clock: 1, after: 110 * SECOND - MS, before: 141 * SECOND + MS });
    expect(step!.by.min).toBeLessThan(30 * SECOND);
    expect(step!.by.max).toBeGreaterThan(30 * SECOND);
    expect(matches.map(({ aRecord }) => aRecord.line)).toEqual([11, 12]);
    expect(leftOut).toBe(0);
  });

  it("has both offsets in its bounds where it may have been stepped already", () => {
    const { pieces } = solve(stamped(2), watched([[0, 1]], [1], 30 * SECOND), { reference: 0 })
      .alignments[1]!;
    const { min, max } = pieceAt(pieces, 120 * SECOND).offsetAt(120 * SECOND);
    expect(min).toBeLessThan(0);
    expect(max).toBeGreaterThan(30 * SECOND);
  });

  it.each([-2, -3600])("may show the same stamps twice (%d s)", (by) => {
    const { alignments, contradictions } = solve(stamped(2), watched([[0, 1]], [1], by * SECOND), {
      reference: 0,
    });
    expect(contradictions[0]!.step).toMatchObject({ clock: 1 });
    const { pieces } = alignments[1]!;
    for (const t of Array.from({ length: 40 }, (_, n) => (100 + n / 2) * SECOND)) {
      const truth = t > STEPPED_AT ? by * SECOND : 0;
      const { min, max } = pieceAt(pieces, t + truth).offsetAt(t + truth);
      expect(min).toBeLessThanOrEqual(truth);
      expect(max).toBeGreaterThanOrEqual(truth);
    }
  });

  it("is the one that has it against several others", () => {
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const;
    const { contradictions, alignments } = solve(stamped(3), watched(pairs, [1], 5 * SECOND), {
      reference: 1,
    });
    expect(contradictions.map(({ step }) => step?.clock)).toEqual([1]);
    expect(contradictions[0]!.step!.against).toEqual([0, 2]);
    // Told in the clock that was stepped, the others keep their offset to one of its pieces.
    expect(alignments.map(({ pieces }) => pieces.length)).toEqual([1, 3, 1]);
  });

  it("is the one that did not hold together with a third one", () => {
    // Only clock 0 was compared with both others all the time.
    const { contradictions } = solve(
      stamped(3),
      watched(
        [
          [0, 1],
          [0, 2],
        ],
        [1],
        5 * SECOND,
      ),
      { reference: 2 },
    );
    expect(contradictions.map(({ step }) => step?.clock)).toEqual([1]);
  });

  it("is not named where it may as well be the other one", () => {
    const early = watched([[0, 1]], [1], 5 * SECOND);
    // A third clock was compared with both, but not during the step.
    for (const clock of [0, 1]) {
      for (let n = 0; n < 3; n++) {
        const match = tableOf([clock, (100 + n) * SECOND, 2, (100 + n) * SECOND]).at(0);
        early.push(match);
      }
    }
    const { contradictions, alignments } = solve(stamped(3), early, { reference: 2 });
    expect(contradictions).toHaveLength(1);
    expect(contradictions[0]!.step).toBeUndefined();
    expect(contradictions[0]!.clocks).toEqual([0, 1]);
    for (const clock of [0, 1]) {
      const { pieces } = alignments[clock]!;
      expect(pieces[0]!.offsetAt(101 * SECOND).max).toBeLessThan(MS);
      // It was stepped, or it was not.
      const { min, max } = pieces.at(-1)!.offsetAt(130 * SECOND);
      expect(min).toBeCloseTo(clock === 0 ? -5 * SECOND : 0, -6);
      expect(max).toBeCloseTo(clock === 0 ? 0 : 5 * SECOND, -6);
    }
  });

  it("is not what two wrong matches at the end are taken for", () => {
    const table = watched([[0, 1]], [], 0);
    for (const n of [0, 1]) table.push(tableOf([0, (130 + n) * SECOND, 1, (135 + n) * SECOND]).at(0));
    const { contradictions, alignments } = solve(stamped(2), table, { reference: 0 });
    expect(contradictions).toHaveLength(1);
    expect(contradictions[0]!.step).toBeUndefined();
    expect(contradictions[0]!.leftOut).toBe(2);
    // It is not excluded, either: from there on, the bounds allow both.
    const { pieces } = alignments[1]!;
    expect(pieceAt(pieces, 110 * SECOND).offsetAt(110 * SECOND).max).toBeLessThan(2 * MS);
    const { min, max } = pieceAt(pieces, 140 * SECOND).offsetAt(140 * SECOND);
    expect(min).toBeLessThan(0);
    expect(max).toBeGreaterThan(5 * SECOND);
  });

  it("is not suspected where a third clock shows that it was not", () => {
    const table = watched(
      [
        [0, 1],
        [1, 2],
        [0, 2],
      ],
      [],
      0,
    );
    for (const n of [0, 1]) table.push(tableOf([0, (117 + n) * SECOND, 1, (122 + n) * SECOND]).at(0));
    const { alignments } = solve(stamped(3), table, { reference: 0 });
    expect(alignments[1]!.pieces).toHaveLength(1);
  });
});
