import { describe, expect, it } from "@jest/globals";
import { event } from "./events.js";
import { judge, leg, rule, timeouts } from "./rules.js";

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
      "queries: [{ eql: any where true }]\nremediation: [\"docker ps --format '{{.Names}}' {c|NAME} {d|WHERE} {e}\"]",
    );
    expect(judge(commands, [event("x", 1, { c: "web" })]).findings[0]?.remediation).toEqual([
      "docker ps --format '{{.Names}}' web WHERE {e}",
    ]);
  });
});
