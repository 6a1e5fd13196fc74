import { describe, expect, it } from "@jest/globals";
import type { Report } from "../../src/report/contract.js";
import { withNames } from "../../src/report/names.js";

const reportWith = (summary: string) =>
  ({
    findings: [
      { summary, entities: { "source.ip": ["10.0.0.1", "10.0.0.10"] }, remediation: ["ping 10.0.0.1"] },
    ],
    story: [{ root: "x-1", symptoms: [], steps: [{ findingId: "x-1", time: null, text: summary }] }],
  }) as unknown as Report;
const names = new Map([
  ["10.0.0.1", "web"],
  ["c0ffee", "db"],
]);

describe("names beside values", () => {
  it.each([
    ["10.0.0.1 was lost", "10.0.0.1 (web) was lost"],
    ["it came to 10.0.0.1.", "it came to 10.0.0.1 (web)."],
    ["10.0.0.10 and 110.0.0.1 are others", "10.0.0.10 and 110.0.0.1 are others"],
    ["10.0.0.1:53 is a place of its own", "10.0.0.1:53 is a place of its own"],
    ["c0ffee, 10.0.0.1", "c0ffee (db), 10.0.0.1 (web)"],
    ["10.0.0.1.example.net", "10.0.0.1.example.net"],
  ])("%s", (text, named) => {
    const { findings, story } = withNames(reportWith(text), names, { entities: false });
    expect([findings[0]!.summary, story[0]!.steps[0]!.text]).toEqual([named, named]);
  });

  it("stand in lists of entities for people alone, and never in commands", () => {
    const report = reportWith("x");
    const [forPeople] = withNames(report, names, { entities: true }).findings;
    expect(forPeople!.entities).toEqual({ "source.ip": ["10.0.0.1 (web)", "10.0.0.10"] });
    expect(forPeople!.remediation).toEqual(["ping 10.0.0.1"]);
    const [forPrograms] = withNames(report, names, { entities: false }).findings;
    expect(forPrograms!.entities).toEqual(report.findings[0]!.entities);
  });

  it("take nothing for a pattern", () => {
    const { findings } = withNames(reportWith("a.b a+b"), new Map([["a+b", "c"]]), { entities: false });
    expect(findings[0]!.summary).toBe("a.b a+b (c)");
  });

  it("change nothing where there are none", () => {
    const report = reportWith("x");
    expect(withNames(report, new Map(), { entities: true })).toBe(report);
  });
});
