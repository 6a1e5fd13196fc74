import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../src/model/event.js";
import { COVERS_EVERYTHING } from "../../src/rules/coverage.js";
import { actionsWanted, type EngineOptions, RuleEngine } from "../../src/rules/engine.js";
import type { Rule } from "../../src/rules/rule.js";
import { event } from "./events.js";
import { rule } from "./rules.js";

function judge(rules: Rule | Rule[], events: readonly Event[], options: EngineOptions = {}) {
  const engine = new RuleEngine([rules].flat(), options);
  for (const one of events) engine.push(one);
  return engine.end();
}

const timeouts = rule(`
queries:
  - eql: network where event.action == "dns.leg" and dns.outcome == "timeout"
    confidence: 0.9
group_by: [dns.server.ip]
entities: [dns.server.ip, dns.question.name]
summary: "{dns.server.ip} left {count} questions unanswered ({dns.question.name|no name seen})"
`);
const leg = (at: number, server: string, name?: string, outcome = "timeout") =>
  event("dns.leg", at, {
    "dns.outcome": outcome,
    "dns.server.ip": server,
    ...(name !== undefined && { "dns.question.name": name }),
  });

describe("a finding", () => {
  it("is made for each group, in time order, with its facts", () => {
    const { findings, answers } = judge(timeouts, [
      leg(1, "10.0.0.2", "b.test"),
      leg(2, "10.0.0.1", "a.test"),
      leg(3, "10.0.0.2", "a.test"),
      leg(4, "10.0.0.9", "a.test", "answered"),
    ]);
    expect(answers).toEqual({ "test-rule": "found" });
    expect(findings.map(({ id, summary, count, from, to }) => ({ id, summary, count, from, to }))).toEqual([
      {
        id: "test-rule-1",
        summary: "10.0.0.2 left 2 questions unanswered (a.test and b.test)",
        count: 2,
        from: 1e6,
        to: 3e6,
      },
      {
        id: "test-rule-2",
        summary: "10.0.0.1 left 1 questions unanswered (a.test)",
        count: 1,
        from: 2e6,
        to: 2e6,
      },
    ]);
    expect(findings[0]).toMatchObject({
      rule: "test-rule",
      severity: "high",
      confidence: 0.9,
      entities: { "dns.server.ip": ["10.0.0.2"], "dns.question.name": ["a.test", "b.test"] },
      causedBy: [],
    });
  });

  it("says in its own words what is not known", () => {
    expect(judge(timeouts, [leg(1, "10.0.0.2")]).findings[0]?.summary).toContain("(no name seen)");
    const plain = rule('queries: [{ eql: any where true }]\nsummary: "{x.y} failed"');
    expect(judge(plain, [leg(1, "10.0.0.2")]).findings[0]?.summary).toBe("an unknown x.y failed");
  });

  it("is not made below min_count", () => {
    const three = rule('queries: [{ eql: any where event.action == "x" }]\nmin_count: 3\ngroup_by: [k]');
    const x = (k: string) => event("x", 1, { k });
    expect(judge(three, [x("a"), x("a"), x("b"), x("b")]).findings).toEqual([]);
    expect(judge(three, [x("a"), x("a"), x("b"), x("a")]).findings).toHaveLength(1);
  });

  it("takes the severity and the confidence of the strongest query that matched", () => {
    const two = rule(`
queries:
  - { id: words, eql: any where event.action == "x", confidence: 0.5, severity: low }
  - { id: wire, eql: any where event.action == "y", confidence: 0.9, severity: critical }
`);
    expect(judge(two, [event("x", 1)]).findings[0]).toMatchObject({ severity: "low", confidence: 0.5 });
    expect(judge(two, [event("x", 1), event("y", 2)]).findings[0]).toMatchObject({
      severity: "critical",
      confidence: 0.9,
    });
  });

  it("cites raw events, first few and last, in time order and each once", () => {
    const raw = Array.from({ length: 40 }, (_, i) => event("dns.query", i));
    const assembled = raw.map((one, i) => ({ ...leg(i + 0.5, "10.0.0.2"), cites: [one, raw[0]!] }));
    const nested = { ...leg(50, "10.0.0.2"), cites: [assembled[39]!] };
    const evidence = judge(timeouts, [...assembled, nested]).findings[0]!.evidence;
    expect(evidence.length).toBeLessThanOrEqual(12);
    expect(evidence.every(({ action }) => action === "dns.query")).toBe(true);
    expect(new Set(evidence).size).toBe(evidence.length);
    expect(evidence[0]).toBe(raw[0]);
    expect(evidence.at(-1)).toBe(raw[39]);
    expect(evidence).toEqual([...evidence].sort((a, b) => a.time - b.time));
  });

  it("begins where an assembled event says that it began", () => {
    const one = event("dns.leg", 9, { "dns.outcome": "timeout", "event.start": 4e6, "event.end": 9e6 });
    expect(judge(timeouts, [one]).findings[0]).toMatchObject({ from: 4e6, latestFrom: 4e6, to: 9e6 });
  });

  it("has no time where nothing could be placed, and comes last", () => {
    const unplaced = leg(Number.NaN, "10.0.0.1");
    const { findings } = judge(timeouts, [unplaced, leg(1, "10.0.0.2")]);
    expect(findings.map(({ from, entities }) => [from, entities["dns.server.ip"]])).toEqual([
      [1e6, ["10.0.0.2"]],
      [Number.NaN, ["10.0.0.1"]],
    ]);
  });

  it("is dated by the events that have a date", () => {
    const noon = 12 * 3_600;
    const dated = Date.UTC(2026, 0, 1) / 1_000;
    const { findings } = judge(timeouts, [
      leg(noon, "a"),
      leg(dated, "a"),
      leg(noon, "b"),
      leg(dated + 1, "c"),
    ]);
    expect(findings.map(({ from, to, count }) => [from, to, count])).toEqual([
      [dated * 1e6, dated * 1e6, 2],
      [(dated + 1) * 1e6, (dated + 1) * 1e6, 1],
      [noon * 1e6, noon * 1e6, 1],
    ]);
  });

  it("is made for each element of a list to group by", () => {
    const each = rule("queries: [{ eql: any where true }]\ngroup_by: [s]\nentities: [s]");
    const { findings } = judge(each, [event("x", 1, { s: ["b", "a"] }), event("x", 2, { s: "a" })]);
    expect(findings.map(({ count, entities }) => [entities["s"], count])).toEqual([
      [["a"], 2],
      [["b"], 1],
    ]);
  });

  it("keeps 50 values of an entity, numbers in order of size", () => {
    const all = rule("queries: [{ eql: any where true }]\nentities: [n]\nsummary: '{n}'");
    const { findings } = judge(
      all,
      Array.from({ length: 80 }, (_, i) => event("x", i, { n: 80 - i })),
    );
    expect(findings[0]?.entities["n"]).toHaveLength(50);
    expect(findings[0]?.entities["n"]?.slice(0, 2)).toEqual(["31", "32"]);
    expect(findings[0]?.summary).toBe("31, 32 and 48 more");
  });

  it("leaves the braces of commands alone", () => {
    const commands = rule(
      "queries: [{ eql: any where true }]\nremediation: [\"docker ps --format '{{.Names}}' {c} {d}\"]",
    );
    expect(judge(commands, [event("x", 1, { c: "web" })]).findings[0]?.remediation).toEqual([
      "docker ps --format '{{.Names}}' web {d}",
    ]);
  });
});

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

  it("is less sure where the order is not proven", () => {
    const blurred = event("v2_error", 1, { host: "h" }, { latest: 2.9e6, source: 1 });
    expect(judge(fallback, [blurred, event("v1_call", 2, { host: "h" })]).findings[0]?.confidence).toBe(0.8);
  });

  it("does not reach over a boundary", () => {
    const engine = new RuleEngine([fallback]);
    engine.push(event("v2_error", 1, { host: "h" }));
    engine.boundary();
    engine.push(event("v1_call", 2, { host: "h" }));
    expect(engine.end().findings).toEqual([]);
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
});

describe("cannot tell", () => {
  const open = rule(`
queries: [{ eql: any where event.action == "leg" and outcome == "timeout" }]
cannot_tell:
  - eql: any where event.action == "leg" and outcome == "unknown"
    what: the answers of {server}
    why: the capture ends {window} after the question
    command: tcpdump -i any host {server} -w {file}
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
