import { describe, expect, it } from "@jest/globals";
import { Candidates } from "../../../src/run/study/candidates.js";
import type { Placed } from "../../../src/run/study/places.js";
import { chosen, type Merit } from "../../../src/run/study/selection.js";

const placed = (count: number): Placed[] =>
  Array.from({ length: count }, (_, i) => ({
    source: i % 3,
    offset: 80 * i,
    line: i + 1,
    action: "dns.leg",
  }));
const lines = (all: readonly Placed[]) => all.map(({ line }) => line);

describe("a sample of what passes", () => {
  const sample = (events: readonly Placed[]) => {
    const candidates = new Candidates<Placed>(50);
    for (const event of events) candidates.offer(event, (one) => one);
    return candidates;
  };

  it("holds all of little", () => {
    expect(new Set(lines(sample(placed(50)).values)).size).toBe(50);
  });

  it("holds so many of much, knows how many there were, and is the same whatever their order", () => {
    const events = placed(5_000);
    const forward = sample(events);
    expect(forward.values).toHaveLength(50);
    expect(forward.total).toBe(5_000);
    expect(sample([...events].reverse()).values).toEqual(forward.values);
  });

  it("is even: each half of the source is in it", () => {
    const late = lines(sample(placed(5_000)).values).filter((line) => line > 2_500);
    expect(late.length).toBeGreaterThan(10);
    expect(late.length).toBeLessThan(40);
  });
});

describe("what is drawn where there is no room for all", () => {
  const merit = (of: Partial<Merit>): Merit => ({ cited: false, trouble: false, from: 0, to: 0, ...of });
  const near = [{ from: 1_000, to: 2_000 }];
  // By line: 1 nothing, 2 near a finding, 3 a failure, 4 a failure near a finding, 5 cited.
  const merits: Record<number, Merit> = {
    1: merit({}),
    2: merit({ from: 900, to: 1_000 }),
    3: merit({ trouble: true }),
    4: merit({ trouble: true, from: 1_500, to: 1_500 }),
    5: merit({ cited: true }),
  };

  it("is what findings cite, then failures near them, other failures, what else is near, and a sample of the rest", () => {
    const choose = (most: number) => lines(chosen(placed(5), most, near, ({ line }) => merits[line]!));
    expect(choose(5)).toEqual([5, 4, 3, 2, 1]);
    expect(choose(1)).toEqual([5]);
  });
});
