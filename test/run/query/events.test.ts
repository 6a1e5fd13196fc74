import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { type EventsOptions, queryEvents } from "../../../src/run/query/events/query.js";

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "query-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

const OPTIONS: EventsOptions = {
  timestampField: "@timestamp",
  eventCategoryField: "event.category",
  fetchSize: 10,
  extent: { size: 100, position: "head" },
  complete: false,
};

function ask(eql: string, text: string, options: Partial<EventsOptions> = {}) {
  const parsed = parseEql(eql);
  if ("errors" in parsed) throw new Error(parsed.errors[0]?.message);
  const file = path.join(dir, "events.json");
  fs.writeFileSync(file, text);
  return queryEvents(file, parsed.query, { ...OPTIONS, ...options });
}
const lines = (objects: readonly object[]) => objects.map((one) => `${JSON.stringify(one)}\n`).join("");
const ids = ({ hits }: ReturnType<typeof ask>) =>
  hits.map(({ events }) => events.map((doc) => doc?.fields["id"] ?? "-").join(" "));

describe("a query of events", () => {
  const at = (id: number, second: number, more: object = {}) => ({
    id,
    "@timestamp": `2026-01-01T00:00:${String(second).padStart(2, "0")}Z`,
    event: { category: "process" },
    ...more,
  });

  it("orders them by time, then by the tiebreaker, then as they stand", () => {
    const events = [at(1, 5, { seq: 3 }), at(2, 1), at(3, 5, { seq: 1 }), at(4, 5), at(5, 5, { seq: 3 })];
    expect(ids(ask("process where true", lines(events)))).toEqual(["2", "1", "3", "4", "5"]);
    expect(ids(ask("process where true", lines(events), { tiebreakerField: "seq" }))).toEqual([
      "2",
      "3",
      "1",
      "5",
      "4",
    ]);
  });

  it("gives the same order whatever the window: by a second pass where they are far from it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 40 }),
        fc.integer({ min: 2, max: 50 }),
        (seconds, fetchSize) => {
          const events = seconds.map((second, i) => at(i, second));
          const expected = [...events].sort((a, b) =>
            a["@timestamp"] < b["@timestamp"] ? -1 : a["@timestamp"] > b["@timestamp"] ? 1 : a.id - b.id,
          );
          const got = ids(ask("any where true", lines(events), { fetchSize }));
          expect(got).toEqual(expected.map(({ id }) => String(id)));
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });

  it("merges runs from temporary files, and leaves none behind", () => {
    const tmp = fs.mkdtempSync(path.join(dir, "tmp-"));
    const many = Array.from({ length: 60_000 }, (_, i) => ({ id: i, "@timestamp": 1_600_000_000_000 - i }));
    const answer = ask("any where true | head 3", lines(many), { tmp, fetchSize: 2 });
    expect(ids(answer)).toEqual(["59999", "59998", "59997"]);
    expect(fs.readdirSync(tmp)).toEqual([]);
  });

  it("knows other names of its fields, and lists of categories", () => {
    const text = lines([
      { id: 1, ts: 1, kind: "a" },
      { id: 2, ts: 2, kind: ["x", "b"] },
    ]);
    const names = { timestampField: "ts", eventCategoryField: "kind" };
    expect(ids(ask("b where true", text, names))).toEqual(["2"]);
    expect(ids(ask("sequence with maxspan=1s [a where true] [x where true]", text, names))).toEqual(["1 2"]);
  });

  it("reads hits as an index exports them", () => {
    const text = lines([{ _index: "i", _id: "abc", _source: at(7, 1) }]);
    expect(ask("process where id == 7", text).hits[0]?.events[0]).toMatchObject({
      id: "abc",
      source: at(7, 1),
    });
  });

  it("compares the field with the time as a time, whatever its name", () => {
    const events = lines([
      { ts: "2026-11-22T04:00:00+01:00", id: 1, "event.category": "process" },
      { ts: "2026-11-22T03:30:00Z", id: 2, "event.category": "process" },
    ]);
    const asked = (condition: string) => ids(ask(`any where ${condition}`, events, { timestampField: "ts" }));
    expect(asked('ts == "2026-11-22T03:00:00Z"')).toEqual(["1"]);
    expect(asked('not "2026-11-22T03:10:00Z" > ts')).toEqual(["2"]);
    expect(asked('ts in ("2026-11-22T03:00:00Z", 1)')).toEqual(["1"]);
    expect(asked(`ts == ${Date.UTC(2026, 10, 22, 3, 30)} and @timestamp > "2026"`)).toEqual(["2"]);
    expect(asked('ts : "*+01:00" and ts != null')).toEqual(["1"]);
  });

  it("reads what is written for the bulk API: a line with an action before each document", () => {
    const text = lines([
      { index: { _index: "i", _id: "first" } },
      { "@timestamp": 1, id: 1, "event.category": "process" },
      { create: {} },
      { "@timestamp": 2, id: 2, "event.category": "process" },
      { index: { pid: 7 } },
      { "@timestamp": 3, id: 4, "event.category": "process" },
    ]);
    const answer = ask("any where true", text);
    expect(ids(answer)).toEqual(["1", "2", "-", "4"]);
    expect(answer.hits.map(({ events: [doc] }) => doc?.id)).toEqual(["first", "2", "3", "4"]);
    // An object that only looks like one: events may have a field of that name.
    expect(ids(ask("any where true", lines([{ index: {} }, { index: {}, id: 2 }])))).toEqual(["2"]);
  });

  it("takes `.keyword` for the exact value of a text, as Elasticsearch names it unless told otherwise", () => {
    const events = lines([
      { "@timestamp": 1, id: 1, name: "a", host: "h" },
      { "@timestamp": 2, id: 2, name: "b", host: { keyword: "own" } },
      { "@timestamp": 3, id: 3, name: "c", host: "h" },
    ]);
    expect(ids(ask('any where name.keyword in ("a", "b")', events))).toEqual(["1", "2"]);
    expect(ids(ask("any where host.keyword != null", events))).toEqual(["1", "2", "3"]);
    expect(ids(ask('any where host.keyword == "own"', events))).toEqual(["2"]);
    expect(ids(ask("sequence by host.keyword [any where true] [any where true]", events))).toEqual(["1 3"]);
    expect(
      ids(
        ask(
          "sequence [any where id == 1] by name [any where id == 3] by name until [any where id == 2] by name.keyword",
          events,
        ),
      ),
    ).toEqual(
      ids(
        ask(
          "sequence [any where id == 1] by name [any where id == 3] by name until [any where id == 2] by name",
          events,
        ),
      ),
    );
    expect(ask("any where name.keyword == null", events).known.has("name.keyword")).toBe(true);
    expect(ask("any where nam.keyword == null", events).known.has("nam.keyword")).toBe(false);
  });

  it("claims an absence only inside of what the events cover", () => {
    const query = "sequence with maxspan=5s [any where ?x == 1] ![any where ?y == 1]";
    const events = [at(1, 0, { x: 1 }), at(2, 10), at(3, 20, { x: 1 }), at(4, 24)];
    const careful = ask(query, lines(events));
    expect(ids(careful)).toEqual(["1 -"]);
    expect(careful.open.map(({ because, events: [first] }) => [because, first?.fields["id"]])).toEqual([
      ["coverage", 3],
    ]);
    expect(ids(ask(query, lines(events), { complete: true }))).toEqual(["1 -", "3 -"]);
  });

  it("counts all matches, and shows the first or the last ones", () => {
    const text = lines([1, 2, 3, 4].map((i) => at(i, i)));
    const first = ask("any where true", text, { extent: { size: 2, position: "head" } });
    expect([first.total, ids(first)]).toEqual([4, ["1", "2"]]);
    const last = ask("any where true", text, { extent: { size: 3, position: "tail" } });
    expect([last.total, ids(last)]).toEqual([4, ["2", "3", "4"]]);
  });

  it("tells a sequence once for each value that its events share", () => {
    const events = lines([
      { "@timestamp": 1, id: 1, tags: ["a", "b", "c"], items: [1, 2] },
      { "@timestamp": 2, id: 2, tags: ["c", "b", "c"], items: [2, 1] },
    ]);
    const twice = ask("sequence by tags [any where id == 1] [any where id == 2]", events);
    expect([ids(twice), twice.hits.map(({ joinKeys }) => joinKeys)]).toEqual([
      ["1 2", "1 2"],
      [["c"], ["b"]],
    ]);
    const product = ask("sequence by tags, items [any where id == 1] [any where id == 2]", events);
    expect(product.hits.map(({ joinKeys }) => joinKeys.join(""))).toEqual(["c2", "c1", "b2", "b1"]);
  });

  it("tells so many samples for each key as are asked for", () => {
    const events = lines([1, 2, 3, 4].map((id) => ({ id, k: id % 2, "event.category": id < 3 ? "x" : "y" })));
    const query = "sample by k [any where true] [any where true]";
    expect(ids(ask(query, events))).toEqual(["2 4", "1 3"]);
    const extent = { size: 100, position: "head", samplesPerKey: 2 } as const;
    expect(ids(ask(query, events, { extent }))).toEqual(["2 4", "4 2", "1 3", "3 1"]);
  });

  it("keeps to the window of time that was asked for", () => {
    const since = Date.UTC(2026, 0, 1, 0, 0, 2) * 1000;
    const text = lines([1, 2, 3, 4].map((i) => at(i, i)));
    expect(ids(ask("any where true", text, { since, until: since + 1_000_000 }))).toEqual(["2", "3"]);
  });

  it("says which events have no time, and leaves them out of spans", () => {
    const answer = ask(
      "sequence with maxspan=9s [any where true] [any where true]",
      lines([{ id: 1 }, at(2, 1), at(3, 2)]),
    );
    expect(ids(answer)).toEqual(["2 3"]);
    expect(answer.notes[0]).toContain("1 events have no time");
  });

  it("tells the fields that there are, and the places that hold no event", () => {
    const answer = ask("any where true", `nonsense\n${lines([at(1, 1, { "a.b": 1 })])}`);
    expect([...answer.known].sort()).toEqual(["@timestamp", "a.b", "event.category", "id"]);
    expect(answer.problems).toEqual([{ line: 1, message: "no JSON object begins here" }]);
  });
});
