import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { buildRules } from "../../src/rules/build.js";
import { loadRules } from "../../src/rules/load.js";

const HEAD = `id: a-rule
title: A rule
severity: high
description: >
  What it means.
summary: "{count} times"
`;
const load = (text: string, file = "rules/a-rule.yaml") => loadRules([{ file, text }]);
const problemsOf = (text: string, file?: string) => load(text, file).problems.map(String);

describe("a rule file", () => {
  it("becomes a rule with its queries parsed and its defaults filled in", () => {
    const { rules, problems } = load(`${HEAD}
queries:
  - eql: any where event.action == "x"
causes:
  - rule: b-rule
  - rule: c-rule
    within: 30s
    share: [[dns.question.name, registry.host]]
group_by: [k]
`);
    expect(problems).toEqual([]);
    expect(rules[0]).toMatchObject({
      id: "a-rule",
      description: "What it means.",
      queries: [{ id: "1", confidence: 0.8, query: { kind: "event" } }],
      causes: [
        { rule: "b-rule", within: 3_600_000_000, share: [] },
        { rule: "c-rule", within: 30_000_000, share: [["dns.question.name", "registry.host"]] },
      ],
      minCount: 1,
      groupBy: ["k"],
      entities: ["k"],
      file: "rules/a-rule.yaml",
    });
  });

  it("does not ask for records that rules are never offered", () => {
    expect(problemsOf(`${HEAD}queries:\n  - eql: any where event.action == "process.syscall"\n`)).toEqual([
      [
        "rules/a-rule.yaml:8:37: in the query, line 1, column 28: rules are never offered `process.syscall`, but what is made of it",
        '  any where event.action == "process.syscall"',
        "                             ^^^^^^^^^^^^^^^",
        "  it becomes `dns.*` and `socket.*`; docs/FIELDS.md lists them",
      ].join("\n"),
    ]);
    const step = '  - eql: sequence [any where true] [any where event.action in ("x", "packet.ip")]\n';
    expect(problemsOf(`${HEAD}queries:\n${step}`)).toHaveLength(1);
    expect(problemsOf(`${HEAD}queries:\n  - eql: any where event.action == "packet.passage"\n`)).toEqual([]);
  });

  it("asks for records: a query that only counts has none", () => {
    expect(problemsOf(`${HEAD}queries:\n  - eql: any where true | count process.name\n`)).toEqual([
      [
        "rules/a-rule.yaml:8:25: in the query, line 1, column 16: `| count` gives numbers, and a rule needs the records",
        "  any where true | count process.name",
        "                 ^^^^^^^",
        "  write `min_count: 3` in the rule for a number of matches, or `[…] with runs=3` for one within a time",
      ].join("\n"),
    ]);
    expect(
      problemsOf(`${HEAD}queries:\n  - eql: any where true\nunless:\n  - eql: any where true | count\n`),
    ).toHaveLength(1);
    expect(
      problemsOf(`${HEAD}queries:\n  - eql: any where true | unique_count a | filter count > 1\n`),
    ).toEqual([]);
  });

  const QUERY = "queries: [{ eql: any where true }]\n";
  it.each([
    ["", "rules/a-rule.yaml:1:1: the file is empty"],
    ["id: [", "rules/a-rule.yaml:1:6: this is not YAML"],
    [`${HEAD}queries:\n  - eql: any where x : "a"\n`, "needs quotes"],
    [`${HEAD}`, "rules/a-rule.yaml:1:1: the rule needs `queries`"],
    [
      `${HEAD}${QUERY}groupby: [x]\n`,
      "rules/a-rule.yaml:8:10: `groupby` is no part of a rule here; did you mean `group_by`?",
    ],
    [
      `${HEAD.replace("high", "huge")}${QUERY}`,
      "rules/a-rule.yaml:3:11: severity must be one of informational, low, medium, high, critical",
    ],
    [
      `${HEAD}queries:\n  - eql: any where true\n    confidence: 2\n`,
      "rules/a-rule.yaml:9:17: queries.0.confidence must be <= 1",
    ],
    [
      `${HEAD}${QUERY}causes: [{ rule: x, within: soon }]\n`,
      "rules/a-rule.yaml:8:29: causes.0.within must look like",
    ],
    [
      `${HEAD.replace("a-rule", "b-rule")}${QUERY}`,
      "rules/a-rule.yaml:1:5: the id b-rule differs from the file's name a-rule",
    ],
  ])("is refused with its place: %j", (text, expected) => {
    expect(problemsOf(text).join("\n")).toContain(expected);
    expect(load(text).rules).toEqual([]);
  });

  it("shows the very place of a mistake in a query", () => {
    expect(problemsOf(`${HEAD}queries:\n  - eql: any where a = "x"\n`)).toEqual([
      [
        "rules/a-rule.yaml:8:22: in the query, line 1, column 13: `=` is not an operator",
        '  any where a = "x"',
        "              ^",
        "  use `==` (or `:` to ignore case)",
      ].join("\n"),
    ]);
    expect(problemsOf(`${HEAD}queries:\n  - eql: 'any where a = "x"'\n`)[0]).toMatch(
      /^rules\/a-rule.yaml:8:23: /,
    );
    expect(problemsOf(`${HEAD}queries:\n  - eql: |\n      any where\n        a = "x"\n`)[0]).toMatch(
      /^rules\/a-rule.yaml:8:10: in the query, line 2, column 5: /,
    );
  });

  it("may not take another's id", () => {
    const text = `${HEAD}${QUERY}`;
    const { rules, problems } = loadRules([
      { file: "one/a-rule.yaml", text },
      { file: "two/a-rule.yaml", text },
    ]);
    expect(rules).toHaveLength(1);
    expect(problems.map(String)).toEqual([
      "two/a-rule.yaml:1:5: the id a-rule is already taken by one/a-rule.yaml",
    ]);
  });

  it("does not cost the others", () => {
    const good = HEAD.replace("a-rule", "good") + QUERY;
    const { rules, problems } = loadRules([
      { file: "bad.yaml", text: "{" },
      { file: "good.yaml", text: good },
    ]);
    expect(rules.map(({ id }) => id)).toEqual(["good"]);
    expect(problems.length).toBeGreaterThan(0);
  });

  it("cannot fill the machine with aliases", () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefgh"]
      .map((name, i) => `${name}: &${name} [${`*${"abcdefg"[i]},`.repeat(9)}]`)
      .join("\n")}\n`;
    expect(problemsOf(bomb).length).toBeGreaterThan(0);
  });
});

describe("building", () => {
  it("writes a module with the rules and one with their cases, or throws with every place", () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "rules-"));
    const file = path.join(dir, "a-rule.yaml");
    const wanted = '{ name: c, files: { f: "text" }, expect: found }';
    fs.writeFileSync(file, `${HEAD}queries: [{ eql: 'any where x == "\u2028"' }]\ncases: [${wanted}]\n`);
    const { rules, cases } = buildRules(dir);
    const parsedFrom = (source: string) =>
      JSON.parse(JSON.parse(/JSON\.parse\((".*")\);/s.exec(source)![1]!));
    expect(rules).toContain("export const rules: Rule[] = ");
    expect(parsedFrom(rules)).toMatchObject([
      { id: "a-rule", queries: [{ query: { kind: "event" } }], cases: [] },
    ]);
    expect(parsedFrom(cases)).toEqual({ "a-rule": [{ name: "c", files: { f: "text" }, expect: "found" }] });
    fs.writeFileSync(file, `${HEAD}queries: []\n`);
    expect(() => buildRules(dir)).toThrow(
      `${path.basename(dir)}/a-rule.yaml:7:10: queries must NOT have fewer than 1 items`,
    );
    fs.rmSync(dir, { recursive: true });
  });
});
