import { expect, test } from "@jest/globals";
import type { Clue } from "../../../../src/clock/align/clue.js";
import { KeptClues } from "../../../../src/clock/align/match/kept.js";
import { sharedPairs } from "../../../../src/clock/align/match/shared.js";
import { sightingsOf } from "../../../../src/clock/align/match/sighting.js";
import { clue } from "./sightings.js";

const OPEN = Number.POSITIVE_INFINITY;

function pairsOf(clues: readonly Clue[]) {
  const kept = new KeptClues();
  for (const each of clues) kept.take(each);
  return sharedPairs(kept, () => false);
}

const windows = (clues: readonly Clue[], apart: number) =>
  sightingsOf(clues, apart).map(({ lo, hi }) => [lo / 1e6, hi / 1e6]);

test("copies of a packet on several interfaces are one sighting, with a window around them", () => {
  const copies = [clue(0, "k", 10.0002), clue(0, "k", 10), clue(0, "k", 15)];
  expect(windows(copies, 10_000)).toEqual([
    [10, 10.0002],
    [15, 15],
  ]);
});

test("two lines within one second cannot be told apart", () => {
  expect(windows([clue(0, "k", 10, 10.999999), clue(0, "k", 10, 10.999999)], 10_000)).toEqual([
    [10, 10.999999],
  ]);
});

test("windows that are open on one side are told apart by their other end", () => {
  expect(windows([clue(0, "k", -OPEN, 5), clue(0, "k", -OPEN, 10)], 10_000)).toEqual([
    [-OPEN, 5],
    [-OPEN, 10],
  ]);
  expect(windows([clue(0, "k", 10, OPEN), clue(0, "k", 5, OPEN)], 10_000)).toEqual([
    [5, OPEN],
    [10, OPEN],
  ]);
});

test("every two sources that share a key are a pair", () => {
  const pairs = pairsOf([clue(2, "k", 7), clue(0, "k", 5), clue(1, "k", 6), clue(1, "other", 1)]);
  expect(pairs.map(({ a, b, keys }) => [a, b, keys.length])).toEqual([
    [0, 1, 1],
    [0, 2, 1],
    [1, 2, 1],
  ]);
});

test("keys are in the order of the first source's clock", () => {
  const [pair] = pairsOf(["late", "early"].flatMap((key, i) => [clue(0, key, 9 - i), clue(1, key, 9 - i)]));
  expect(pair!.keys.map(({ key }) => key)).toEqual(["early", "late"]);
});

test("windows that are open on the same side say nothing", () => {
  expect(pairsOf([clue(0, "k", -OPEN, 5), clue(1, "k", -OPEN, 6)])).toEqual([]);
  expect(pairsOf([clue(0, "k", -OPEN, 5), clue(1, "k", 6, OPEN)])).toHaveLength(1);
});

test("a key in very many sources does not give a pair for every two of them", () => {
  const pairs = pairsOf(Array.from({ length: 100 }, (_, i) => clue(i, "k", i, i === 40 ? i : i + 1)));
  expect(pairs).toHaveLength(99);
  expect(pairs.every(({ a, b }) => a === 40 || b === 40)).toBe(true);
});
