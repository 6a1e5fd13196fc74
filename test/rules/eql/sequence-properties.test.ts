import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Event } from "../../../src/model/event.js";
import { COVERS_EVERYTHING } from "../../../src/rules/coverage.js";
import { compileQuery } from "../../../src/rules/eql/matcher.js";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { event } from "../events.js";

const SPAN = 5;
const step = (action: string): string => `[any where event.action == "${action}"]`;

/** Random events of three kinds and two keys, in time order, often at the same time. */
const timelines = fc
  .array(
    fc.record({
      action: fc.constantFrom("a", "b", "c"),
      gap: fc.constantFrom(0, 1, 2, 3, 7),
      key: fc.constantFrom("x", "y"),
    }),
    { maxLength: 25 },
  )
  .map((all) => {
    let at = 0;
    return all.map(({ action, gap, key }) => {
      at += gap;
      return event(action, at, { key });
    });
  });

function matchesOf(steps: string, events: readonly Event[]): Event[][] {
  const parsed = parseEql(`sequence by key with maxspan=${SPAN}s ${steps}`);
  if ("errors" in parsed) throw new Error(steps);
  const matcher = compileQuery(parsed.query, { coverage: COVERS_EVERYTHING });
  const found: Event[][] = [];
  for (const one of events) matcher.push(one, (match) => found.push([...match.events]));
  matcher.end((match) => found.push([...match.events]));
  return found.sort((p, q) => events.indexOf(p[0]!) - events.indexOf(q[0]!));
}

const near = (a: Event, b: Event): boolean => Math.abs(a.time - b.time) <= SPAN * 1e6;
const others = (events: readonly Event[], one: Event, action: string): Event[] =>
  events.filter((other) => other.action === action && other.fields["key"] === one.fields["key"]);
const earlier = (a: Event, b: Event): boolean => a.line < b.line;

const holds = (steps: string, expected: (events: readonly Event[]) => Event[][]): void =>
  fc.assert(
    fc.property(timelines, (events) => {
      expect(matchesOf(steps, events)).toEqual(expected(events));
    }),
    { numRuns: 300 },
  );

describe("sequences over any timeline", () => {
  it("[a] ![b]: exactly the a with no b in the span after", () => {
    holds(`${step("a")} !${step("b")}`, (events) =>
      events
        .filter((a) => a.action === "a")
        .filter((a) => !others(events, a, "b").some((b) => earlier(a, b) && near(a, b)))
        .map((a) => [a]),
    );
  });

  it("![a] [b]: exactly the b with no a in the span before", () => {
    holds(`!${step("a")} ${step("b")}`, (events) =>
      events
        .filter((b) => b.action === "b")
        .filter((b) => !others(events, b, "a").some((a) => earlier(a, b) && near(a, b)))
        .map((b) => [b]),
    );
  });

  it("![a] [b] ![c]: exactly the b with no a before and c after that are a span apart, or nearer", () => {
    holds(`!${step("a")} ${step("b")} !${step("c")}`, (events) =>
      events
        .filter((b) => b.action === "b")
        .filter((b) => {
          const a = others(events, b, "a").findLast((one) => earlier(one, b));
          const c = others(events, b, "c").find((one) => earlier(b, one));
          return a === undefined || c === undefined || !near(a, c);
        })
        .map((b) => [b]),
    );
  });

  it("[a] [b]: each a that no later a replaced, with the next b, if it is near", () => {
    holds(`${step("a")} ${step("b")}`, (events) =>
      events
        .filter((a) => a.action === "a")
        .flatMap((a) => {
          const b = others(events, a, "b").find((one) => earlier(a, one));
          const replaced = others(events, a, "a").some((one) => earlier(a, one) && b && earlier(one, b));
          return b !== undefined && near(a, b) && !replaced ? [[a, b]] : [];
        }),
    );
  });

  it("[a] ![b] [c]: the last a before each c, unless a b or another c stands between", () => {
    holds(`${step("a")} !${step("b")} ${step("c")}`, (events) =>
      events
        .filter((a) => a.action === "a")
        .flatMap((a) => {
          const c = others(events, a, "c").find((one) => earlier(a, one));
          if (c === undefined || !near(a, c)) return [];
          const between = [...others(events, a, "a"), ...others(events, a, "b")].some(
            (one) => earlier(a, one) && earlier(one, c),
          );
          return between ? [] : [[a, c]];
        }),
    );
  });

  it("[a] with runs=3: in order, of one key, in the span", () => {
    fc.assert(
      fc.property(timelines, (events) => {
        for (const match of matchesOf(`${step("a")} with runs=3`, events)) {
          expect(match).toHaveLength(3);
          expect(new Set(match.map(({ fields }) => fields["key"])).size).toBe(1);
          expect(match.map(({ line }) => line)).toEqual(match.map(({ line }) => line).sort((p, q) => p - q));
          expect(near(match[0]!, match[2]!)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
