import { describe, expect, it } from "@jest/globals";
import type { Doc, QueryAnswer } from "../../../src/report/query/answer.js";
import { renderApi, renderLines } from "../../../src/report/query/api.js";
import { renderCsv } from "../../../src/report/query/csv.js";
import { renderMarkdownTable, renderTable } from "../../../src/report/query/tables.js";

const doc = (id: string, fields: Doc["fields"], more: Partial<Doc> = {}): Doc => ({
  index: "daemon.log",
  id,
  time: "2026-11-22T03:52:37.000000000Z",
  line: 7,
  category: "network",
  action: "dns.leg",
  fields,
  source: { ...fields },
  ...more,
});
const answer = (more: Partial<QueryAnswer>): QueryAnswer => ({
  kind: "event",
  fields: ["name"],
  hits: [],
  total: 0,
  open: [],
  openTotal: 0,
  notes: [],
  ...more,
});

const EVENTS = answer({ hits: [{ joinKeys: [], events: [doc("1", { name: "a", n: 5 })] }], total: 3 });
const SEQUENCES = answer({
  kind: "sequence",
  hits: [{ joinKeys: [2012, null], events: [doc("1", { name: "a" }), undefined, doc("2", { name: "b" })] }],
  total: 1,
  open: [{ joinKeys: [7, "x"], events: [doc("3", { name: "c" })], because: "coverage" }],
  openTotal: 1,
});
const COUNTS = answer({
  hits: [{ joinKeys: [], events: [], tally: { key: ["cmd", null], count: 3, percent: 0.75 } }],
  total: 1,
});

describe("json", () => {
  it("is what the EQL search API answers for events", () => {
    expect(JSON.parse(renderApi(EVENTS))).toEqual({
      is_partial: false,
      is_running: false,
      timed_out: false,
      hits: {
        total: { value: 3, relation: "eq" },
        events: [{ _index: "daemon.log", _id: "1", _source: { name: "a", n: 5 } }],
      },
    });
  });

  it("has join keys, and `missing` for an event that must be; what cannot be told makes it partial", () => {
    expect(JSON.parse(renderApi(SEQUENCES))).toEqual({
      is_partial: true,
      is_running: false,
      timed_out: false,
      hits: {
        total: { value: 1, relation: "eq" },
        sequences: [
          {
            join_keys: [2012, null],
            events: [
              { _index: "daemon.log", _id: "1", _source: { name: "a" } },
              { _index: "", _id: "", _source: {}, missing: true },
              { _index: "daemon.log", _id: "2", _source: { name: "b" } },
            ],
          },
        ],
        cannot_tell: [
          {
            outcome: "cannot tell",
            because: "coverage",
            join_keys: [7, "x"],
            events: [{ _index: "daemon.log", _id: "3", _source: { name: "c" } }],
          },
        ],
      },
    });
  });

  it("has counts where they were asked for", () => {
    expect(JSON.parse(renderApi(COUNTS)).hits.counts).toEqual([
      { key: ["cmd", null], count: 3, percent: 0.75 },
    ]);
  });

  it("hides nothing that acts on a terminal", () => {
    const evil = answer({ hits: [{ joinKeys: [], events: [doc("1", { name: "\u202e\u0007" })] }], total: 1 });
    expect(renderApi(evil)).not.toMatch(/[\u202e\u0007]/);
  });
});

describe("jsonl", () => {
  it("is one match a line, what cannot be told last", () => {
    const lines = [...renderLines(SEQUENCES)];
    expect(lines.every((line) => line.endsWith("}\n") && line.indexOf("\n") === line.length - 1)).toBe(true);
    expect(lines.map((line) => JSON.parse(line).outcome)).toEqual([undefined, "cannot tell"]);
    expect([...renderLines(COUNTS)]).toEqual(['{"key":["cmd",null],"count":3,"percent":0.75}\n']);
  });
});

describe("csv", () => {
  const cells = (name: string) => {
    const rows = [...renderCsv(answer({ hits: [{ joinKeys: [], events: [doc("1", { name })] }], total: 1 }))];
    return rows[1]!.trimEnd().slice("2026-11-22T03:52:37.000000000Z,daemon.log:7,dns.leg,".length);
  };

  it("has a column for each field that an event has, and CR LF", () => {
    expect([...renderCsv(SEQUENCES)].slice(0, 3)).toEqual([
      "match,time,source,event,name\r\n",
      "1,2026-11-22T03:52:37.000000000Z,daemon.log:7,dns.leg,a\r\n",
      "1,,,(missing),\r\n",
    ]);
    expect([...renderCsv(SEQUENCES)].at(-1)).toMatch(/^2\?,/);
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\\t=1"],
    ["a=1", "a=1"],
    ['say "x", y', '"say ""x"", y"'],
    ["two\r\nlines", "two\\r\\nlines"],
    [" blank ", '" blank "'],
    ["\x1b[31m", "\\x1b[31m"],
  ])("writes %j as %s", (text, expected) => {
    expect(cells(text)).toBe(expected);
  });
});

describe("tables", () => {
  it("show a row for each event, the fields of the query, and how many there are", () => {
    expect(renderTable(EVENTS, { width: 100 })).toBe(
      "time                            source        event    name\n" +
        "2026-11-22T03:52:37.000000000Z  daemon.log:7  dns.leg  a\n" +
        "3 events; 1 of them are shown (--size)\n",
    );
    expect(renderTable(SEQUENCES, { width: 100 }).split("\n").slice(1, 6)).toEqual([
      "1      2026-11-22T03:52:37.000000000Z  daemon.log:7  dns.leg    a",
      "1                                                    (missing)",
      "1      2026-11-22T03:52:37.000000000Z  daemon.log:7  dns.leg    b",
      "2?     2026-11-22T03:52:37.000000000Z  daemon.log:7  dns.leg    c",
      "1 sequence",
    ]);
    expect(renderTable(answer({}), { width: 100 })).toBe("no event matches\n");
    expect(renderTable(COUNTS, { width: 100 })).toBe(
      "count  percent  key 1  key 2\n3      75.0 %   cmd    (none)\n",
    );
  });

  it("are harmless in a terminal and in Markdown", () => {
    const evil = answer({
      hits: [{ joinKeys: [], events: [doc("1", { name: "\x1b]0;x\x07<b>|`[a](javascript:x)" })] }],
      total: 1,
    });
    expect(renderTable(evil, { width: 200 })).not.toContain("\x1b");
    const markdown = renderMarkdownTable(evil);
    expect(markdown).toContain("| ``\\x1b]0;x\\x07<b>\\|`[a](javascript:x)`` |");
    expect(markdown.split("\n")[1]).toBe("| --- | --- | --- | --- |");
  });
});
