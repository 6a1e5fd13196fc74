import { describe, expect, it } from "@jest/globals";
import type { EventPattern } from "../../../src/rules/eql/ast.js";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { PatternTally } from "../../../src/rules/explain/pattern-tally.js";
import { event } from "../events.js";

function tally(eql: string): PatternTally {
  const parsed = parseEql(eql);
  if ("errors" in parsed) throw new Error(parsed.errors[0]!.message);
  return new PatternTally(parsed.query as EventPattern);
}

describe("what became of one condition", () => {
  const leg = (outcome: string | undefined, by: string) =>
    event("dns.leg", 1, { "dns.outcome": outcome, "dns.seen_by": by });

  it("counts the events of its kind, and those that fit", () => {
    const one = tally('network where event.action == "dns.leg" and dns.outcome == "timeout"');
    for (const outcome of ["answered", "timeout", "answered"]) one.look(leg(outcome, "packet"));
    one.look(event("dns.query", 1));
    one.look(event("dns.leg", 1, {}, { category: "host" }));
    expect(one.account()).toMatchObject({
      actions: ["dns.leg"],
      category: "network",
      offered: 3,
      matched: 1,
    });
  });

  it("says of each part how often it held, and what its fields were where it did not", () => {
    const one = tally(
      'any where event.action == "dns.leg" and dns.outcome == "timeout" and dns.seen_by == "strace"',
    );
    const events = [leg("answered", "packet"), leg("answered", "strace"), leg(undefined, "strace")];
    for (const each of events) one.look(each);
    const [outcome, seenBy] = one.account().parts;
    expect(outcome).toMatchObject({ condition: 'dns.outcome == "timeout"', held: 0, failed: 2, open: 1 });
    expect(outcome!.seen).toEqual([
      { field: "dns.outcome", values: [{ value: "answered", count: 2 }], others: 0, absent: 1 },
    ]);
    expect(seenBy).toMatchObject({ held: 2, failed: 1, open: 0 });
  });

  it("shows the event that lacked nothing but this part, and the one that came nearest", () => {
    const one = tally('any where dns.outcome == "timeout" and dns.seen_by == "strace"');
    const [far, near] = [leg("answered", "packet"), leg("answered", "strace")];
    one.look(far);
    one.look(near);
    const { parts, nearest } = one.account();
    expect(parts[0]!.example).toBe(near);
    expect(parts[1]!.example).toBe(far);
    expect(nearest).toEqual({ event: near, unmet: ['dns.outcome == "timeout"'] });
  });

  it("keeps alternatives together: they are one part", () => {
    const { parts } = tally('any where event.action == "a" and (x == 1 or y == 2) and not z == 3').account();
    expect(parts.map(({ condition }) => condition)).toEqual(["x == 1 or y == 2", "not z == 3"]);
  });

  it("does not call the kind of event a condition, only when it is one of several", () => {
    const { parts } = tally('any where event.action == "a" or x == 1').account();
    expect(parts.map(({ condition }) => condition)).toEqual(['event.action == "a" or x == 1']);
  });

  it("names at most 20 values", () => {
    const one = tally("any where n == 0");
    for (let n = 1; n <= 30; n += 1) one.look(event("a", n, { n }));
    const [seen] = one.account().parts[0]!.seen;
    expect(seen!.values).toHaveLength(20);
    expect(seen!.others).toBe(10);
  });
});
