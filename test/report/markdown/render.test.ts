import { describe, expect, it } from "@jest/globals";
import { buildReport } from "../../../src/report/document.js";
import { renderMarkdown } from "../../../src/report/markdown.js";
import { golden } from "../golden.js";
import { badDns } from "../sample-bad-dns.js";
import { hostile, lostNat, nothingFound, unreadable } from "../sample-others.js";

const samples = {
  "bad-dns": badDns,
  "lost-nat": lostNat,
  "nothing-found": nothingFound,
  unreadable,
  hostile,
};

describe("the report for a ticket", () => {
  for (const [name, make] of Object.entries(samples)) {
    it(`reads as agreed for ${name} in GitHub's Markdown`, () => {
      const text = renderMarkdown(buildReport(make()));
      expect(text).toBe(golden(`${name}.md.txt`, text));
    });

    it(`reads as agreed for ${name} in Jira's wiki markup`, () => {
      const text = renderMarkdown(buildReport(make()), { flavor: "jira" });
      expect(text).toBe(golden(`${name}.jira.txt`, text));
    });
  }

  it("is the same for GitLab, which reads GitHub's Markdown, while it is short", () => {
    const report = buildReport(badDns());
    expect(renderMarkdown(report, { flavor: "gitlab" })).toBe(renderMarkdown(report));
  });
});

describe("--max-bytes", () => {
  const report = buildReport(badDns());
  const whole = renderMarkdown(report);
  const wholeBytes = Buffer.byteLength(whole);

  it("leaves a report alone that has room", () => {
    expect(renderMarkdown(report, { maxBytes: wholeBytes })).toBe(whole);
  });

  it("leaves out evidence from the end, and says how much", () => {
    const text = renderMarkdown(report, { maxBytes: wholeBytes - 1 });
    expect(text).not.toContain("Would have helped");
    expect(text.trimEnd().split("\n").at(-1)).toMatch(
      /^_Left out to fit into [\d,]+ bytes: .*the open question\. The JSON report has everything\._$/,
    );
    expect(text).toContain("client.strace:104");
  });

  it("keeps cause, steps, advice and findings where all evidence must go", () => {
    const text = renderMarkdown(report, { maxBytes: 2300 });
    for (const { title, summary } of report.findings)
      expect(text.includes(title) || text.includes(summary)).toBe(true);
    expect(text).toContain("## What to do");
    expect(text).toContain("## How to check");
    expect(text).toMatch(/_Left out to fit into 2,300 bytes: all quoted records, all rows of the timeline/);
  });

  it("is kept for every report, size and flavor", () => {
    for (const make of Object.values(samples)) {
      const any = buildReport(make());
      for (const flavor of ["github", "gitlab", "jira"] as const)
        for (const maxBytes of [1000, 2000, 4096, 4500, 5000, 6000, 7000, 8000, 20_000])
          expect(Buffer.byteLength(renderMarkdown(any, { flavor, maxBytes }))).toBeLessThanOrEqual(maxBytes);
    }
  });
});
