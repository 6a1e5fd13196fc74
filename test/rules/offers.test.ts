import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { FieldValue } from "../../src/model/event.js";
import type { EventQuery } from "../../src/rules/eql/ast.js";
import { compilePattern } from "../../src/rules/eql/compile.js";
import { compileQuery } from "../../src/rules/eql/matcher.js";
import { parseEql } from "../../src/rules/eql/parse.js";
import { Offers } from "../../src/rules/offers.js";
import { event } from "./events.js";
import { judge, rule } from "./rules.js";

const query = (text: string): EventQuery => {
  const parsed = parseEql(`any where event.action == "dns.leg" and ${text}`);
  if ("errors" in parsed) throw new Error(JSON.stringify(parsed.errors));
  return parsed.query as EventQuery;
};
const asks = (text: string) => ({ text, patterns: [query(text)] });
const offered = (offers: Offers<{ text: string; patterns: EventQuery[] | undefined }>, fields: object) =>
  offers.of(event("dns.leg", 1, { ...fields })).map(({ text }) => text);

const TIMEOUT = asks('outcome == "timeout" and sends > 1');
const LATE = asks('(outcome in ("timeout", "late"))');
const NOT = asks('outcome != "timeout"');
const SEQUENCE = { text: "sequence", patterns: undefined };

describe("queries of one action, sorted by what they require", () => {
  const offers = new Offers([TIMEOUT, SEQUENCE, LATE, NOT]);

  it("offers an event to those whose value it has, and to those that ask for none, in their order", () => {
    expect(offered(offers, { outcome: "timeout" })).toEqual(
      [TIMEOUT, SEQUENCE, LATE, NOT].map((q) => q.text),
    );
    expect(offered(offers, { outcome: "late" })).toEqual([SEQUENCE, LATE, NOT].map((q) => q.text));
    expect(offered(offers, { outcome: "answered" })).toEqual([SEQUENCE, NOT].map((q) => q.text));
    expect(offered(offers, {})).toEqual([SEQUENCE, NOT].map((q) => q.text));
  });

  it("offers a list to all: any element may be the one", () => {
    expect(offered(offers, { outcome: ["late", "other"] })).toHaveLength(4);
  });

  it("does not sort by times: one is written in many ways", () => {
    const second = asks('@timestamp == "1970-01-01T00:00:01Z"');
    expect(offered(new Offers([second, asks("@timestamp in (5, 1000)")]), {})).toHaveLength(2);
  });

  it("takes nothing for required that one side of an `or` can do without", () => {
    const either = asks('(outcome == "timeout" or sends != 1)');
    expect(offered(new Offers([either, TIMEOUT]), { outcome: "answered" })).toEqual([either.text]);
  });

  it("sorts by each side of an `or`", () => {
    const either = asks('(outcome == "timeout" or port == 53)');
    const all = new Offers([either]);
    expect(offered(all, { outcome: "timeout", port: 80 })).toEqual([either.text]);
    expect(offered(all, { outcome: "answered", port: 53 })).toEqual([either.text]);
    expect(offered(all, { outcome: "answered", port: 80 })).toEqual([]);
  });

  it("sorts by bounds of numbers, beside values of the same field", () => {
    const [failed, limited] = [asks("code >= 500"), asks("429 == code")];
    const low = asks("(code > 100 and 300 > code and code < 250)");
    const all = new Offers([failed, limited, low]);
    for (const _ of ["at first", "again"]) {
      expect(offered(all, { code: 503 })).toEqual([failed.text]);
      expect(offered(all, { code: 500 })).toEqual([failed.text]);
      expect(offered(all, { code: 429 })).toEqual([limited.text]);
      expect(offered(all, { code: 200 })).toEqual([low.text]);
      expect(offered(all, { code: 299 })).toEqual([]);
      expect(offered(all, { code: 404 })).toEqual([]);
      expect(offered(all, { code: "503" })).toEqual([]);
      expect(offered(all, {})).toEqual([]);
    }
  });

  it("tells more values apart than it remembers", () => {
    const failed = asks("code >= 5000");
    const all = new Offers([failed]);
    for (let code = 0; code < 10_000; code += 3)
      expect(all.of(event("dns.leg", 1, { code }))).toHaveLength(code < 5000 ? 0 : 1);
  });

  it("asks several fields, one after the other, and keeps the order", () => {
    const port = asks("port == 53");
    const both = asks('port == 53 and outcome == "timeout"');
    const free = asks("true");
    const all = new Offers([port, TIMEOUT, free, both, LATE]);
    expect(offered(all, { outcome: "timeout", port: 53 })).toEqual(
      [port, TIMEOUT, free, both, LATE].map((q) => q.text),
    );
    expect(offered(all, { outcome: "other", port: 53 })).toEqual([port, free].map((q) => q.text));
    expect(offered(all, { outcome: "late", port: 80 })).toEqual([free, LATE].map((q) => q.text));
    expect(offered(all, {})).toEqual([free.text]);
  });

  it("takes the category for a value that is required", () => {
    const network = { text: "network", patterns: [{ ...query("true"), category: "network" }] };
    const host = { text: "host", patterns: [{ ...query("true"), category: "host" }] };
    expect(offered(new Offers([network, host]), {})).toEqual(["network"]);
  });

  it("never keeps back an event that a query matches", () => {
    const queries = [
      TIMEOUT,
      LATE,
      NOT,
      asks('(outcome == "a" or outcome == 5) and outcome == 5'),
      asks('(outcome > 4 or outcome == "late") and (sends == 2 or outcome == "timeout")'),
      asks('outcome >= "b" and not outcome == "late"'),
      asks("6 > outcome or false"),
      asks("true"),
    ];
    const all = new Offers(queries);
    for (const outcome of ["timeout", "late", "a", 5, 6, true, undefined, ["timeout"], ["x", 5], []]) {
      const one = event("dns.leg", 1, { outcome: outcome as FieldValue, sends: 2 });
      const matching = queries.filter((q) => compilePattern(q.patterns[0]!)(one));
      expect(all.of(one)).toEqual(expect.arrayContaining(matching));
    }
  });
});

describe("a sequence that is offered only what may fit its steps", () => {
  const EQL = `sequence by host with maxspan=5s
    [any where event.action == "dns.leg" and outcome == "timeout"]
    [any where event.action == "dns.leg" and outcome == "late"]`;
  const parsed = parseEql(EQL);
  if ("errors" in parsed) throw new Error(JSON.stringify(parsed.errors));
  const follow = rule(`queries: [{ eql: ${JSON.stringify(EQL)} }]\ngroup_by: [host]\nentities: [host]\n`);

  it("forgets what is over when the others say so", () => {
    const leg = (outcome: string, time: number) => event("dns.leg", time, { host: "h", outcome });
    const [first, last] = [leg("timeout", 1), leg("late", 2)];
    expect(judge(follow, [first, last]).findings).toHaveLength(1);
    // The clock was stepped back after 100 s; the file's order counts.
    expect(judge(follow, [first, leg("answered", 100), last]).findings).toEqual([]);
  });

  it("finds what it finds when it sees all events, in whatever order (property)", () => {
    const anyEvent = fc.record({
      action: fc.constantFrom("dns.leg", "dns.leg", "other"),
      time: fc.integer({ min: 0, max: 12 }),
      outcome: fc.constantFrom("timeout", "late", "answered"),
      host: fc.constantFrom("a", "b"),
    });
    let found = 0;
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), (list) => {
        const events = list.map(({ action, time, ...fields }) => event(action, time, fields));
        let matches = 0;
        const matcher = compileQuery(parsed.query);
        for (const one of events) if (one.action === "dns.leg") matcher.push(one, () => matches++);
        const { findings } = judge(follow, events);
        expect(findings.reduce((sum, { count }) => sum + count, 0)).toBe(matches);
        found += matches;
      }),
      { seed: 13, numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(300);
  });
});
