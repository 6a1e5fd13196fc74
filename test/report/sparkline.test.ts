import { describe, expect, it } from "@jest/globals";
import { Clockface } from "../../src/report/clockface.js";
import { buildReport } from "../../src/report/document.js";
import { Page } from "../../src/report/page.js";
import { sparkline } from "../../src/report/terminal-sparkline.js";
import { leadOf } from "../../src/report/view.js";
import { badDns } from "./sample-bad-dns.js";
import { at, clock, finding, input, record, source } from "./samples.js";

/** A report whose findings cite records at these times; each finding is a step of the story but the last `others`. */
function reportOf(findings: readonly (readonly (string | [string, string])[])[], others = 0) {
  const made = findings.map((times, i) =>
    finding(`f-${i}`, {
      title: `step ${i}`,
      evidence: times.map((time, k) =>
        record(0, i * 100 + k, typeof time === "string" ? at(time) : [at(time[0]), at(time[1])], "a.b", "x"),
      ),
    }),
  );
  const chain = made.slice(0, made.length - others).map(({ id }) => id);
  return buildReport(
    input({
      sources: [source(0, "a.log")],
      clocks: [clock("utc", { sources: [0] })],
      findings: made,
      rootCauses: ["f-0"],
      stories: [{ root: "f-0", chain, symptoms: [] }],
    }),
  );
}

function linesOf(report: ReturnType<typeof reportOf>, options: ConstructorParameters<typeof Page>[0] = {}) {
  return sparkline(new Page({ width: 60, ...options }), report, new Clockface(report), leadOf(report));
}

describe("the sparkline of an incident", () => {
  it("shows how many cited records fall where, and which step begins where", () => {
    const report = reportOf([
      ["10:00:00", "10:00:00", "10:00:00", "10:00:00"],
      ["10:00:19", "10:00:19"],
      ["10:00:38"],
    ]);
    expect(linesOf(report)).toEqual([
      "  10:00:00 █···················▄··················▂ 10:00:38".padEnd(0),
      "           1                   2                  3",
      "",
    ]);
  });

  it("keeps the order of steps that begin at the same place", () => {
    const report = reportOf([["10:00:00"], ["10:00:38"], ["10:00:38.1"], ["10:00:38.2"]]);
    expect(linesOf(report)[1]!.trim()).toMatch(/^1 +234$/);
  });

  it("marks findings that the story does not tell", () => {
    const report = reportOf([["10:00:00"], ["10:00:38"], ["10:00:19"]], 1);
    expect(linesOf(report)[1]!.trim()).toMatch(/^1 +▴ +2$/);
    expect(linesOf(report, { utf8: false })[1]!.trim()).toMatch(/^1 +\^ +2$/);
  });

  it("spreads a record whose time is an interval, and never hides one that is certain", () => {
    const many = Array.from({ length: 40 }, () => "10:00:00");
    const [line] = linesOf(reportOf([[...many, ["10:00:10", "10:00:20"]], ["10:00:38"]]));
    expect(line).toMatch(/█·+▁ 10:00:38$/);
  });

  it("is nothing where there is nothing to see: one moment, or too few records", () => {
    expect(linesOf(reportOf([["10:00:00", "10:00:00", "10:00:00"]]))).toEqual([]);
    expect(linesOf(reportOf([["10:00:00"], ["10:00:38"]]))).toEqual([]);
  });

  it("keeps to the width, and to ASCII", () => {
    const report = buildReport(badDns());
    for (const width of [60, 80, 120, 200])
      for (const line of linesOf(report, { width, utf8: false })) {
        expect(line.length).toBeLessThanOrEqual(width);
        expect(line).toMatch(/^[\x20-\x7e]*$/);
      }
  });
});
