import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { canServe, distinctChoices } from "../../../src/rules/eql/distinct.js";

/** All choices, by trying every combination in order. */
function byHand(lists: readonly (readonly number[])[]): number[][] {
  const [list, ...rest] = lists;
  if (list === undefined) return [[]];
  return list.flatMap((one) =>
    byHand(rest)
      .filter((others) => !others.includes(one))
      .map((others) => [one, ...others]),
  );
}

const lists = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 5 }), {
  minLength: 1,
  maxLength: 5,
});

describe("choices of one from each list, none twice", () => {
  it.each<[number[][], number[] | undefined]>([
    [
      [
        [1, 2, 3],
        [4, 5],
        [4, 5, 3],
      ],
      [1, 4, 5],
    ],
    [[[1], [1], [1, 3]], undefined],
    [
      [[1, 2], [1]],
      [2, 1],
    ],
    [[[1], []], undefined],
  ])("%j → %j", (given, expected) => {
    expect(distinctChoices(given, 1)[0]).toEqual(expected);
    expect(canServe(given)).toBe(expected !== undefined);
  });

  it("are all of them, in order, as many as are asked for", () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 40 }), (given, most) => {
        expect(distinctChoices(given, most)).toEqual(byHand(given).slice(0, most));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it("need no more of each list than there are others, and one for each choice", () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 9 }), (given, most) => {
        const cut = given.map((list) => list.slice(0, given.length - 1 + most));
        expect(distinctChoices(cut, most)).toEqual(distinctChoices(given, most));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it("are told at once where there are none: thirty lists for twenty-nine", () => {
    const given = Array.from({ length: 30 }, () => Array.from({ length: 29 }, (_, i) => i));
    expect(distinctChoices(given, 5)).toEqual([]);
  });
});
