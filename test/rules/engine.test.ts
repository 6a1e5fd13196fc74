import { describe, expect, it } from "@jest/globals";
import { COVERS_EVERYTHING } from "../../src/rules/coverage.js";
import { actionsWanted, RuleEngine } from "../../src/rules/engine.js";
import { event } from "./events.js";
import { judge, leg, rule, timeouts } from "./rules.js";

describe("a sequence in a rule", () => {
  const fallback = rule(`
queries:
  - eql: >-
      sequence by host with maxspan=5s
        [any where event.action == "v2_error"]
        [any where event.action == "v1_call"]
    confidence: 1
group_by: [host]
entities: [host, tag]
`);

  it("collects the facts of all its events", () => {
    const { findings } = judge(fallback, [
      event("v2_error", 1, { host: "h" }),
      event("v1_call", 2, { host: "h", tag: "t" }),
    ]);
    expect(findings[0]).toMatchObject({
      from: 1e6,
      to: 2e6,
      entities: { host: ["h"], tag: ["t"] },
      confidence: 1,
    });
  });

  it("cannot tell where the order is not proven", () => {
    const blurred = event("v2_error", 1, { host: "h" }, { latest: 2.9e6, source: 1 });
    const { findings, answers, missing } = judge(fallback, [blurred, event("v1_call", 2, { host: "h" })]);
    expect(findings).toEqual([]);
    expect(answers).toEqual({ "test-rule": "cannot-tell" });
    expect(missing[0]?.why).toContain("times overlap");
  });

  it("does not reach over a boundary", () => {
    const engine = new RuleEngine([fallback]);
    engine.push(event("v2_error", 1, { host: "h" }));
    engine.boundary();
    engine.push(event("v1_call", 2, { host: "h" }));
    expect(engine.end().findings).toEqual([]);
  });
});

describe("an event that completes matches of two queries", () => {
  const repeated = rule(`
queries:
  - eql: any where event.action == "fail"
    severity: low
  - eql: >-
      sequence by host with maxspan=1m
        [any where event.action == "fail"] with runs=3
    severity: high
group_by: [host]
`);
  const fails = (...seconds: number[]) => seconds.map((t) => event("fail", t, { host: "h" }));

  it("counts once", () => {
    expect(judge(repeated, fails(1, 2, 3)).findings[0]).toMatchObject({ count: 3, severity: "high" });
    expect(judge(repeated, fails(1, 100, 200)).findings[0]).toMatchObject({ count: 3, severity: "low" });
  });
});

describe("unless", () => {
  const guarded = rule(`
queries: [{ eql: any where event.action == "fail" }]
unless: [{ eql: any where event.action == "retry" }]
group_by: [host, tag]
entities: [host, tag]
`);
  const fail = event("fail", 2, { host: "h", tag: "t" });

  it("withdraws the group it belongs to, before or after", () => {
    const retry = event("retry", 3, { host: "h", tag: "t" });
    expect(judge(guarded, [fail, retry]).answers["test-rule"]).toBe("not-found");
    expect(judge(guarded, [retry, fail]).findings).toEqual([]);
    expect(judge(guarded, [fail, event("retry", 3, { host: "h", tag: "u" })]).findings).toHaveLength(1);
  });

  it("counts for all groups that agree in the fields it has, and for none when it has none", () => {
    expect(judge(guarded, [fail, event("retry", 3, { host: "h" })]).findings).toEqual([]);
    expect(judge(guarded, [fail, event("retry", 3, { host: "i" })]).findings).toHaveLength(1);
    expect(judge(guarded, [fail, event("retry", 3)]).findings).toHaveLength(1);
  });

  it("stays the same however often it is said, by one value or by a list of them", () => {
    const byHost = rule(`
queries: [{ eql: any where event.action == "fail" }]
unless: [{ eql: any where event.action == "retry" and outcome == "ok" }]
group_by: [host]
entities: [host]
`);
    const retry = (host: string | string[], outcome: string) => event("retry", 3, { host, outcome });
    const hosts = ["a", "b", "c", "d"].map((host) => event("fail", 2, { host }));
    const said = [
      retry("a", "ok"),
      retry("a", "ok"),
      retry("b", "bad"),
      retry("a", "bad"),
      retry(["c", "x"], "ok"),
    ];
    const { findings } = judge(byHost, [...said, ...hosts, ...said]);
    expect(findings.map(({ entities }) => entities["host"])).toEqual([["b"], ["d"]]);
  });
});

describe("cannot tell", () => {
  const open = rule(`
queries: [{ eql: any where event.action == "leg" and outcome == "timeout" }]
cannot_tell:
  - eql: any where event.action == "leg" and outcome == "unknown"
    what: the answers of {server}
    why: the capture ends {window} after the question
    command: tcpdump -i any host {server|SERVER} -w {file}
`);
  const unknown = (at: number, server: string) =>
    event("leg", at, { outcome: "unknown", server, "event.start": at * 1e6 - 1_200_000 });

  it("names what is missing, each thing once", () => {
    const { answers, missing } = judge(open, [unknown(1, "a"), unknown(2, "a"), unknown(3, "b")]);
    expect(answers["test-rule"]).toBe("cannot-tell");
    expect(missing).toEqual(
      ["a", "b"].map((server) => ({
        what: `the answers of ${server}`,
        why: "the capture ends 1.2 s after the question",
        command: `tcpdump -i any host ${server} -w {file}`,
      })),
    );
  });

  it("is said once where two rules miss the same", () => {
    const { missing, answers } = judge([open, { ...open, id: "twin" }], [unknown(1, "a")]);
    expect(missing).toHaveLength(1);
    expect(answers).toEqual({ "test-rule": "cannot-tell", twin: "cannot-tell" });
  });

  it("is not said when the rule was found", () => {
    const { answers, missing } = judge(open, [unknown(1, "a"), event("leg", 2, { outcome: "timeout" })]);
    expect([answers["test-rule"], missing]).toEqual(["found", []]);
  });

  it("is the answer where an absence could not be proven", () => {
    const silent = rule(`
queries:
  - eql: sequence with maxspan=5s [any where event.action == "ask"] ![any where event.action == "answer"]
cannot_tell:
  - what: the five seconds after {name}
    why: it ends early
    command: collect longer
`);
    const ask = event("ask", 1, { name: "x.test" });
    expect(judge(silent, [ask], { coverage: COVERS_EVERYTHING }).findings).toHaveLength(1);
    const blind = judge(silent, [ask]);
    expect(blind.answers["test-rule"]).toBe("cannot-tell");
    expect(blind.missing[0]?.what).toBe("the five seconds after x.test");
    expect(judge(silent, [ask, event("answer", 2)]).answers["test-rule"]).toBe("not-found");
  });
});

describe("pipes", () => {
  const with_ = (pipe: string) =>
    rule(
      `queries: [{ eql: any where true | ${pipe} }]\nentities: [n]`.replace(
        /eql: (.*?) \}\]/,
        (_, eql) => `eql: ${JSON.stringify(eql)} }]`,
      ),
    );
  const events = [1, 2, 3, 4, 5].map((n) => event("x", n, { n }));

  it.each([
    ["head 2", ["1", "2"]],
    ["tail 2", ["4", "5"]],
    ["tail 3 | head 1", ["3"]],
    ["head 4 | tail 1", ["4"]],
  ])("%s", (pipe, expected) => {
    expect(judge(with_(pipe), events).findings[0]?.entities["n"]).toEqual(expected);
  });
});

describe("bounded state", () => {
  it("folds groups beyond the cap into one finding that keeps their number", () => {
    const events = Array.from({ length: 30 }, (_, i) => leg(i, `10.0.1.${i}`));
    const { findings, notes } = judge(timeouts, events, { maxGroups: 10 });
    expect(findings).toHaveLength(11);
    expect(findings.at(-1)).toMatchObject({
      count: 20,
      summary: "A test: and others, 20 more matches beyond the first 10 groups",
    });
    expect(notes).toEqual(["test-rule: 20 matches lie beyond the first 10 groups"]);
  });
});

describe("the index", () => {
  const ids = (eql: string[]) =>
    eql.map((text, i) => rule(`queries: [{ eql: ${JSON.stringify(text)} }]`, `r-${i}`));

  it.each([
    [['any where event.action == "a" and x == 1'], ["a"]],
    [
      ['any where event.action in ("a", "b")', 'any where "c" == event.action'],
      ["a", "b", "c"],
    ],
    [['any where (event.action == "a" or event.action == "b") and event.action in ("b", "c")'], ["b"]],
    [['sequence [any where event.action == "a"] [any where event.action == "b"]'], ["a", "b"]],
    [
      [
        'sequence [any where event.action == "a"] [any where event.action == "b"] until [any where event.action == "c"]',
      ],
      ["a", "b", "c"],
    ],
    [['any where event.action == "a" or x == 1'], undefined],
    [['any where not event.action == "a"'], undefined],
    [['any where event.action : "A"'], undefined],
    [["any where false"], []],
  ])("%j asks for %j", (queries, expected) => {
    const wanted = actionsWanted(ids(queries));
    expect(wanted === undefined ? undefined : [...wanted].sort()).toEqual(expected);
  });

  it("offers events to queries that name no action, too", () => {
    const rules = ids(["network where x == 1", 'any where event.action == "a"']);
    const { answers } = judge(rules, [event("b", 1, { x: 1 })]);
    expect(answers).toEqual({ "r-0": "found", "r-1": "not-found" });
    expect(judge(rules, [event("a", 1, { x: 1 })]).answers).toEqual({ "r-0": "found", "r-1": "found" });
  });
});
