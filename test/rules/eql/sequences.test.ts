import { describe, expect, it } from "@jest/globals";
import type { Event, Fields } from "../../../src/model/event.js";
import { COVERS_EVERYTHING, type Coverage } from "../../../src/rules/coverage.js";
import { compileQuery, type Match } from "../../../src/rules/eql/matcher.js";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { event } from "../events.js";

/** `a1 b2` is an event a at second 1, then b at 2; `a1:x` has key x; `-` in the result means "cannot tell". */
function run(query: string, script: string, coverage: Coverage = COVERS_EVERYTHING): string[] {
  const events = script.split(" ").map((word) => {
    const [, action, at, key] = /^([a-z]+)([\d.]+)(?::(\w+))?$/.exec(word)!;
    const fields: Fields = key === undefined ? {} : { key };
    return event(action!, Number(at), { ...fields, word });
  });
  return runEvents(query, events, coverage);
}

function runEvents(
  query: string,
  events: readonly Event[],
  coverage: Coverage = COVERS_EVERYTHING,
): string[] {
  const parsed = parseEql(query);
  if ("errors" in parsed) throw new Error(parsed.errors[0]?.message);
  const matcher = compileQuery(JSON.parse(JSON.stringify(parsed.query)), { coverage });
  const found: string[] = [];
  const report = ({ events: all, outcome }: Match): void => {
    const words = all.map(({ fields }) => fields["word"]).join(" ");
    found.push(`${outcome === "found" ? "" : "- "}${words}`);
  };
  for (const one of events) matcher.push(one, report);
  matcher.end(report);
  return found;
}

const A = '[any where event.action == "a"]';
const B = '[any where event.action == "b"]';
const C = '[any where event.action == "c"]';

/** Query, events, matches. */
const TABLE: [string, string, string[]][] = [
  // Order and span.
  [`sequence ${A} ${B}`, "a1 b2", ["a1 b2"]],
  [`sequence ${A} ${B}`, "b1 a2", []],
  [`sequence ${A} ${B} ${C}`, "a1 b2 x2 c3", ["a1 b2 c3"]],
  [`sequence ${A} ${B} ${C}`, "a1 c2 b3", []],
  [`sequence with maxspan=5s ${A} ${B}`, "a1 b6", ["a1 b6"]],
  [`sequence with maxspan=5s ${A} ${B}`, "a1 b6.001", []],
  [`sequence with maxspan=500ms ${A} ${B}`, "a1 b1.5", ["a1 b1.5"]],
  [`sequence with maxspan = 1 m ${A} ${B}`, "a1 b61", ["a1 b61"]],
  [`sequence with maxspan=5s ${A} ${B} ${C}`, "a1 b4 c7", []],
  // The latest pending sequence replaces the earlier one in its state, as in Elastic.
  [`sequence ${A} ${B}`, "a1 a2 b3 b4", ["a2 b3"]],
  [`sequence ${A} ${B} ${C}`, "a1 b2 a3 c4", ["a1 b2 c4"]],
  [`sequence ${A} ${A}`, "a1 a2 a3", ["a1 a2", "a2 a3"]],
  // Keys.
  [`sequence by key ${A} ${B}`, "a1:x a2:y b3:x b4:y", ["a1:x b3:x", "a2:y b4:y"]],
  [`sequence by key ${A} ${B}`, "a1:x b2:y", []],
  [`sequence by key ${A} ${B}`, "a1 b2", []],
  [`sequence by ?key ${A} ${B}`, "a1 b2", ["a1 b2"]],
  [`sequence by ?key ${A} ${B}`, "a1 b2:x", []],
  [`sequence ${A} by key ${B} by word`, "a1:b2 b2", ["a1:b2 b2"]],
  // Runs.
  [`sequence ${A} with runs=3`, "a1 a2", []],
  [`sequence with maxspan=5s ${A} with runs=3`, "a1 a2 a3", ["a1 a2 a3"]],
  [`sequence with maxspan=5s ${A} with runs=3`, "a1 a4 a7", []],
  [`sequence ${A} with runs=2 ${B}`, "a1 b2 a3 b4", ["a1 a3 b4"]],
  [`sequence by key with maxspan=1m ${A} with runs=2 ${B}`, "a1:x a2:y a3:x b4:x b5:y", ["a1:x a3:x b4:x"]],
  // Until.
  [`sequence ${A} ${B} until ${C}`, "a1 b2", ["a1 b2"]],
  [`sequence ${A} ${B} until ${C}`, "a1 b2 c3", ["a1 b2"]],
  [`sequence ${A} ${B} until ${C}`, "a1 c2 b3", []],
  [`sequence ${A} ${B} until ${C}`, "a1 c2 a3 b4", ["a3 b4"]],
  // The event that ends it is part of it: of one that is complete, and of one that is not.
  [`sequence ${A} ${B} until [any where word == "b2"]`, "a1 b2", ["a1 b2"]],
  [`sequence ${A} ${B} until [any where word == "a1"]`, "a1 b2", []],
  [`sequence ${A} ${B} ${C} until [any where word == "b2"]`, "a1 b2 c3", []],
  [`sequence ${A} with runs=2 ${B} until [any where word == "a2"]`, "a1 a2 a3 a4 b5", ["a3 a4 b5"]],
  [`sequence by key ${A} ${B} until ${C}`, "a1:x a1:y c2:x b3:x b4:y", ["a1:y b4:y"]],
  // Missing at the end: decided when the span is over.
  [`sequence with maxspan=5s ${A} !${B}`, "a1", ["a1"]],
  [`sequence with maxspan=5s ${A} !${B}`, "a1 b5", []],
  [`sequence with maxspan=5s ${A} !${B}`, "a1 b6.1", ["a1"]],
  [`sequence with maxspan=5s ${A} !${B}`, "a1 a3 b7", ["a1"]],
  [`sequence with maxspan=5s ${A} !${B}`, "b0 a1", ["a1"]],
  [`sequence by key with maxspan=5s ${A} !${B}`, "a1:x a1:y b2:y a20:z", ["a1:x", "a20:z"]],
  [`sequence with maxspan=5s ${A} ${B} !${C}`, "a1 b2 c7", ["a1 b2"]],
  [`sequence with maxspan=5s ${A} ${B} !${C}`, "a1 b2 c5", []],
  // Missing in the middle.
  [`sequence with maxspan=5s ${A} !${B} ${C}`, "a1 c3", ["a1 c3"]],
  [`sequence with maxspan=5s ${A} !${B} ${C}`, "a1 b2 c3", []],
  [`sequence with maxspan=5s ${A} !${B} ${C}`, "a1 b2 a3 c4", ["a3 c4"]],
  [`sequence by key with maxspan=5s ${A} !${B} ${C}`, "a1:x b2:y c3:x", ["a1:x c3:x"]],
  // Missing at the start: nothing in the span that ends with the last event.
  [`sequence with maxspan=5s !${A} ${B} ${C}`, "b2 c3", ["b2 c3"]],
  [`sequence with maxspan=5s !${A} ${B} ${C}`, "a1 b2 c3", []],
  [`sequence with maxspan=5s !${A} ${B} ${C}`, "a1 b8 c9", ["b8 c9"]],
  [`sequence with maxspan=5s !${A} ${B} ${C}`, "b1 a2 c3", ["b1 c3"]],
  [`sequence with maxspan=5s !${A} ${B}`, "a1 b2 b9", ["b9"]],
];

describe("a sequence", () => {
  it.each(TABLE)("%s over %s", (query, script, expected) => {
    expect(run(query, script)).toEqual(expected);
  });
});

describe("a missing event", () => {
  const query = `sequence with maxspan=5s ${A} !${B}`;
  const until = (last: number): Coverage => ({ covers: (_, from, to) => from >= 0 && to <= last * 1e6 });

  it("is proven only where the evidence covers its whole window", () => {
    expect(run(query, "a1", until(6))).toEqual(["a1"]);
    expect(run(query, "a1", until(5.9))).toEqual(["- a1"]);
    expect(run(query, "a1 b2", until(5.9))).toEqual([]);
  });

  it("is judged by the whole of the sources, not only as far as the timeline has come", () => {
    let reached = 0;
    const growing: Coverage = { covers: (_, __, to) => to <= reached };
    const parsed = parseEql(query);
    const matcher = compileQuery("query" in parsed ? parsed.query : (undefined as never), {
      coverage: growing,
    });
    const outcomes: string[] = [];
    const report = ({ outcome }: Match) => outcomes.push(outcome);
    for (const one of [event("a", 1), event("a", 7), event("a", 20)]) matcher.push(one, report);
    expect(outcomes).toEqual([]);
    reached = 15e6;
    matcher.end(report);
    expect(outcomes).toEqual(["found", "found", "cannot tell"]);
  });

  it("asks the coverage for the actions that it names, else for the category", () => {
    const asked: string[] = [];
    const coverage: Coverage = { covers: (kind) => asked.push(kind) > 0 };
    run(query, "a1", coverage);
    run(`sequence with maxspan=1s ${A} ![host where x == 1]`, "a1", coverage);
    run(`sequence with maxspan=1s ${A} ![any where event.action in ("p", "q")]`, "a1", coverage);
    expect(asked).toEqual(["b", "host", "p", "q"]);
  });
});

describe("missing events at both ends", () => {
  const query = `sequence with maxspan=5s !${A} ${B} !${C}`;
  /** Covers the seconds from one to another. */
  const from = (first: number, last: number): Coverage => ({
    covers: (_, from, to) => from >= first * 1e6 && to <= last * 1e6,
  });

  it.each<[string, string[]]>([
    ["b5", ["b5"]],
    ["a4 b5", ["b5"]],
    ["b5 c6", ["b5"]],
    ["a3 b5 c8", []],
    ["a3 b5 c8.1", ["b5"]],
    ["a1 a3 b5 c8", []],
    ["a3 b5 c8.1 c9", ["b5"]],
  ])("leave a span free in which the sequence lies: %s", (script, expected) => {
    expect(run(query, script)).toEqual(expected);
  });

  it.each<[string, Coverage, string[]]>([
    ["b5", from(5, 10), ["b5"]],
    ["b5", from(0, 5), ["b5"]],
    ["b5", from(3, 8), ["b5"]],
    ["b5", from(3, 7.9), ["- b5"]],
    ["a4 b5", from(0, 9), ["b5"]],
    ["a4 b5", from(0, 8.9), ["- b5"]],
    ["b5 c7", from(2, 20), ["b5"]],
    ["b5 c7", from(2.1, 20), ["- b5"]],
  ])("are proven where the evidence covers such a span: %s", (script, coverage, expected) => {
    expect(run(query, script, coverage)).toEqual(expected);
  });

  it("cannot be told where what stands there may be too near", () => {
    const at = (action: string, time: number, latest = time): Event =>
      event(action, time, { word: action }, { latest: latest * 1e6, source: action.charCodeAt(0) });
    expect(runEvents(query, [at("a", 2, 4), at("b", 5), at("c", 8)])).toEqual(["- b"]);
    expect(runEvents(query, [at("a", 2, 6), at("b", 5), at("c", 8)])).toEqual(["- b"]);
    expect(runEvents(query, [at("a", 2, 6), at("b", 5), at("c", 18)])).toEqual(["b"]);
    expect(runEvents(query, [at("a", 4), at("b", 5), at("c", 8, 12)])).toEqual(["- b"]);
    expect(runEvents(query, [at("a", 2, 2.5), at("b", 5), at("c", 8)])).toEqual(["b"]);
  });
});

describe("order by intervals", () => {
  const query = `sequence with maxspan=5s ${A} ${B}`;
  const at = (action: string, time: number, latest: number, source: number): Event =>
    event(action, time, { word: action }, { latest: latest * 1e6, source });

  it("is certain in one source, or where the intervals do not overlap", () => {
    expect(runEvents(query, [at("a", 1, 1.9, 0), at("b", 1, 1.9, 0)])).toEqual(["a b"]);
    expect(runEvents(query, [at("a", 1, 1.9, 0), at("b", 2, 2.9, 1)])).toEqual(["a b"]);
  });

  it("is said to be unproven where they overlap", () => {
    expect(runEvents(query, [at("a", 1, 1.9, 0), at("b", 1.5, 1.5, 1)])).toEqual(["- a b"]);
  });

  it("leaves a span open where only some of the interval fits", () => {
    expect(runEvents(query, [at("a", 1, 1.9, 0), at("b", 6.5, 6.5, 0)])).toEqual(["- a b"]);
    expect(runEvents(query, [at("a", 1, 1.9, 0), at("b", 7, 7, 0)])).toEqual([]);
  });

  it("does not order events without a time, but for the file they share", () => {
    const unplaced = (action: string, source: number) => at(action, Number.NaN, Number.NaN, source);
    const free = `sequence ${A} ${B}`;
    expect(runEvents(free, [unplaced("a", 0), unplaced("b", 0)])).toEqual(["a b"]);
    expect(runEvents(free, [unplaced("a", 0), unplaced("b", 1)])).toEqual([]);
    expect(runEvents(query, [unplaced("a", 0), unplaced("b", 0)])).toEqual([]);
  });
});

describe("a key with several values", () => {
  it("joins on each of them, and matches once", () => {
    const query = `sequence by dns.id ${A} ${B}`;
    const list = (action: string, id: number | number[]) => event(action, 1, { word: action, "dns.id": id });
    expect(runEvents(query, [list("a", [1, 2]), list("b", 2)])).toEqual(["a b"]);
    expect(runEvents(query, [list("a", [1, 2]), list("b", [1, 2])])).toEqual(["a b"]);
    expect(runEvents(query, [list("a", [1, 2]), list("b", 3)])).toEqual([]);
  });
});

describe("memory", () => {
  const parsed = parseEql(`sequence by key with maxspan=10s ${A} ${B}`);
  const query = "query" in parsed ? parsed.query : undefined;

  it("forgets what is older than maxspan", () => {
    const matcher = compileQuery(query!);
    for (let i = 0; i < 5_000; i += 1) matcher.push(event("a", i, { key: i }), () => {});
    expect((matcher as unknown as { slots: Map<string, unknown> }).slots.size).toBeLessThan(20);
    expect(matcher.notes()).toEqual([]);
  });

  it("follows a bounded number of keys, and says so", () => {
    const matcher = compileQuery(query!, { maxKeys: 100 });
    for (let i = 0; i < 500; i += 1) matcher.push(event("a", i / 1000, { key: i }), () => {});
    expect((matcher as unknown as { slots: Map<string, unknown> }).slots.size).toBe(100);
    expect(matcher.notes()).toEqual([
      "400 unfinished sequences were given up: more than 100 values of its `by` fields were open at once",
    ]);
  });
});
