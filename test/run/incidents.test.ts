import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import type { Report } from "../../src/report/contract.js";
import { renderJson } from "../../src/report/json.js";
import { rules } from "../../src/rules/generated.js";
import { type AnalyzeOptions, analyze } from "../../src/run/analyze.js";

const ROOT = path.join(
  import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
  "../../fixtures/incidents",
);
const incidents = fs.readdirSync(ROOT).sort();

/** What an incident's report must say: every finding, so that a false alarm fails. */
interface Expected {
  what: string;
  rootCause: string | null;
  /** `rule severity`, each once, sorted. */
  findings: string[];
  /** Rules along the first story, cause first. */
  chain?: string[];
}

const expectedOf = (name: string): Expected =>
  JSON.parse(fs.readFileSync(path.join(ROOT, name, "expected.json"), "utf8"));

/** The evidence without the label, which is none. */
const evidenceOf = (name: string) =>
  fs
    .readdirSync(path.join(ROOT, name))
    .filter((file) => file !== "expected.json")
    .sort()
    .map((file) => path.join(ROOT, name, file));

const investigate = (name: string, options: Partial<AnalyzeOptions> = {}): Promise<Report> =>
  analyze(evidenceOf(name), { grammars, rules, version: "test", ...options });

const ruleOf = (report: Report, id: string | undefined) =>
  report.findings.find((finding) => finding.id === id)?.rule ?? null;

describe.each(incidents)("incident %s", (name) => {
  const expected = expectedOf(name);

  it("gives exactly the findings that it must", async () => {
    const report = await investigate(name);
    expect([...new Set(report.findings.map(({ rule, severity }) => `${rule} ${severity}`))].sort()).toEqual(
      expected.findings,
    );
    expect(ruleOf(report, report.rootCauses[0])).toBe(expected.rootCause);
    if (expected.chain) {
      const steps = report.story[0]!.steps.map(({ findingId }) => ruleOf(report, findingId)!);
      expect(steps.filter((rule, i) => rule !== steps[i - 1])).toEqual(expected.chain);
    }
  });

  it("accounts for every record of every source", async () => {
    const { sources, summary } = await investigate(name);
    for (const { path: place, records, parsed, unparsed } of sources)
      expect([place, parsed + unparsed]).toEqual([place, records]);
    expect(summary.records).toBe(sources.reduce((sum, { records }) => sum + records, 0));
  });

  it("gives the same bytes again, and the same without the prefilter", async () => {
    const first = renderJson(await investigate(name));
    expect(renderJson(await investigate(name))).toBe(first);
    expect(renderJson(await investigate(name, { prefilter: false }))).toBe(first);
  });

  it("cites records that stand in the evidence where it says", async () => {
    const report = await investigate(name);
    for (const { evidence } of report.findings) {
      for (const { source, line, offset, length, text } of evidence) {
        const file = evidenceOf(name).find((place) => place.endsWith(source))!;
        if (/\.pcap$/.test(file)) continue;
        const bytes = fs.readFileSync(file);
        expect(
          bytes
            .subarray(offset, offset + length)
            .toString("utf8")
            .replaceAll("\r", "")
            .startsWith(text.replace(/…$/, "")),
        ).toBe(true);
        expect(bytes.subarray(0, offset).toString("latin1").split("\n")).toHaveLength(line);
      }
    }
  });
});
