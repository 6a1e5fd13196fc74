import { expect, test } from "@jest/globals";
import { KeptClues } from "../../../../src/clock/align/match/kept.js";
import { clue } from "./sightings.js";

const LIMITS = { perSource: 100, inAll: 10_000 };

function keysOf(kept: KeptClues): Map<number, string[]> {
  return new Map([...kept.kept()].map(({ source, byKey }) => [source, [...byKey.keys()].sort()]));
}

test("all clues are kept where there is room", () => {
  const kept = new KeptClues(LIMITS);
  for (let i = 0; i < 100; i++) kept.take(clue(0, `dns.question.sent ${i}`, i));
  expect(keysOf(kept).get(0)).toHaveLength(100);
  expect(kept.dropped).toBe(0);
});

test("where there is none, two sources keep the same keys, and what was left out is counted", () => {
  const kept = new KeptClues(LIMITS);
  for (let i = 0; i < 1000; i++) {
    kept.take(clue(0, `dns.question.sent ${i}`, i));
    kept.take(clue(1, `dns.question.sent ${i}`, i));
  }
  const [a, b] = [keysOf(kept).get(0)!, keysOf(kept).get(1)!];
  expect(a).toEqual(b);
  expect(a.length).toBeGreaterThan(20);
  expect(a.length).toBeLessThanOrEqual(100);
  expect(kept.dropped).toBe(2000 - a.length - b.length);
});

test("a source with more clues keeps some of the keys of one with fewer", () => {
  const kept = new KeptClues(LIMITS);
  for (let i = 0; i < 5000; i++) kept.take(clue(0, `k ${i}`, i));
  for (let i = 0; i < 90; i++) kept.take(clue(1, `k ${i}`, i));
  const few = new Set(keysOf(kept).get(1)!);
  expect(few.size).toBe(90);
  const many = keysOf(kept).get(0)!;
  expect(many.filter((key) => Number(key.slice(2)) < 90).every((key) => few.has(key))).toBe(true);
});

test("the order in which clues come makes no difference", () => {
  const clues = Array.from({ length: 700 }, (_, i) => clue(i % 2, `k ${i >> 1}`, i));
  const forwards = new KeptClues(LIMITS);
  const backwards = new KeptClues(LIMITS);
  for (const each of clues) forwards.take(each);
  for (const each of clues.reverse()) backwards.take(each);
  expect(keysOf(backwards)).toEqual(keysOf(forwards));
});

test("the limit in all holds for all sources together", () => {
  const kept = new KeptClues({ perSource: 1000, inAll: 500 });
  for (let source = 0; source < 10; source++)
    for (let i = 0; i < 200; i++) kept.take(clue(source, `k ${i}`, i));
  const keys = [...keysOf(kept).values()];
  expect(keys.flat().length).toBeLessThanOrEqual(500);
  expect(keys.flat().length).toBeGreaterThan(100);
  for (const each of keys) expect(each).toEqual(keys[0]);
});

test("a key that is seen all the time identifies nothing and is left out", () => {
  const kept = new KeptClues(LIMITS);
  for (let i = 0; i < 1000; i++) kept.take(clue(0, "http.request.sent GET /health", i));
  kept.take(clue(0, "http.request.sent GET /v2/", 5));
  expect(keysOf(kept).get(0)).toEqual(["http.request.sent GET /v2/"]);
  expect(kept.dropped).toBe(1000);
});

test("a key of absurd length is not kept", () => {
  const kept = new KeptClues(LIMITS);
  kept.take(clue(0, "x".repeat(100_000), 1));
  expect(keysOf(kept).size).toBe(1);
  expect(keysOf(kept).get(0)).toEqual([]);
  expect(kept.dropped).toBe(1);
});
