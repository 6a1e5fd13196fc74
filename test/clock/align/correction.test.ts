import { describe, expect, it } from "@jest/globals";
import { constantCorrection, corrected, PiecewiseCorrection } from "../../../src/clock/align/correction.js";
import type { Piece } from "../../../src/clock/align/solution.js";

const piece = (from: number, to: number, offsetAt: Piece["offsetAt"]): Piece => ({
  from,
  to,
  at: from,
  offsetAt,
});
const constant = (min: number, max: number) => () => ({ min, max, best: (min + max) / 2 });

describe("a clock's correction", () => {
  it("takes away what the clock is ahead, within its bounds", () => {
    const correction = new PiecewiseCorrection([piece(-Infinity, Infinity, constant(1000, 1400))]);
    expect(correction.at(5_000_000)).toEqual({ lo: -1400, hi: -1000 });
  });

  it("rounds its bounds outwards to whole microseconds", () => {
    const correction = new PiecewiseCorrection([piece(-Infinity, Infinity, constant(1.5, 2.5))]);
    expect(correction.at(0)).toEqual({ lo: -3, hi: -1 });
  });

  it("knows of a step, whichever order the records come in", () => {
    const correction = new PiecewiseCorrection([
      piece(-Infinity, 100, constant(10, 10)),
      piece(100, Infinity, constant(50, 50)),
    ]);
    expect([150, 50, 100, 99].map((us) => correction.at(us).lo)).toEqual([-50, -10, -50, -10]);
  });

  it("comes on top of what a person told", () => {
    const both = corrected(
      constantCorrection(-500),
      new PiecewiseCorrection([piece(-Infinity, Infinity, constant(10, 20))]),
    );
    expect(both.at(1000)).toEqual({ lo: -520, hi: -510 });
  });
});
