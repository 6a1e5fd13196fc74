import { describe, expect, it } from "@jest/globals";
import { type ElasticRule, exportElastic } from "../../../src/rules/elastic/export.js";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { rules } from "../../../src/rules/generated.js";
import { rule } from "../rules.js";

/** What Kibana's API of detection rules asks of the fields of a rule of type `eql`. */
const KINDS: Record<keyof ElasticRule, (value: never) => boolean> = {
  rule_id: (value: string) =>
    /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(value),
  name: (value: string) => value.length > 0,
  description: (value: string) => value.length > 0,
  risk_score: (value: number) => Number.isInteger(value) && value >= 0 && value <= 100,
  severity: (value: string) => ["low", "medium", "high", "critical"].includes(value),
  type: (value: string) => value === "eql",
  language: (value: string) => value === "eql",
  query: (value: string) => "query" in parseEql(value),
  index: (value: string[]) => value.length > 0,
  from: (value: string) => /^now-\d+m$/.test(value),
  to: (value: string) => value === "now",
  interval: (value: string) => /^\d+[mshd]$/.test(value),
  enabled: (value: boolean) => value === false,
  max_signals: (value: number) => value >= 1,
  author: Array.isArray,
  license: (value: string) => value.length > 0,
  references: (value: string[]) => value.every((url) => URL.canParse(url)),
  false_positives: Array.isArray,
  note: (value: string) => typeof value === "string",
  tags: (value: string[]) => value.every((tag) => tag !== ""),
  threat: Array.isArray,
  exceptions_list: Array.isArray,
  actions: Array.isArray,
  version: (value: number) => value >= 1,
};
const one = (body: string) => exportElastic([rule(body)], ["hindcast-*"]);

describe("rules as Elastic detection rules", () => {
  const all = exportElastic(rules, ["hindcast-*"]);

  it("has one for each query of the catalogue, or says why not", () => {
    expect(all.rules.length).toBeGreaterThan(50);
    const told = new Set(all.lost.map((line) => /^[\w-]+/.exec(line)![0]));
    for (const { id } of rules)
      expect([id, told.has(id) || all.rules.some(({ tags }) => tags.includes(id))]).toEqual([id, true]);
  });

  it("has the fields that Kibana's import takes, each of its kind", () => {
    for (const exported of all.rules) {
      expect(Object.keys(exported).sort()).toEqual(Object.keys(KINDS).sort());
      for (const [name, isRight] of Object.entries(KINDS) as [
        keyof ElasticRule,
        (value: unknown) => boolean,
      ][])
        expect([exported.rule_id, name, isRight(exported[name])]).toEqual([exported.rule_id, name, true]);
    }
  });

  it("has ids that stay and are never the same", () => {
    expect(exportElastic(rules, ["other"]).rules.map((r) => r.rule_id)).toEqual(
      all.rules.map((r) => r.rule_id),
    );
    expect(new Set(all.rules.map((r) => r.rule_id)).size).toBe(all.rules.length);
  });
});

describe("one rule as an Elastic detection rule", () => {
  it("asks for fields as optional, which an index need not map", () => {
    const [exported] = one(
      'queries:\n  - eql: any where event.action == "dns.leg" and dns.outcome != null\n',
    ).rules;
    expect(exported!.query).toBe('any where event.action == "dns.leg" and ?dns.outcome != null');
  });

  it("keeps sequences, and looks back as far as they span", () => {
    const eql =
      "sequence by host with maxspan=1h [any where a == 1] [any where b == 2] with runs=2 ![any where e == 1] until [any where d == 3]";
    const [exported] = one(`queries:\n  - eql: "${eql}"\n`).rules;
    expect(exported!.query).toBe(
      [
        "sequence with maxspan=1h",
        "  [any where ?a == 1 and ?host != null] by ?host",
        "  [any where ?b == 2 and ?host != null] by ?host with runs=2",
        "  ![any where ?e == 1 and ?host != null] by ?host",
        "until [any where ?d == 3 and ?host != null] by ?host",
      ].join("\n"),
    );
    expect(exported!.from).toBe("now-66m");
  });

  it("has Elastic's lowest severity for what is informational", () => {
    const body =
      "queries:\n  - {eql: any where true, severity: informational}\n  - {eql: any where false, severity: critical}\n";
    expect(one(body).rules.map(({ severity, risk_score }) => [severity, risk_score])).toEqual([
      ["low", 21],
      ["critical", 99],
    ]);
  });

  it("asks for several matches as a sequence, and says that their time is bounded", () => {
    const { rules: exported, changed } = one(
      "queries:\n  - eql: any where a == 1\nmin_count: 3\ngroup_by: [host.name]\n",
    );
    expect(exported[0]!.query).toBe(
      "sequence by ?host.name with maxspan=1h\n  [any where ?a == 1] with runs=3",
    );
    expect(changed).toEqual(["test-rule (1): its 3 matches must come within 1h"]);
  });

  it.each([
    [
      "what withdraws it",
      "queries:\n  - eql: any where a == 1\nunless:\n  - eql: any where b == 1\n",
      "unless",
    ],
    ["pipes", "queries:\n  - eql: any where a == 1 | head 1\n", "pipes"],
    ["samples", "queries:\n  - eql: sample by h [any where a == 1] [any where b == 1]\n", "samples"],
    [
      "several of a sequence",
      "queries:\n  - eql: sequence [any where a == 1] [any where b == 1]\nmin_count: 2\n",
      "2 matches",
    ],
  ])("is none where there is no way to say %s", (_, body, word) => {
    const { rules: exported, lost } = one(body);
    expect(exported).toEqual([]);
    expect(lost).toHaveLength(1);
    expect(lost[0]).toContain(word);
  });

  it("carries what to do, without places for facts", () => {
    const [exported] = one(
      'queries:\n  - eql: any where true\nremediation: ["dig @{dns.server.ip|SERVER}"]\n',
    ).rules;
    expect(exported!.note).toBe("## Do this\n\n- dig @SERVER");
  });
});
