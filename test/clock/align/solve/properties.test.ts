import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { MatchTable } from "../../../../src/clock/align/match.js";
import { pieceAt, type Solution } from "../../../../src/clock/align/solution.js";
import { solve } from "../../../../src/clock/align/solve/solve.js";
import { EVER, SECOND, stamped, tableOf } from "./system-of-matches.js";

/** Common time: seconds 0 to 1000. Clock 0 is right; others are ahead, drift, and show a window about each happening. */
const clock = fc.record({
  ahead: fc.integer({ min: -1e12, max: 1e12 }),
  ppm: fc.integer({ min: -490, max: 490 }),
});
const happening = fc.record({
  a: fc.nat(3),
  b: fc.nat(3),
  time: fc.integer({ min: 0, max: 1000 * SECOND }),
  aBefore: fc.oneof(fc.nat(1000), fc.nat(SECOND), fc.constant(EVER)),
  aAfter: fc.nat(SECOND),
  bBefore: fc.nat(SECOND),
  bAfter: fc.oneof(fc.nat(1000), fc.nat(SECOND), fc.constant(EVER)),
});
const incident = fc.record({
  clocks: fc.tuple(fc.constant({ ahead: 0, ppm: 0 }), clock, clock, clock),
  happenings: fc.array(happening, { minLength: 1, maxLength: 40 }),
});
type Incident = typeof incident extends fc.Arbitrary<infer T> ? T : never;

const shown = ({ ahead, ppm }: Incident["clocks"][number], time: number) =>
  Math.round(time * (1 + ppm * 1e-6)) + ahead;

const matchOf = ({ clocks }: Incident, one: Incident["happenings"][number]) => {
  const [atA, atB] = [shown(clocks[one.a]!, one.time), shown(clocks[one.b]!, one.time)];
  // Stamps were rounded to whole µs.
  return [
    one.a,
    [atA - 1 - one.aBefore, atA + 1 + one.aAfter],
    one.b,
    [atB - 1 - one.bBefore, atB + 1 + one.bAfter],
  ] as const;
};
const solved = (one: Incident, happenings = one.happenings): Solution =>
  solve(stamped(4), tableOf(...happenings.map((happened) => matchOf(one, happened))), { reference: 0 });

const MOMENTS = [0, 250, 500, 1000].map((seconds) => seconds * SECOND);
const boundsAt = ({ alignments }: Solution, { clocks }: Incident, which: number, time: number) =>
  pieceAt(alignments[which]!.pieces, shown(clocks[which]!, time)).offsetAt(shown(clocks[which]!, time));
/** Clocks of the group that is told in clock 0. */
const told = ({ alignments }: Solution) =>
  [1, 2, 3].filter(
    (which) => alignments[which]!.group !== undefined && alignments[which]!.group === alignments[0]!.group,
  );

const CHECKS = { seed: 20261122, numRuns: 150 };

describe("matches that all hold", () => {
  it("never contradict each other, and the truth is within the bounds", () => {
    fc.assert(
      fc.property(incident, (one) => {
        const solution = solved(one);
        expect(solution.contradictions).toEqual([]);
        for (const which of told(solution)) {
          for (const time of MOMENTS) {
            const truth = shown(one.clocks[which]!, time) - time;
            const { min, max, best } = boundsAt(solution, one, which, time);
            // The rounding of the stamp that is asked for.
            expect(min).toBeLessThanOrEqual(truth + 1);
            expect(max).toBeGreaterThanOrEqual(truth - 1);
            expect(best).toBeGreaterThanOrEqual(min);
            expect(best).toBeLessThanOrEqual(max);
            expect(Number.isFinite(best)).toBe(true);
          }
        }
      }),
      CHECKS,
    );
  });

  it("never widen the bounds when one is added", () => {
    fc.assert(
      fc.property(incident, happening, (one, more) => {
        const [before, after] = [solved(one), solved(one, [...one.happenings, more])];
        for (const which of told(before)) {
          for (const time of MOMENTS) {
            const [old, now] = [boundsAt(before, one, which, time), boundsAt(after, one, which, time)];
            // A nanosecond is rounding.
            expect(now.min).toBeGreaterThanOrEqual(old.min - 0.01);
            expect(now.max).toBeLessThanOrEqual(old.max + 0.01);
          }
        }
      }),
      CHECKS,
    );
  });

  it("say the same in any order", () => {
    fc.assert(
      fc.property(incident, fc.integer(), (one, turn) => {
        const { happenings } = one;
        const from = Math.abs(turn) % happenings.length;
        const turned = [...happenings.slice(from), ...happenings.slice(0, from)].reverse();
        const [straight, other] = [solved(one), solved(one, turned)];
        expect(told(other)).toEqual(told(straight));
        for (const which of told(straight)) {
          for (const time of MOMENTS) {
            const [p, q] = [boundsAt(straight, one, which, time), boundsAt(other, one, which, time)];
            if (Number.isFinite(p.min)) expect(q.min).toBeCloseTo(p.min, 1);
            else expect(q.min).toBe(p.min);
            if (Number.isFinite(p.max)) expect(q.max).toBeCloseTo(p.max, 1);
            else expect(q.max).toBe(p.max);
          }
        }
      }),
      CHECKS,
    );
  });

  it("say the same whatever numbers the clocks have", () => {
    fc.assert(
      fc.property(incident, (one) => {
        const renamed = (which: number) => 3 - which;
        const mirrored = new MatchTable();
        for (const happened of one.happenings) {
          const [a, atA, b, atB] = matchOf(one, happened);
          if (a !== b) mirrored.push(tableOf([renamed(a), atA, renamed(b), atB]).at(0));
        }
        const straight = solved(one);
        const other = solve(stamped(4), mirrored, { reference: 3 });
        for (const which of told(straight)) {
          const stamp = shown(one.clocks[which]!, 500 * SECOND);
          const p = pieceAt(straight.alignments[which]!.pieces, stamp).offsetAt(stamp);
          const q = pieceAt(other.alignments[renamed(which)]!.pieces, stamp).offsetAt(stamp);
          if (Number.isFinite(p.min + p.max)) {
            expect(q.min).toBeCloseTo(p.min, 1);
            expect(q.max).toBeCloseTo(p.max, 1);
          } else expect([q.min, q.max].map(Number.isFinite)).toEqual([p.min, p.max].map(Number.isFinite));
        }
      }),
      CHECKS,
    );
  });
});
