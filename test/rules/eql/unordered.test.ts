import { describe, expect, it } from "@jest/globals";
import type { Event, Fields } from "../../../src/model/event.js";
import type { Query } from "../../../src/rules/eql/ast.js";
import { joinKeys } from "../../../src/rules/eql/layout.js";
import { compileQuery, type Match } from "../../../src/rules/eql/matcher.js";
import { event } from "../events.js";
import { found, matchesOf, treeOf } from "./ask.js";

const of = (rows: [string, Fields][]): Event[] =>
  rows.map(([category, fields], i) => event("e", i, { id: i + 1, ...fields }, { category }));

/** Hosts with what happened on them, in no order of time. */
const HOSTS = of([
  ["success", { host: "doom", os: "win10" }],
  ["alert", { host: "doom", os: "win10" }],
  ["alert", { host: "CS", os: "win10" }],
  ["alert", { host: "GTA", os: "slack" }],
  ["success", { host: "GTA" }],
  ["alert", { host: "GTA" }],
  ["success", { host: "doom", os: "win10" }],
  ["failure", { host: "doom", pid: [7, 8] }],
  ["success", { pid: 8 }],
]);

describe("a sample", () => {
  it.each<[string, string[]]>([
    ["sample by host [success where true] [alert where true]", ["5 4", "1 2"]],
    ["sample by host [alert where true] [success where true]", ["4 5", "2 1"]],
    ["sample by host, os [success where true] [alert where true]", ["1 2"]],
    ["sample by host, ?os [success where true] [alert where true]", ["5 6", "1 2"]],
    ["sample by host [success where true] by os [alert where true] by os", ["1 2"]],
    ["sample [success where true] by host [alert where true] by host", ["5 4", "1 2"]],
    ["sample by host [failure where true] [any where os == null]", []],
    ["sample by pid [failure where true] [success where true]", ["8 9"]],
  ])("%s", (query, expected) => {
    expect(found(query, HOSTS)).toEqual(expected);
  });

  it("takes the earliest events, the first step's first, and each for one step", () => {
    expect(found(`sample by host ${"[any where true] ".repeat(3)}`, HOSTS)).toEqual(["4 5 6", "1 2 7"]);
    const narrow = "sample by host [any where true] [success where true] [any where id < 3]";
    expect(found(narrow, HOSTS)).toEqual(["1 7 2"]);
  });

  it("is told in the order of its keys: what is absent, then by value", () => {
    const values: Fields["k"][] = ["b", 10, true, 9, undefined, "B", false];
    const events = of(
      values.flatMap((k): [string, Fields][] => [
        ["x", { k }],
        ["y", { k }],
      ]),
    );
    const query = "sample by ?k [x where true] [y where true]";
    expect(found(query, events, "k")).toEqual(
      [undefined, false, true, 9, 10, "B", "b"].map((k) => `${k ?? ""} ${k ?? ""}`),
    );
    expect(found(`${query} | head 1`, events, "k")).toEqual([" "]);
  });

  it("is told more than once for a key when that is asked for", () => {
    const several = (steps: string, perKey: number): string[] => {
      const query = { ...treeOf(`sample by host ${steps}`), perKey } as Query;
      const matcher = compileQuery(query);
      const told: string[] = [];
      const report = ({ events }: Match) => told.push(events.map(({ fields }) => fields["id"]).join(" "));
      for (const one of HOSTS) matcher.push(one, report);
      matcher.end(report);
      return told;
    };
    expect(several("[success where true] [alert where true]", 2)).toEqual(["5 4", "5 6", "1 2", "7 2"]);
    expect(several("[alert where true] [success where true]", 9)).toEqual(["4 5", "6 5", "2 1", "2 7"]);
    // As Elasticsearch does, the same events in other places are another sample.
    expect(several("[success where true] [success where true]", 9)).toEqual(["1 7", "7 1"]);
  });

  it("takes no event twice, whichever step sees it first", () => {
    const events = of([
      ["a", { host: "h", x: 1 }],
      ["a", { host: "h", x: 1, y: 1 }],
    ]);
    // The second event alone has y; so the first one must be the other step's, in either order of steps.
    expect(found("sample by host [any where x == 1] [any where y == 1]", events)).toEqual(["1 2"]);
    expect(found("sample by host [any where y == 1] [any where x == 1]", events)).toEqual(["2 1"]);
    expect(found("sample by host [any where y == 1] [any where y == 1]", events)).toEqual([]);
  });

  it("tells what its events share", () => {
    const query = "sample by host, ?os [failure where true] [any where true] by ?pid".replace(" by ?pid", "");
    const { matches } = matchesOf(query, HOSTS);
    expect(matches).toEqual([]);
    const other = "sample by host, ?os [success where true] [alert where true]";
    expect(matchesOf(other, HOSTS).matches.map((match) => joinKeys(treeOf(other), match))).toEqual([
      ["GTA", null],
      ["doom", "win10"],
    ]);
    const lists = "sample by pid [failure where true] [success where true]";
    expect(matchesOf(lists, HOSTS).matches.map((match) => joinKeys(treeOf(lists), match))).toEqual([[8]]);
  });

  it("follows a bounded number of keys, tells what an old one came to, and says so", () => {
    const pairs = [1, 1, 2, 3, 2].map((k, i) => event("e", i, { id: i, k }));
    const { matches, notes: few } = matchesOf("sample by k [any where true] [any where true]", pairs, {
      maxKeys: 1,
    });
    expect(matches.map(({ events }) => events.map(({ fields }) => fields["id"]))).toEqual([[0, 1]]);
    expect(few).toEqual(["2 values of its `by` fields were given up: more than 1 were open at once"]);
    const many = Array.from({ length: 30 }, (_, i) => event("e", i, { id: i, host: `h${i}` }));
    const { notes } = matchesOf("sample by host [any where true] [any where true]", many, { maxKeys: 10 });
    expect(notes).toEqual(["20 values of its `by` fields were given up: more than 10 were open at once"]);
  });
});

describe("a join", () => {
  const ports = (all: [number, string][]): Event[] =>
    all.map(([port, ip], i) => event("e", i, { id: i + 1, port, ip }));
  const [rdp, rpc, smb] = [3389, 135, 445].map((port) => `[any where port == ${port}]`);

  it("is complete when all came, in any order, as often as they do", () => {
    const events = ports([
      [135, "a"],
      [445, "a"],
      [3389, "b"],
      [3389, "a"],
      [3389, "a"],
      [445, "a"],
      [135, "a"],
    ]);
    expect(found(`join by ip ${rdp} ${rpc} ${smb}`, events)).toEqual(["4 1 2", "5 7 6"]);
  });

  it("keeps the first event of each step", () => {
    expect(
      found(
        `join ${rdp} ${rpc}`,
        ports([
          [135, "a"],
          [3389, "a"],
          [3389, "b"],
          [3389, "c"],
          [135, "b"],
        ]),
      ),
    ).toEqual(["2 1", "3 5"]);
  });

  it("is over with `until`", () => {
    const query = `join by ip ${rdp} ${rpc} until ${smb}`;
    expect(
      found(
        query,
        ports([
          [3389, "a"],
          [445, "a"],
          [135, "a"],
        ]),
      ),
    ).toEqual([]);
    expect(
      found(
        query,
        ports([
          [3389, "a"],
          [445, "b"],
          [135, "a"],
        ]),
      ),
    ).toEqual(["1 3"]);
  });
});
