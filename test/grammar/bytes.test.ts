import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ByteSet } from "../../src/grammar/bytes.js";

const setOf = (bytes: readonly number[]) => ByteSet.of(String.fromCharCode(...bytes));

describe("where a set of bytes changes", () => {
  it("is where a run of its bytes begins, and behind where it ends", () => {
    expect(ByteSet.range(48, 57).edges().members()).toEqual([48, 58]);
    expect(setOf([0, 31, 32, 255]).edges().members()).toEqual([0, 1, 31, 33, 255]);
    expect(ByteSet.ALL.edges().members()).toEqual([0]);
    expect(ByteSet.EMPTY.edges().members()).toEqual([]);
  });

  it("tells of any set each byte that is treated unlike the one before", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 255 })), (bytes) => {
        const set = setOf(bytes);
        const edges = set.edges();
        for (let byte = 0; byte < 256; byte++)
          expect(edges.has(byte)).toBe(set.has(byte) !== (byte > 0 && set.has(byte - 1)));
      }),
      { seed: 7, numRuns: 50 },
    );
  });
});
