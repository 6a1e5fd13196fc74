import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Event } from "../../../src/model/event.js";
import type { Coverage } from "../../../src/rules/coverage.js";
import { event } from "../events.js";
import { found } from "./ask.js";

/** An event of its own source that happened between two times (seconds), or at one. */
let source = 0;
const at = (id: string, from: number, to = from, more: Partial<Event> = {}): Event => {
  source += 1;
  return event(id[0]!, from, { id }, { latest: to * 1e6, source, ...more });
};
const [A, B, C] = ["a", "b", "c"].map((action) => `[any where event.action == "${action}"]`);

describe("the order of two events", () => {
  it.each<[string, Event[], string[]]>([
    ["is proven where one ends before the other begins", [at("a", 1, 1.9), at("b", 2, 2.9)], ["a b"]],
    ["is proven where one ends when the other begins", [at("a", 1, 2), at("b", 2, 3)], ["a b"]],
    ["cannot be told where they overlap", [at("a", 1, 2), at("b", 1.5)], ["? a b"]],
    [
      "cannot be told either where the timeline put the second first",
      [at("b", 1, 2), at("a", 1.5)],
      ["? a b"],
    ],
    ["is the other way round where it must be", [at("b", 1, 1.4), at("a", 1.5)], []],
    ["is unknown without times", [at("a", Number.NaN), at("b", Number.NaN)], []],
  ])("%s", (_, events, expected) => {
    expect(found(`sequence with maxspan=5s ${A} ${B}`, events)).toEqual(expected);
  });

  it("is that of the file within one source, whatever the times", () => {
    const events = [at("a", 1, 2, { source: 0 }), at("b", 1, 2, { source: 0 })];
    expect(found(`sequence ${A} ${B}`, events)).toEqual(["a b"]);
    expect(found(`sequence ${A} ${B}`, [events[1]!, { ...events[0]!, line: 99_999 }])).toEqual([]);
  });

  it("is no matter between runs of one step", () => {
    const events = [at("a1", 1, 2), at("a2", 1.5, 2.5), at("a3", 2, 3)];
    expect(found(`sequence with maxspan=5s ${A} with runs=3`, events)).toEqual(["a1 a2 a3"]);
  });

  it("is carried on: one doubt is enough", () => {
    const events = [at("a", 1, 2), at("b", 1.5), at("c", 4)];
    expect(found(`sequence with maxspan=5s ${A} ${B} ${C}`, events)).toEqual(["? a b c"]);
  });
});

describe("maxspan", () => {
  const query = `sequence with maxspan=5s ${A} ${B}`;
  it.each<[string, Event[], string[]]>([
    ["is kept by all of both intervals", [at("a", 1, 2), at("b", 5, 6)], ["a b"]],
    ["cannot be told where only some of them keep it", [at("a", 1, 2), at("b", 5, 6.5)], ["? a b"]],
    ["cannot be told at its very end", [at("a", 1, 2), at("b", 7, 8)], ["? a b"]],
    ["is broken by all of them", [at("a", 1, 2), at("b", 7.001, 8)], []],
  ])("%s", (_, events, expected) => {
    expect(found(query, events)).toEqual(expected);
  });
});

describe("until", () => {
  const query = `sequence with maxspan=9s ${A} ${B} until ${C}`;
  it.each<[string, Event[], string[]]>([
    ["ends it where it surely lies between", [at("a", 1), at("c", 2, 3), at("b", 4)], []],
    [
      "leaves it open where it may lie before the first event",
      [at("c", 1, 3), at("a", 2), at("b", 4)],
      ["? a b"],
    ],
    [
      "leaves it open where it may lie behind the last one",
      [at("a", 1), at("c", 2, 5), at("b", 4)],
      ["? a b"],
    ],
    ["does nothing before", [at("c", 1, 2), at("a", 2), at("b", 4)], ["a b"]],
    ["does nothing after", [at("a", 1), at("b", 4), at("c", 4, 5)], ["a b"]],
  ])("%s", (_, events, expected) => {
    expect(found(query, events)).toEqual(expected);
  });
});

describe("a missing event in the middle", () => {
  const query = `sequence with maxspan=9s ${A} !${C} ${B}`;
  it.each<[string, Event[], string[]]>([
    ["is there where it surely lies between", [at("a", 1), at("c", 2, 3), at("b", 4)], []],
    ["may be there where it overlaps the first one", [at("a", 1, 3), at("c", 2), at("b", 4)], ["? a b"]],
    ["may be there where the timeline put it before", [at("c", 1, 3), at("a", 2), at("b", 4)], ["? a b"]],
    ["may be there where it overlaps the next one", [at("a", 1), at("c", 2, 5), at("b", 4)], ["? a b"]],
    ["may be there when it has no time", [at("a", 1), at("c", Number.NaN), at("b", 4)], ["? a b"]],
    ["is missing before", [at("c", 1, 2), at("a", 2), at("b", 4)], ["a b"]],
  ])("%s", (_, events, expected) => {
    expect(found(query, events)).toEqual(expected);
  });
});

describe("a missing event at the start", () => {
  const query = `sequence with maxspan=5s !${C} ${A} ${B}`;
  it.each<[string, Event[], string[]]>([
    [
      "is there where it surely lies in the span before the last one",
      [at("c", 1, 2), at("a", 3), at("b", 4)],
      [],
    ],
    ["may be there where only some of it does", [at("c", 1, 2), at("a", 3), at("b", 6.5)], ["? a b"]],
    ["may be there where it overlaps the first one", [at("c", 1, 4), at("a", 3), at("b", 5)], ["? a b"]],
    ["may be there where the timeline put it behind", [at("a", 1, 3), at("c", 2), at("b", 5)], ["? a b"]],
    ["is missing longer ago", [at("c", 1, 2), at("a", 6), at("b", 7.5)], ["a b"]],
  ])("%s", (_, events, expected) => {
    expect(found(query, events)).toEqual(expected);
  });
});

describe("a missing event at the end", () => {
  const query = `sequence with maxspan=5s ${A} !${C}`;
  it.each<[string, Event[], string[]]>([
    ["is there where it surely lies in the span", [at("a", 1), at("c", 3, 4)], []],
    ["may be there where only some of it does", [at("a", 1), at("c", 5, 7)], ["? a"]],
    ["may be there where it overlaps", [at("a", 1, 3), at("c", 2)], ["? a"]],
    ["may be there where the timeline put it before", [at("c", 1, 3), at("a", 2)], ["? a"]],
    ["is missing after the span", [at("a", 1), at("c", 6.1, 7)], ["a"]],
    ["is missing before", [at("c", 1, 2), at("a", 2)], ["a"]],
  ])("%s", (_, events, expected) => {
    expect(found(query, events)).toEqual(expected);
  });

  const covered = (from: number, to: number): Coverage => ({
    covers: (_, first, last) => from * 1e6 <= first && last <= to * 1e6,
  });
  it.each<[string, string, number, number, string[]]>([
    ["the data end inside the window", query, 0, 5.9, ["? a"]],
    ["the data end with the window", query, 0, 6, ["a"]],
    ["the data begin inside the window before", `sequence with maxspan=5s !${C} ${A}`, -3.9, 9, ["? a"]],
    ["the data begin with the window before", `sequence with maxspan=5s !${C} ${A}`, -4, 9, ["a"]],
  ])("%s", (_, text, from, to, expected) => {
    expect(found(text, [at("a", 1)], "id", covered(from, to))).toEqual(expected);
  });
});

describe("any events with intervals", () => {
  /** Every order that the intervals allow, in quarters of a second: what a sequence could be. */
  const quarters = (one: Event): number[] => {
    const all: number[] = [];
    for (let t = one.time / 250_000; t <= one.latest / 250_000; t += 1) all.push(t);
    return all;
  };
  it("claim a sequence only where each choice of times has it, and deny it only where none has", () => {
    const some = fc.array(
      fc.record({
        id: fc.constantFrom("a", "b"),
        from: fc.integer({ min: 0, max: 12 }),
        length: fc.integer({ min: 0, max: 6 }),
      }),
      { minLength: 2, maxLength: 2 },
    );
    fc.assert(
      fc.property(some, (given) => {
        const events = given
          .map(({ id, from, length }) => at(id, from / 4, (from + length) / 4))
          .sort((p, q) => p.time - q.time);
        const [a, b] = [
          events.find(({ action }) => action === "a"),
          events.find(({ action }) => action === "b"),
        ];
        if (!a || !b) return;
        const answers = quarters(a).flatMap((p) => quarters(b).map((q) => q - p >= 0 && q - p <= 4));
        const [answer] = found(`sequence with maxspan=1s ${A} ${B}`, events);
        if (answer === "a b") expect(answers).not.toContain(false);
        if (answer === undefined && answers.includes(true)) {
          // Only at the very point where both may be at once does the timeline's order decide.
          expect(b.latest).toBe(a.time);
        }
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });
});
