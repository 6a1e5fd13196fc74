import { describe, expect, it } from "@jest/globals";
import { solve } from "../../../../src/clock/align/solve/solve.js";
import { MS, SECOND, stamped, tableOf } from "./system-of-matches.js";

describe("two clocks", () => {
  it("are bounded by the tightest of their matches", () => {
    const table = tableOf(
      ...[0, 1, 2, 3, 4].map(
        (n) =>
          [
            0,
            100 * SECOND + n * MS * 50,
            1,
            [103.2 * SECOND + n * MS * 50 - 100, 103.2 * SECOND + n * MS * 50 + 300 - 10 * n],
          ] as const,
      ),
    );
    const { alignments, references, contradictions } = solve(stamped(2), table, { reference: 0 });
    expect(contradictions).toEqual([]);
    expect(references).toEqual([0]);
    const [piece] = alignments[1]!.pieces;
    const offset = piece!.offsetAt(103.2 * SECOND + 200 * MS);
    expect(offset.min).toBeCloseTo(3.2 * SECOND - 100, 0);
    expect(offset.max).toBeCloseTo(3.2 * SECOND + 260, 0);
    expect(alignments[1]!.matches).toBe(5);
    expect(alignments[1]!.proof[0]!.aRecord.line).toBe(5);
  });
});
