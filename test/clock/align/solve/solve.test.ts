import { describe, expect, it } from "@jest/globals";
import type { Solution } from "../../../../src/clock/align/solution.js";
import { pieceAt } from "../../../../src/clock/align/solution.js";
import { solve } from "../../../../src/clock/align/solve/solve.js";
import { EVER, MS, SECOND, type Seen, stamped, tableOf } from "./system-of-matches.js";

const offsetAt = ({ alignments }: Solution, clock: number, stamp: number) =>
  pieceAt(alignments[clock]!.pieces, stamp).offsetAt(stamp);
const times = (count: number, every: number, from = 100 * SECOND) =>
  Array.from({ length: count }, (_, n) => from + n * every);
const around = (us: number, before: number, after = before): Seen => [us - before, us + after];

describe("two clocks", () => {
  it("are bounded by the tightest of their matches, from either side", () => {
    const table = tableOf(
      ...times(5, 50 * MS).map((t, n) => [0, t, 1, around(t + 3 * SECOND, 100 + n, 300 - 10 * n)] as const),
    );
    const solution = solve(stamped(2), table, { reference: 0 });
    expect(solution.contradictions).toEqual([]);
    expect(solution.references).toEqual([0]);
    const { min, max, best } = offsetAt(solution, 1, 103.2 * SECOND);
    // The tightest lower bound is 200 ms old: clocks can have drifted 200 µs apart since.
    expect(min).toBeGreaterThanOrEqual(3 * SECOND - 104.2);
    expect(min).toBeLessThanOrEqual(3 * SECOND - 100);
    expect(max).toBeCloseTo(3 * SECOND + 260, 0);
    expect(best).toBeGreaterThan(min);
    expect(best).toBeLessThan(max);
    expect(offsetAt(solution, 0, 100 * SECOND)).toEqual({ min: 0, max: 0, best: 0 });
  });

  it("show their tightest matches as proof, and count all", () => {
    const table = tableOf(
      ...[50, 10, 40, 20, 30].map((width, n) => [0, n * SECOND, 1, around(n * SECOND, width)] as const),
    );
    const { matches, proof } = solve(stamped(2), table).alignments[1]!;
    expect(matches).toBe(5);
    expect(proof.map(({ bRecord }) => bRecord.line)).toEqual([2, 4, 5]);
  });

  it("that are bounded on one side only stay open on the other", () => {
    // A daemon writes down afterwards what a capture shows: the more its stamp is ahead, the later it may have written.
    const table = tableOf(
      ...times(3, SECOND).map((t, n) => [0, t, 1, [-EVER, t + 20 * MS - n * MS]] as const),
    );
    const { min, max, best } = offsetAt(solve(stamped(2), table, { reference: 0 }), 1, 102 * SECOND);
    expect(min).toBe(-EVER);
    // 18 µs for the 18 ms in which its clock may have been fast.
    expect(max).toBeCloseTo(18 * MS + 18, 0);
    expect(best).toBeLessThanOrEqual(max);
  });

  it("that share nothing are not put together", () => {
    const { alignments, references, contradictions } = solve(stamped(2), tableOf());
    expect({ references, contradictions }).toEqual({ references: [], contradictions: [] });
    for (const { group, pieces } of alignments)
      expect({ group, pieces }).toEqual({ group: undefined, pieces: [] });
  });

  it("are not put together by matches that are open on the same side", () => {
    const table = tableOf(...times(9, SECOND).map((t) => [0, [-EVER, t], 1, [-EVER, t]] as const));
    expect(solve(stamped(2), table).references).toEqual([]);
  });

  it("drift apart between and beyond their matches as far as clocks can", () => {
    const table = tableOf([0, 100 * SECOND, 1, 100 * SECOND]);
    const solution = solve(stamped(2), table, { reference: 0 });
    const { min, max } = offsetAt(solution, 1, 110 * SECOND);
    // 10 s at 1001 ppm.
    expect(max).toBeCloseTo(10_005, -1);
    expect(min).toBeCloseTo(-10_005, -1);
  });
});

describe("drift", () => {
  const drifting = (ppm: number, every: number) =>
    tableOf(...times(20, every).map((t) => [0, t, 1, around(t * (1 + ppm * 1e-6), 50)] as const));

  it("is told with bounds once matches are far enough apart", () => {
    const {
      drift,
      at,
      offsetAt: offset,
    } = solve(stamped(2), drifting(80, 60 * SECOND), { reference: 0 }).alignments[1]!.pieces[0]!;
    expect(drift!.min).toBeLessThan(80e-6);
    expect(drift!.max).toBeGreaterThan(80e-6);
    expect(drift!.max - drift!.min).toBeLessThan(1e-6);
    expect(Math.abs(drift!.best - 80e-6)).toBeLessThan(1e-6);
    expect(offset).toBeDefined();
    expect(Number.isFinite(at)).toBe(true);
  });

  it("brings the best estimate nearer to the truth between matches, not the bounds", () => {
    const solution = solve(stamped(2), drifting(80, 60 * SECOND), { reference: 0 });
    const stamp = (100 + 30) * SECOND;
    const { min, max, best } = offsetAt(solution, 1, stamp);
    expect(Math.abs(best - stamp * 80e-6)).toBeLessThan(100);
    expect(max - min).toBeGreaterThan(50 * MS);
  });

  it("is not told from one match", () => {
    const [piece] = solve(stamped(2), tableOf([0, SECOND, 1, SECOND]), { reference: 0 }).alignments[1]!
      .pieces;
    expect(piece!.drift).toBeUndefined();
  });
});

describe("a chain of clocks", () => {
  const table = tableOf(
    ...times(5, SECOND).map((t) => [0, t, 1, around(t + 2 * SECOND, 100)] as const),
    ...times(5, SECOND).map((t) => [1, t + 2 * SECOND, 2, around(t - 3 * SECOND, 200)] as const),
  );

  it("adds up the bounds of its links", () => {
    const { min, max } = offsetAt(solve(stamped(3), table, { reference: 0 }), 2, 97 * SECOND);
    expect(min).toBeCloseTo(-3 * SECOND - 300, -1);
    expect(max).toBeCloseTo(-3 * SECOND + 300, -1);
  });

  it("takes the tighter one of two ways", () => {
    const both = tableOf(
      ...times(5, SECOND).map((t) => [0, t, 1, around(t, 100)] as const),
      ...times(5, SECOND).map((t) => [1, t, 2, around(t, 100)] as const),
      ...times(5, SECOND).map((t) => [0, t, 2, around(t, SECOND)] as const),
    );
    const { min, max } = offsetAt(solve(stamped(3), both, { reference: 0 }), 2, 100 * SECOND);
    expect(max - min).toBeCloseTo(400, -1);
  });

  it("is told in the clock with which the most others agree", () => {
    const odd = tableOf(
      ...[1, 2, 3].flatMap((clock) => times(3, SECOND).map((t) => [0, t, clock, t + 7200 * SECOND] as const)),
      ...[2, 3].flatMap((clock) => times(3, SECOND).map((t) => [1, t, clock, around(t, MS)] as const)),
    );
    expect(solve(stamped(4), odd).references).toEqual([1]);
    expect(solve(stamped(4), odd, { reference: 3 }).references).toEqual([3]);
  });

  it("makes two groups of clocks that share nothing with each other", () => {
    const apart = tableOf([0, SECOND, 1, SECOND], [2, SECOND, 3, SECOND]);
    const { alignments, references } = solve(stamped(5), apart);
    expect(alignments.map(({ group }) => group)).toEqual([0, 0, 1, 1, undefined]);
    expect(references).toEqual([0, 2]);
  });
});

describe("wrong matches", () => {
  const right = times(12, SECOND).map((t) => [0, t, 1, around(t, 100)] as const);

  it("that stand alone are left out, and named with one that they contradict", () => {
    const solution = solve(stamped(2), tableOf(...right, [0, 104.5 * SECOND, 1, 109 * SECOND]), {
      reference: 0,
    });
    const { min, max } = offsetAt(solution, 1, 104 * SECOND);
    expect(min).toBeGreaterThan(-110);
    expect(max).toBeLessThan(110);
    const [contradiction] = solution.contradictions;
    expect(contradiction!.matches).toHaveLength(2);
    expect(contradiction!.matches.map(({ aRecord }) => aRecord.line)).toContain(13);
    expect(contradiction).toMatchObject({ clocks: [0, 1], leftOut: 1 });
    expect(contradiction!.step).toBeUndefined();
  });

  it("leave clocks alone when nobody can tell which are right", () => {
    const tie = tableOf([0, SECOND, 1, SECOND], [0, 2 * SECOND, 1, 9 * SECOND]);
    const { alignments, references, contradictions } = solve(stamped(2), tie);
    expect(references).toEqual([]);
    expect(alignments[1]!.group).toBeUndefined();
    expect(contradictions[0]).toMatchObject({ clocks: [0, 1], leftOut: 2 });
  });

  it("do not become right by being repeated within one moment", () => {
    const burst = Array.from(
      { length: 9 },
      (_, n) => [0, SECOND + n * 100, 1, 6 * SECOND + n * 100] as const,
    );
    const { references, contradictions } = solve(
      stamped(2),
      tableOf(...burst, [0, 20 * SECOND, 1, 20 * SECOND]),
    );
    expect(references).toEqual([]);
    expect(contradictions).toHaveLength(1);
  });

  it("of a cycle of clocks are found, and the weakest link is left out", () => {
    const link = (a: number, b: number, by: number, count: number) =>
      times(count, SECOND).map((t) => [a, t, b, around(t + by, MS)] as const);
    const table = tableOf(...link(0, 1, 0, 20), ...link(1, 2, 0, 20), ...link(0, 2, 5 * SECOND, 2));
    const solution = solve(stamped(3), table, { reference: 0 });
    const { min, max } = offsetAt(solution, 2, 110 * SECOND);
    expect(min).toBeGreaterThan(-3 * MS);
    expect(max).toBeLessThan(3 * MS);
    const [contradiction] = solution.contradictions;
    expect(contradiction).toMatchObject({ clocks: [0, 1, 2], leftOut: 2 });
    expect(contradiction!.matches).toHaveLength(3);
  });

  it("of a cycle in which no link is weaker leave nothing of it to believe", () => {
    const link = (a: number, b: number, by: number) =>
      times(10, SECOND).map((t) => [a, t, b, around(t + by, MS)] as const);
    const table = tableOf(...link(0, 1, 0), ...link(1, 2, 0), ...link(0, 2, 5 * SECOND), ...link(0, 3, 0));
    const { alignments, references, contradictions } = solve(stamped(4), table, { reference: 0 });
    expect(references).toEqual([0]);
    expect(alignments.map(({ group }) => group)).toEqual([0, undefined, undefined, 0]);
    expect(contradictions).toHaveLength(1);
  });
});
