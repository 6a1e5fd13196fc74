import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { EqlParser } from "../../../src/rules/eql/parser.js";
import { renderProblem } from "../../../src/rules/eql/problem.js";

/** What people get wrong. The messages are in golden/errors.txt: UPDATE_GOLDEN=1 writes it, people review it. */
const QUERIES = [
  "",
  'any where event.action = "dns.leg"',
  'any where event.action == "dns.leg" && dns.outcome == "timeout"',
  'any where a == "x" || b == "y"',
  "any where !a",
  "any where event.action == 'dns.leg'",
  'event.action == "dns.leg"',
  'any whre event.action == "dns.leg"',
  "any where",
  'any where (a == "x" and b == "y"',
  'any where a == "x")',
  'any where a == "x" adn b == "y"',
  'any where a == "x" b == "y"',
  "any where 1 < a < 3",
  'any where a == "never ends',
  'any where a == "\\d"',
  "any where a == #",
  'any where startWith(a, "b")',
  'any where frobnicate(a, "b")',
  "any where startsWith(a)",
  'any where cidrMatch~(a, "10.0.0.0/8")',
  'any where a regex "(b"',
  'any where a regex "b\\"c"',
  'any where a regex "(?=b)"',
  'any where match(a, "b**{999999}")',
  'any where cidrMatch(a, "10.0.0/8")',
  "any where wildcard(a, b)",
  "any where a like b",
  "any where a + 1",
  'any where concat(a, "b")',
  'any where "a" + 1 == 2',
  "any where a in ()",
  "any where a in",
  "sample [any where true] [any where true]",
  "sample by a with maxspan=5s [any where true] ![any where true] with runs=2 until [any where true]",
  "join by a [any where true]",
  "process where child of [process where true]",
  "process where pid == 1 and not descendant of [process where true]",
  'any where args[0] == "x"',
  'any where args[0].name == "x"',
  "any where events[0].a == 1",
  "sequence [any where true]",
  "sequence",
  "sequence with maxspan=5 [any where true] [any where true]",
  "sequence with maxspan=2.5m [any where true] [any where true]",
  "sequence [any where true] ![any where true]",
  "sequence with maxspan=5s ![any where true]",
  "sequence [any where true] by a [any where true]",
  "sequence [any where true] with runs=0 [any where true]",
  "sequence by a [any where true [any where true]",
  "sequence by a, length(b) [any where true] [any where true]",
  "sequence by a [any where true] by b * 2 [any where true] by c",
  "sequence by a [any where true] [any where true] fork=true",
  "my-category where true",
  "any where a == ?'b'",
  "any where arraySearch(a, b, b == 1)",
  'any where a == "x" | cuont a',
  "any where true | head 1.5",
  "any where true | filter a, b",
  "any where true | filter 5",
  "any where true | unique",
  "any where true | sort 100",
  "sequence [any where true] [any where true] until [any where true] with runs=2",
  "any where true | 5",
  'any where a == "x" | head',
  'network where event.action == "dns.leg"\n  and dns.outcome = "timeout"\n  and dns.server.ip != null',
];

const golden = path.join(import.meta.dirname, "golden", "errors.txt");

describe("EQL's grammar", () => {
  it("is not ambiguous", () => {
    expect(() => new EqlParser(false)).not.toThrow();
  });
});

describe("EQL's error messages", () => {
  it("are those of golden/errors.txt", () => {
    const blocks = QUERIES.map((query) => {
      const parsed = parseEql(query);
      const errors = "errors" in parsed ? parsed.errors : [];
      expect([query, errors.length > 0]).toEqual([query, true]);
      return errors.map((problem) => renderProblem(query, problem)).join("\n");
    });
    const text = `${blocks.join("\n\n")}\n`;
    if (process.env["UPDATE_GOLDEN"] === "1") {
      fs.mkdirSync(path.dirname(golden), { recursive: true });
      fs.writeFileSync(golden, text);
    }
    expect(text).toBe(fs.readFileSync(golden, "utf8"));
  });

  it("show a long line around its place only", () => {
    const query = `any where ${'a == "x" or '.repeat(60)}b = 1${' or a == "x"'.repeat(60)}`;
    const parsed = parseEql(query);
    const rendered = "errors" in parsed ? renderProblem(query, parsed.errors[0]!) : "";
    const [, shown, caret] = rendered.split("\n");
    expect(shown!.length).toBeLessThan(110);
    expect(shown![caret!.indexOf("^")]).toBe("=");
  });

  it("come for hostile texts too, without an exception", () => {
    const hostile = [
      `any where ${"(".repeat(50_000)}`,
      `any where ${"(".repeat(5_000)}a${")".repeat(5_000)}`,
      `any where ${"not ".repeat(9_000)}a = 1`,
      `any where ${"f(".repeat(1_000)}`,
      `any where a == "${"\\u{41}".repeat(20_000)}`,
      `any where ${"a + ".repeat(4_900)}= 1`,
      '"'.repeat(99_999),
      "`".repeat(99_999),
      "\u0000\uffff\ud800",
    ];
    for (const text of hostile) expect("errors" in parseEql(text)).toBe(true);
  });
});
