import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import type { SequenceQuery } from "../../../src/rules/eql/ast.js";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { ChainTally } from "../../../src/rules/explain/chain-tally.js";
import { event } from "../events.js";

function follow(eql: string, events: readonly Event[]) {
  const parsed = parseEql(eql);
  if ("errors" in parsed) throw new Error(parsed.errors[0]!.message);
  const chain = new ChainTally(parsed.query as SequenceQuery);
  for (const one of events) chain.look(one);
  return chain.account();
}

const a = (at: number, host: string | undefined = "h") => event("a", at, { host });
const b = (at: number, host: string | undefined = "h") => event("b", at, { host });
const AB = 'sequence by host with maxspan=5s [any where event.action == "a"] [any where event.action == "b"]';

describe("how far a sequence came", () => {
  it("counts how often it came to each step", () => {
    const [first, second] = follow(AB, [a(1), b(2), a(10), b(12)]);
    expect(first!.reached).toBe(2);
    expect(second!).toMatchObject({ matched: 2, reached: 2, unprepared: 0 });
  });

  it("says by how much the nearest one missed the span", () => {
    const [first, late, later] = [a(1), b(8.5), b(20)];
    const [, second] = follow(AB, [first, late, later]);
    expect(second).toMatchObject({ matched: 2, reached: 0, late: { after: 7_500_000 } });
    expect(second!.late!.first).toBe(first);
    expect(second!.late!.event).toBe(late);
  });

  it("tells events that came before their forerunner, or under another key", () => {
    const [, second] = follow(AB, [b(1), a(2), b(3, "other")]);
    expect(second).toMatchObject({ matched: 2, reached: 0, unprepared: 2 });
    expect(second).not.toHaveProperty("late");
  });

  it("tells events without the field that it joins by", () => {
    const [, second] = follow(AB, [a(1), event("b", 2)]);
    expect(second).toMatchObject({ matched: 1, unjoined: 1, unprepared: 0 });
  });

  it("counts runs as one step that is reached when all are there", () => {
    const runs = AB.replace('"a"]', '"a"] with runs=3');
    expect(follow(runs, [a(1), a(2), b(3)]).map(({ reached }) => reached)).toEqual([0, 0]);
    expect(follow(runs, [a(1), a(2), a(3), b(4)]).map(({ reached }) => reached)).toEqual([1, 1]);
  });

  it("shows what a missing event must not match", () => {
    const gap =
      'sequence by host with maxspan=5s [any where event.action == "a"] ![any where event.action == "b"]';
    const [, missing] = follow(gap, [a(1), b(2)]);
    expect(missing).toMatchObject({ missing: true, matched: 1 });
  });

  it("does not join dated and undated times", () => {
    const dated = event("a", 1_800_000_000, { host: "h" });
    const [, second] = follow(AB, [dated, b(3)]);
    expect(second).toMatchObject({ matched: 1, reached: 0 });
    expect(second).not.toHaveProperty("late");
  });
});
