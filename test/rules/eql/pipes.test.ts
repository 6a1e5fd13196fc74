import { describe, expect, it } from "@jest/globals";
import { event } from "../events.js";
import { found, matchesOf } from "./ask.js";

const NAMES = "cmd net cmd ps net cmd".split(" ");
const EVENTS = NAMES.map((name, i) =>
  event("e", i, { id: i + 1, name, size: [5, 1, 4, 1, 9, 2][i], ...(i === 3 && { user: "root" }) }),
);
const all = "any where true";

describe("pipes", () => {
  it.each<[string, string[]]>([
    // head and tail: https://www.elastic.co/docs/reference/query-languages/eql/eql-pipe-ref
    [`${all} | head 2`, ["1", "2"]],
    [`${all} | tail 2`, ["5", "6"]],
    [`${all} | head 4 | tail 2`, ["3", "4"]],
    [`${all} | tail 4 | head 2`, ["3", "4"]],
    [`${all} | head 0`, []],
    [`${all} | tail 0`, []],
    [`${all} | tail 99`, ["1", "2", "3", "4", "5", "6"]],
    // The others are Endgame's: https://eql.readthedocs.io/en/latest/query-guide/pipes.html
    [`${all} | filter size > 3`, ["1", "3", "5"]],
    [`${all} | filter size > 3 | filter name == "net"`, ["5"]],
    [`${all} | filter ?user == null | tail 1`, ["6"]],
    [`${all} | unique name`, ["1", "2", "4"]],
    [`${all} | unique name, size`, ["1", "2", "3", "4", "5", "6"]],
    [`${all} | unique name size`, ["1", "2", "3", "4", "5", "6"]],
    [`${all} | unique length(name)`, ["1", "4"]],
    [`${all} | unique name | tail 2 | head 1`, ["2"]],
    [`${all} | unique size > 3`, ["1", "2"]],
    [`${all} | sort size`, ["2", "4", "6", "3", "1", "5"]],
    [`${all} | sort name, size`, ["6", "3", "1", "2", "5", "4"]],
    [`${all} | sort ?user, size | tail 2`, ["5", "4"]],
    [`${all} | sort size | tail 1`, ["5"]],
    [`${all} | unique_count name`, ["1", "2", "4"]],
    [`${all} | unique_count name | filter count > 1`, ["1", "2"]],
    [`${all} | unique_count name | filter percent >= .5`, ["1"]],
    [`${all} | unique_count name | sort count | head 1`, ["4"]],
    [`sequence by name ${"[any where true] ".repeat(2)} | filter events[1].id > 3`, ["2 5", "3 6"]],
    [`sequence by name ${"[any where true] ".repeat(2)} | unique events[0].name`, ["1 3", "2 5"]],
    [`sequence by name ${"[any where true] ".repeat(2)} | filter size == 5`, ["1 3"]],
  ])("%s", (query, expected) => {
    expect(found(query, EVENTS)).toEqual(expected);
  });

  const tallies = (query: string) => matchesOf(query, EVENTS).matches.map(({ tally }) => tally);

  it("count all, or by values, the rarest first", () => {
    expect(tallies(`${all} | count`)).toEqual([{ count: 6, percent: 1 }]);
    expect(tallies(`any where false | count`)).toEqual([{ count: 0, percent: 1 }]);
    expect(tallies(`${all} | count name`)).toEqual([
      { key: ["ps"], count: 1, percent: 1 / 6 },
      { key: ["net"], count: 2, percent: 2 / 6 },
      { key: ["cmd"], count: 3, percent: 3 / 6 },
    ]);
    expect(tallies(`${all} | count ?user | tail 1`)).toEqual([{ key: [null], count: 5, percent: 5 / 6 }]);
    expect(tallies(`${all} | count name, size > 3 | tail 1`)).toEqual([
      { key: ["cmd", true], count: 2, percent: 2 / 6 },
    ]);
  });

  it("go on from what was counted", () => {
    expect(tallies(`${all} | count name | filter count > 1`).map((tally) => tally?.key)).toEqual([
      ["net"],
      ["cmd"],
    ]);
    expect(tallies(`${all} | count name | sort key | head 1`).map((tally) => tally?.key)).toEqual([["cmd"]]);
  });

  it("give the count and the share to the first event of each value", () => {
    const { matches } = matchesOf(`${all} | unique_count name | head 1`, EVENTS);
    expect(matches[0]?.events[0]?.fields).toMatchObject({ id: 1, count: 3, percent: 0.5 });
  });

  it("say what they did not keep", () => {
    const many = Array.from({ length: 10_002 }, (_, i) => event("e", i, { id: i }));
    const { matches, notes } = matchesOf(`${all} | tail 20000`, many);
    expect(matches).toHaveLength(10_000);
    expect(notes).toEqual(["`| tail 20000` keeps the last 10000 matches only"]);
  });

  it("let pass by what cannot be told", () => {
    const query = "sequence with maxspan=1h [any where id == 1] ![any where id == 9] | head 0";
    expect(found(query, EVENTS, "id", { covers: () => false })).toEqual(["? 1"]);
  });
});
