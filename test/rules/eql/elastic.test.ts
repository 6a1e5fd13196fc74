import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { event } from "../events.js";
import { found, matchesOf } from "./ask.js";

/**
 * Sequences as Elastic's documentation and the tests of its own implementation have them: what they expect, over events of our own
 * with the same shape.
 */

/** `1 normal, 2 normal` …: events of these tags, a millisecond apart. */
const tagged = (tags: string): Event[] =>
  tags.split(" ").map((tag, i) => event("e", 1_000 + i / 1_000, { id: i + 1, tag }));
const is = (tag: string) => `[any where tag == "${tag}"]`;

describe("an expiration event", () => {
  const query = 'sequence by ID [any where tag == "A"] [any where tag == "B"] until [any where tag == "C"]';
  it.each([
    ["A B", ["1 2"]],
    ["A B C", ["1 2"]],
    ["A C B", []],
  ])("%s → %j", (tags, expected) => {
    const events = tagged(tags).map((one) => ({ ...one, fields: { ...one.fields, ID: 7 } }));
    expect(found(query, events)).toEqual(expected);
  });
});

describe("how sequences handle matches", () => {
  const step = (name: string) => `[process where process.name == "${name}"]`;
  const rows =
    "root attrib, root attrib, elkbee bash, root bash, root bash, elkbee attrib, root attrib, elkbee bash, root cat, elkbee cat, root cat";
  const events = rows.split(", ").map((row, i) => {
    const [user, name] = row.split(" ");
    return event("p", i, { id: i + 1, "user.name": user, "process.name": name }, { category: "process" });
  });

  it("keeps one pending sequence in each state and for each user, the most recent one", () => {
    expect(found(`sequence by user.name ${step("attrib")} ${step("bash")} ${step("cat")}`, events)).toEqual([
      "2 4 9",
      "6 8 10",
    ]);
  });
});

describe("the same condition in several steps", () => {
  const events = tagged("p p p p p p");
  const upTo = (n: number) => `[any where id <= ${n}]`;
  const all = "[any where true]";
  it.each<[string, string[]]>([
    [`sequence [any where id == 1] ${all} ${all}`, ["1 2 3"]],
    [`sequence ${upTo(3)} ${all} ${all}`, ["1 2 3", "2 3 4", "3 4 5"]],
    [`sequence ${all} ${upTo(3)} ${all}`, ["1 2 3", "2 3 4"]],
    [`sequence ${all} ${all} ${upTo(3)}`, ["1 2 3"]],
    [`sequence [any where id < 5] [any where id == 5]`, ["4 5"]],
    [`sequence [any where id < 5] [any where id < 5]`, ["1 2", "2 3", "3 4"]],
    [`sequence ${all} with runs=3 | head 1`, ["1 2 3"]],
  ])("%s", (query, expected) => {
    expect(found(query, events)).toEqual(expected);
  });

  it("`with runs` says the same as steps written out", () => {
    const some = tagged("a b b b c a b b c");
    const one = found(`sequence ${is("a")} ${is("b")} with runs=3 ${is("c")}`, some);
    expect(one).toEqual(found(`sequence ${is("a")} ${is("b")} ${is("b")} ${is("b")} ${is("c")}`, some));
    expect(one).toEqual(["1 2 3 4 5"]);
  });
});

describe("join keys", () => {
  const events = [
    event("file", 1, { id: 1, "user.name": "u", "file.path": "/a" }),
    event("process", 2, { id: 2, "user.name": "u", "process.executable": "/b" }),
    event("process", 3, { id: 3, "user.name": "v", "process.executable": "/a" }),
    event("process", 4, { id: 4, "user.name": "u", "process.executable": "/a" }),
  ];
  const file = '[any where event.action == "file"]';
  const process = '[any where event.action == "process"]';
  it.each([
    `sequence ${file} by user.name, file.path ${process} by user.name, process.executable`,
    `sequence by user.name ${file} by file.path ${process} by process.executable`,
    `sequence by user.name with maxspan=15m ${file} by file.path ${process} by process.executable`,
  ])("%s", (query) => {
    expect(found(query, events)).toEqual(["1 4"]);
  });

  it("must have a value, unless they are optional", () => {
    const some = [event("a", 1, { id: 1, pid: 5 }), event("b", 2, { id: 2, pid: 5 })];
    const steps = '[any where event.action == "a"] [any where event.action == "b"]';
    expect(found(`sequence by pid, entity ${steps}`, some)).toEqual([]);
    expect(found(`sequence by pid, ?entity ${steps}`, some)).toEqual(["1 2"]);
    const half = [some[0]!, event("b", 2, { id: 2, pid: 5, entity: "e" })];
    expect(found(`sequence by pid, ?entity ${steps}`, half)).toEqual([]);
  });
});

describe("missing events", () => {
  const n = is("normal");
  const missing = `!${is("missing")}`;
  const none = `!${is("nonexisting")}`;
  const first = tagged("normal normal missing normal x");
  const second = tagged("normal normal missing normal normal missing x x");
  const letters = tagged("A B M1 B C M2 D M1 C B C D A B M3 C D M4 x");
  const [a, b, c, d] = ["A", "B", "C", "D"].map(is);
  const [m1, m2, m4, no] = ["M1", "M2", "M4", "none"].map((tag) => `!${is(tag)}`);
  const span = "sequence with maxspan=1s";
  it.each<[string, Event[], string[]]>([
    [`${span} ${n} ${none} ${n}`, first, ["1 2", "2 4"]],
    [`${span} ${n} ${none} ${n} | head 1`, first, ["1 2"]],
    [`${span} ${n} ${none} ${n} | tail 1`, first, ["2 4"]],
    [`${span} ${n} ${missing} ${n}`, first, ["1 2"]],
    [`${span} ${n} ${missing}`, first, ["4"]],
    [`${span} ${n} ${n} ${missing} ${n}`, second, ["2 4 5"]],
    [`${span} ${a} ${b} ${m1} ${c} ${m2} ${d}`, letters, ["13 14 16 17"]],
    [`${span} ${a} ${b} ${m1} ${c} ${d}`, letters, ["13 14 16 17"]],
    [`${span} ${a} ${b} ${c} ${m2} ${d}`, letters, ["13 14 16 17"]],
    [`${span} ${a} ${b} ${m1} ${c} ${m2} ${d} ${m4}`, letters, []],
    [`${span} ${a} ${b} ${no} ${c} ${no} ${d}`, letters, ["1 2 5 7", "13 14 16 17"]],
    [`${span} ${a} ${b} ${c} ${m2} ${d} ${no}`, letters, ["13 14 16 17"]],
    [`${span} ${no} ${a} ${b} ${c} ${m2} ${d}`, letters, ["13 14 16 17"]],
  ])("%s", (query, events, expected) => {
    expect(found(query, events)).toEqual(expected);
  });

  it("before and after, by the span", () => {
    const minute = 60;
    const at: [number, string][] = [
      [0, "missing"],
      [10, "normal"],
      [20, "missing"],
      [21, "normal"],
      [29, "normal"],
      [31, "normal"],
    ];
    const events = at.map(([min, tag], i) => event("e", 1e6 + min * minute, { id: i + 1, tag }));
    expect(found(`sequence with maxspan=3m ${missing} ${n}`, events)).toEqual(["2", "5", "6"]);
    const both = (span: string) => found(`sequence with maxspan=${span} ${missing} ${n} ${missing}`, events);
    // The one at 21 min stands a minute behind a missing one: but none comes after it.
    expect(both("19m")).toEqual(["2", "4", "5", "6"]);
    expect(both("21m")).toEqual(["4", "5", "6"]);
  });

  it("are left out of the match, and take no part in its keys", () => {
    const { matches } = matchesOf(`${span} ${n} ${missing} ${n}`, first);
    expect(matches[0]?.events).toHaveLength(2);
  });
});
