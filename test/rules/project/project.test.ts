import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { Finding } from "../../../src/model/finding.js";
import { loadProject } from "../../../src/rules/project/load.js";
import type { Project } from "../../../src/rules/project/project.js";
import { projectRules } from "../../../src/rules/project/rules.js";
import { suppressed } from "../../../src/rules/project/suppress.js";
import { judge, leg, rule, timeouts } from "../rules.js";

function project(text: string): Project {
  const result = loadProject(".hindcast.yaml", text);
  if ("problems" in result) throw new Error(result.problems.join("\n"));
  return result.project;
}
const problemsOf = (text: string): string[] => {
  const result = loadProject(".hindcast.yaml", text);
  return "problems" in result ? result.problems.map(String) : [];
};

describe("a project file", () => {
  it("may be empty", () => {
    expect(project("# nothing yet\n")).toMatchObject({ off: [], suppressions: [], options: {} });
  });

  it("may be what docs/RULES.md shows", () => {
    const page = fs.readFileSync(path.join(import.meta.dirname, "../../../docs/RULES.md"), "utf8");
    const [, example] = /^```yml\n([\s\S]*?)^```$/m.exec(page)!;
    expect(project(example!)).toMatchObject({
      off: [{ rule: "dns-late-answer", line: 2 }],
      suppressions: [{ rule: "clock-skew", until: "2026-12-31" }],
      options: { tz: "Europe/Moscow", offset: ["web1/access.log=-17"] },
    });
  });

  it("names the place of a slip, and what may be meant", () => {
    expect(problemsOf("rules:\n  dns-timeout: off\nsupress: []\n")).toEqual([
      ".hindcast.yaml:3:10: `supress` is no part of a project file here; did you mean `suppress`?",
    ]);
    expect(problemsOf("rules:\n  dns-timeout: quiet\n")[0]).toMatch(
      /^\.hindcast\.yaml:2:16: .* must be one of off/,
    );
    expect(problemsOf("suppress:\n  - rule: x\n")[0]).toMatch(/^\.hindcast\.yaml:2:5: .* needs `reason`/);
    expect(problemsOf("suppress:\n  - {rule: x, reason: y, until: 2026-02-31}\n")[0]).toMatch(
      /there is no 2026-02-31/,
    );
  });

  it("is not read when it is no YAML", () => {
    expect(problemsOf("a: [")[0]).toMatch(/^\.hindcast\.yaml:1:\d+: this is not YAML/);
  });
});

describe("rules of a project", () => {
  const rules = [timeouts, rule('queries:\n  - {eql: "any where true", severity: low}\n', "other")];

  it("are switched off, which the report tells", () => {
    const { rules: left, problems } = projectRules(rules, project("rules:\n  other: off\n"));
    expect(left).toEqual([timeouts]);
    expect(problems).toMatchObject([{ path: ".hindcast.yaml", line: 2, severity: "warning" }]);
    expect(problems[0]!.message).toContain("the rule other is off");
  });

  it("get other severities, whatever their queries say", () => {
    const { rules: changed } = projectRules(rules, project("rules:\n  other: critical\n"));
    expect(changed[1]).toMatchObject({ severity: "critical", queries: [{ severity: "critical" }] });
    expect(changed[0]).toBe(timeouts);
  });

  it("must be there", () => {
    expect(() => projectRules(rules, project("\nrules:\n  othr: off\n"))).toThrow(
      ".hindcast.yaml:3: there is no rule othr; did you mean other?",
    );
    expect(() => projectRules(rules, project("suppress:\n  - {rule: nope, reason: x}\n"))).toThrow(
      ".hindcast.yaml:2: there is no rule nope; hindcast rules lists them",
    );
  });
});

describe("suppressions", () => {
  const day = Date.UTC(2026, 10, 22) / 1000;
  const findings = judge(timeouts, [
    leg(day + 1, "192.0.2.53", "a.test"),
    leg(day + 2, "192.0.2.54", "b.test"),
    leg(day + 3, "192.0.2.54", "c.test"),
  ]).findings;
  const shown = (text: string, of: readonly Finding[] = findings) => {
    const {
      findings: left,
      suppressed: hidden,
      problems,
    } = suppressed(of, project(`suppress:\n  - ${text}\n`));
    return {
      left: left.map(({ entities }) => entities["dns.server.ip"]![0]),
      hidden: hidden.map(({ finding, reason, until }) => [finding.id, reason, ...(until ? [until] : [])]),
      told: problems.map((one) => one.message),
    };
  };

  it("take out a rule's findings and tell which and why", () => {
    expect(shown("{rule: test-rule, reason: known}")).toEqual({
      left: [],
      hidden: [
        ["test-rule-1", "known"],
        ["test-rule-2", "known"],
      ],
      told: [],
    });
    const { suppressed: hidden } = suppressed(
      findings,
      project("suppress:\n  - {rule: test-rule, reason: known}\n"),
    );
    expect(hidden[0]).toMatchObject({ path: ".hindcast.yaml", line: 2 });
  });

  it("take out those with the entities alone", () => {
    const text = "{rule: test-rule, where: {dns.server.ip: 192.0.2.53}, reason: known}";
    expect(shown(text)).toEqual({ left: ["192.0.2.54"], hidden: [["test-rule-1", "known"]], told: [] });
    expect(shown("{rule: test-rule, where: {dns.server.ip: '192.0.2.5?'}, reason: x}").left).toEqual([]);
    expect(shown("{rule: test-rule, where: {host.name: '*'}, reason: x}").left).toHaveLength(2);
  });

  it("do not hide what else a finding is about: each of its values must fit", () => {
    const one = "{rule: test-rule, where: {dns.question.name: b.test}, reason: x}";
    expect(shown(one).left).toEqual(["192.0.2.53", "192.0.2.54"]);
    const both = "{rule: test-rule, where: {dns.question.name: [b.test, C.*]}, reason: x}";
    expect(shown(both).left).toEqual(["192.0.2.53"]);
  });

  it("end by the finding's own time, with the last day's end", () => {
    expect(shown("{rule: test-rule, reason: x, until: 2026-11-22}")).toEqual({
      left: [],
      hidden: [
        ["test-rule-1", "x", "2026-11-22"],
        ["test-rule-2", "x", "2026-11-22"],
      ],
      told: [],
    });
    expect(shown("{rule: test-rule, reason: x, until: 2026-11-21}")).toEqual({
      left: ["192.0.2.53", "192.0.2.54"],
      hidden: [],
      told: ["the suppression of test-rule has ended (2026-11-21); shown again: 2 findings"],
    });
  });

  it("that end do not hide what has no date", () => {
    const undated = judge(timeouts, [leg(5, "192.0.2.53")]).findings;
    expect(shown("{rule: test-rule, reason: x, until: 2099-01-01}", undated).left).toHaveLength(1);
    expect(shown("{rule: test-rule, reason: x}", undated).left).toEqual([]);
  });

  it("say nothing where there was nothing to suppress", () => {
    expect(shown("{rule: test-rule, where: {dns.server.ip: 1.2.3.4}, reason: x}").told).toEqual([]);
  });

  it("do not take long over hostile patterns and values", () => {
    const value = "a".repeat(2000);
    const long = judge(timeouts, [leg(day, value)]).findings;
    expect(
      shown(`{rule: test-rule, where: {dns.server.ip: '${"*a".repeat(500)}*b'}, reason: x}`, long).left,
    ).toHaveLength(1);
  });
});
