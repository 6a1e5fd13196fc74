import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Event, FieldValue } from "../../../src/model/event.js";
import type { EventQuery } from "../../../src/rules/eql/ast.js";
import { compilePattern } from "../../../src/rules/eql/compile.js";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { prospectOf } from "../../../src/rules/eql/possible.js";
import type { Portrait } from "../../../src/timeline/settler/portrait.js";

const PORTRAIT: Portrait = {
  action: "a.b",
  category: "network",
  fields: {
    gone: { is: "absent" },
    outcome: { is: "known", value: "answered" },
    count: { is: "known", value: 0 },
    span: { is: "between", from: 0, below: 100 },
    server: { is: "shared", dimension: "server" },
    first: { is: "shared", dimension: "server" },
    client: { is: "shared", dimension: "client" },
  },
};

const parse = (text: string): EventQuery => {
  const parsed = parseEql(`any where ${text}`);
  if ("errors" in parsed) throw new Error(JSON.stringify(parsed.errors));
  return parsed.query as EventQuery;
};
const prospect = (text: string) => prospectOf(parse(text).where, PORTRAIT);

describe("what a condition can come to", () => {
  it.each([
    'event.action == "a.c"',
    'outcome == "timeout"',
    'outcome in ("late", "timeout") and anything == 1',
    "count >= 1",
    "gone == 1",
    "gone != null",
    "span >= 100",
    "100 <= span",
    "span < 0",
    "span == null",
    "server != first",
    "server == null",
    'not (outcome == "answered" or anything == 1)',
    'outcome like "time*"',
  ])("is never true: %s", (text) => {
    expect(prospect(text).canBeTrue).toBe(false);
  });

  it.each([
    'event.action == "a.b"',
    "server == first",
    "span < 100",
    "span > 50",
    "server != client",
    'server == "192.0.2.1"',
    'outcome == "answered" and gone == null',
    'cidrMatch(server, "10.0.0.0/8")',
    "anything == null",
  ])("can be true: %s", (text) => {
    expect(prospect(text).canBeTrue).toBe(true);
  });

  it("names what the truth depends on, and says when it is more than that", () => {
    const told = (text: string) => {
      const { dimensions, varies } = prospect(text);
      return { dimensions: [...dimensions], varies };
    };
    expect(told("count == 0")).toEqual({ dimensions: [], varies: false });
    expect(told('server == "192.0.2.1"')).toEqual({ dimensions: ["server"], varies: false });
    expect(told("span > 50")).toEqual({ dimensions: [], varies: true });
    expect(told("span < 200 and (count == 0 or span > 50)")).toEqual({ dimensions: [], varies: false });
    expect(told('length(anything) > 3 or client : "10.*"')).toEqual({ dimensions: ["client"], varies: true });
  });

  it("claims nothing that does not hold for every event of the portrait", () => {
    const leaf = fc.constantFrom(
      'outcome == "answered"',
      'outcome != "answered"',
      "count < 1",
      "span < 100",
      "span >= 40",
      "span + 1 > 101",
      "gone == 1",
      "gone == null",
      "server == first",
      "server == client",
      'server like "1*"',
      "anything > 2",
      "anything == null",
      "client != null",
    );
    const condition = fc.letrec<{ any: string }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc
          .tuple(tie("any"), fc.constantFrom("and", "or"), tie("any"))
          .map(([a, op, b]) => `(${a} ${op} ${b})`),
        tie("any").map((inner) => `not (${inner})`),
      ),
    })).any;
    const event = fc
      .record({
        server: fc.constantFrom("1.1.1.1", "2.2.2.2"),
        client: fc.constantFrom("1.1.1.1", "3.3.3.3"),
        span: fc.integer({ min: 0, max: 99 }),
        anything: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
      })
      .map(({ server, client, span, anything }): Event => {
        const fields: Record<string, FieldValue | undefined> = {
          outcome: "answered",
          count: 0,
          span,
          server,
          first: server,
          client,
          anything,
        };
        return {
          source: 0,
          line: 1,
          offset: 0,
          length: 1,
          time: 5,
          ns: 0,
          latest: 5,
          action: "a.b",
          category: "network",
          fields,
        };
      });
    fc.assert(
      fc.property(condition, fc.array(event, { minLength: 2, maxLength: 6 }), (text, events) => {
        const query = parse(text);
        const { canBeTrue, dimensions, varies } = prospectOf(query.where, PORTRAIT);
        const test = compilePattern(query);
        const truths = new Map<string, boolean>();
        for (const one of events) {
          const truth = test(one);
          if (!canBeTrue) expect(truth).toBe(false);
          if (varies) continue;
          const key = [...dimensions]
            .sort()
            .map((name) => one.fields[name])
            .join();
          if (truths.has(key)) expect(truth).toBe(truths.get(key));
          truths.set(key, truth);
        }
      }),
      { seed: 11, numRuns: 3000 },
    );
  });
});
