import { describe, expect, it } from "@jest/globals";
import type { MatchTable } from "../../../../src/clock/align/match.js";
import type { Lapse } from "../../../../src/clock/align/solution.js";
import { RATE } from "../../../../src/clock/align/solve/rate.js";
import { solve } from "../../../../src/clock/align/solve/solve.js";
import { EVER, SECOND, type Seen, tableOf } from "./system-of-matches.js";

const CLOCKS = (lapses: readonly Lapse[] = []) => [{ unstamped: false }, { unstamped: true, lapses }];
const place = (table: MatchTable, lapses: readonly Lapse[] = []) =>
  solve(CLOCKS(lapses), table).alignments[1]!;
/** What a capture (clock 0) and lines of a trace (clock 1) saw. */
const seen = (...pairs: readonly (readonly [Seen, Seen])[]) =>
  tableOf(...pairs.map(([t, line]) => [0, t, 1, line] as const));

describe("a source without stamps", () => {
  const table = seen([100 * SECOND, 10], [105 * SECOND, 20], [105.2 * SECOND, 30]);

  it("is where its matches are, and between them elsewhere", () => {
    const { placed, matches, pieces, group } = place(table);
    expect({ matches, pieces, group }).toEqual({ matches: 3, pieces: [], group: 0 });
    expect(placed!.interval(10)).toEqual({ earliest: 100 * SECOND, latest: 100 * SECOND });
    expect(placed!.interval(15)).toEqual({ earliest: 100 * SECOND, latest: 105 * SECOND });
    expect(placed!.interval(29)).toEqual({ earliest: 105 * SECOND, latest: 105.2 * SECOND });
    expect(placed!.interval(5)).toEqual({ earliest: -EVER, latest: 100 * SECOND });
    expect(placed!.interval(31)).toEqual({ earliest: 105.2 * SECOND, latest: EVER });
  });

  it("knows of a happening between two lines that the first is not later and the second not earlier", () => {
    const { placed } = place(seen([100 * SECOND, [10, 14]]));
    expect(placed!.interval(10)).toEqual({ earliest: -EVER, latest: 100 * SECOND });
    expect(placed!.interval(12)).toEqual({ earliest: -EVER, latest: EVER });
    expect(placed!.interval(14)).toEqual({ earliest: 100 * SECOND, latest: EVER });
  });

  it("takes over the bounds of the clock that it is placed by", () => {
    const clocks = [{ unstamped: false }, { unstamped: false }, { unstamped: true }];
    const chain = tableOf(
      [0, 50 * SECOND, 1, [53 * SECOND - 200, 53 * SECOND + 300]],
      [1, 53 * SECOND, 2, 7],
    );
    const { placed } = solve(clocks, chain, { reference: 0 }).alignments[2]!;
    const { earliest, latest } = placed!.interval(7);
    expect(earliest).toBeCloseTo(50 * SECOND - 300, 0);
    expect(latest).toBeCloseTo(50 * SECOND + 200, 0);
  });

  /** A lapse was measured by a clock that may have been fast. */
  const about = (us: number) => us / (1 + RATE);

  it("is narrowed by what took its time between two lines", () => {
    const { placed } = place(table, [{ line: 11, end: 13, thread: 1, span: 4 * SECOND }]);
    const span = about(4 * SECOND);
    expect(placed!.interval(11).earliest).toBe(100 * SECOND);
    expect(placed!.interval(11).latest).toBeCloseTo(105 * SECOND - span, -1);
    expect(placed!.interval(13)).toEqual({ earliest: 100 * SECOND, latest: 105 * SECOND });
    expect(placed!.interval(14).earliest).toBeCloseTo(100 * SECOND + span, -1);
    expect(placed!.interval(14).latest).toBe(105 * SECOND);
  });

  it("adds up what came one after the other, and not what overlapped", () => {
    const after = [
      { line: 11, end: 12, thread: 1, span: 2 * SECOND },
      { line: 13, end: 14, thread: 1, span: SECOND },
    ];
    expect(place(table, after).placed!.interval(15).earliest).toBeCloseTo(
      100 * SECOND + about(3 * SECOND),
      -1,
    );
    const across = [
      { line: 11, end: 14, thread: 1, span: 2 * SECOND },
      { line: 12, end: 15, thread: 2, span: 2 * SECOND },
    ];
    expect(place(table, across).placed!.interval(16).earliest).toBeCloseTo(
      100 * SECOND + about(2 * SECOND),
      -1,
    );
  });

  it("leaves out what would have to run backwards", () => {
    const times = [100, 101, 102, 103, 180, 104, 105, 106, 107].map((t, n) => [t * SECOND, 10 * n] as const);
    const { alignments, contradictions } = solve(CLOCKS(), seen(...times));
    expect(alignments[1]!.matches).toBe(8);
    expect(alignments[1]!.placed!.interval(40)).toEqual({ earliest: 103 * SECOND, latest: 104 * SECOND });
    expect(contradictions[0]).toMatchObject({ clocks: [0, 1], leftOut: 1 });
    expect(contradictions[0]!.matches.map(({ aRecord }) => aRecord.line)).toContain(5);
  });

  it("leaves out what the lapses between leave no time for", () => {
    const times = [100, 106, 107, 112, 118, 124, 130].map((t, n) => [t * SECOND, 10 * n] as const);
    const lapses = [{ line: 11, end: 18, thread: 1, span: 5 * SECOND }];
    const { contradictions } = solve(CLOCKS(lapses), seen(...times));
    expect(contradictions[0]!.matches.map(({ aRecord }) => aRecord.line)).toEqual([2, 3]);
  });

  it("is not placed when nobody can tell which match is right", () => {
    const { alignments, contradictions } = solve(CLOCKS(), seen([100 * SECOND, 20], [200 * SECOND, 10]));
    expect(alignments[1]).toMatchObject({ group: undefined, matches: 0 });
    expect(alignments[1]!.placed).toBeUndefined();
    expect(contradictions).toHaveLength(1);
  });

  it("is not placed by another one without stamps", () => {
    const table = tableOf([0, 5, 1, 5]);
    const { references } = solve([{ unstamped: true }, { unstamped: true }], table);
    expect(references).toEqual([]);
  });
});
