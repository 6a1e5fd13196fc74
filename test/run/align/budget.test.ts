import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { shares } from "../../../src/run/align/budget.js";

describe("how much of each source is looked at", () => {
  it("reads everything where that is little enough", () => {
    expect(shares([10, 20, 30], 100)).toEqual([10, 20, 30]);
  });

  it("reads small sources whole and shares the rest among the large ones", () => {
    expect(shares([1000, 10, 500], 110)).toEqual([50, 10, 50]);
  });

  it("never reads more than it may, nor more than there is", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000)), fc.nat(5000), (sizes, total) => {
        const result = shares(sizes, total);
        expect(result.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(total);
        for (const [i, share] of result.entries()) expect(share).toBeLessThanOrEqual(sizes[i]!);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
