import { describe, expect, it } from "@jest/globals";
import type { FieldValue } from "../../src/model/event.js";
import type { EventQuery } from "../../src/rules/eql/ast.js";
import { compilePattern } from "../../src/rules/eql/compile.js";
import { parseEql } from "../../src/rules/eql/parse.js";
import { Offers } from "../../src/rules/offers.js";
import { event } from "./events.js";

const query = (text: string): EventQuery => {
  const parsed = parseEql(`any where event.action == "dns.leg" and ${text}`);
  if ("errors" in parsed) throw new Error(JSON.stringify(parsed.errors));
  return parsed.query as EventQuery;
};
const asks = (text: string) => ({ text, query: query(text) });
const offered = (offers: Offers<{ text: string; query: EventQuery | undefined }>, fields: object) =>
  offers.of(event("dns.leg", 1, { ...fields })).map(({ text }) => text);

const TIMEOUT = asks('outcome == "timeout" and sends > 1');
const LATE = asks('(outcome in ("timeout", "late"))');
const NOT = asks('outcome != "timeout"');
const SEQUENCE = { text: "sequence", query: undefined };

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

  it("takes nothing for required that one side of an `or` can do without", () => {
    const either = asks('(outcome == "timeout" or sends > 1)');
    expect(offered(new Offers([either, TIMEOUT]), { outcome: "answered" })).toEqual([either.text]);
  });

  it("never keeps back an event that a query matches", () => {
    const queries = [
      TIMEOUT,
      LATE,
      NOT,
      asks('(outcome == "a" or outcome == 5) and outcome == 5'),
      asks("true"),
    ];
    const all = new Offers(queries);
    for (const outcome of ["timeout", "late", "a", 5, true, undefined, ["timeout"], ["x", 5], []]) {
      const one = event("dns.leg", 1, { outcome: outcome as FieldValue, sends: 2 });
      const matching = queries.filter((q) => compilePattern(q.query)(one));
      expect(all.of(one)).toEqual(expect.arrayContaining(matching));
    }
  });
});
