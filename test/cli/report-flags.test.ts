import { describe, expect, it } from "@jest/globals";
import { Command } from "commander";
import { checkReportFlags, reportOptions } from "../../src/cli/report-flags.js";

const parsed = (...args: string[]) => {
  const command = reportOptions(new Command("analyze"))
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parse(args, { from: "user" }).opts();
};

describe("flags of the report", () => {
  it.each([
    ["4096", 4096],
    ["64K", 65_536],
    ["1m", 1_048_576],
  ])("take a length of %s", (text, maxBytes) => {
    expect(parsed("--max-bytes", text)).toEqual({ maxBytes });
  });

  it.each(["4095", "3K", "much", "-1", "1e6", ""])(
    "refuse a length of %j, and say how it is written",
    (text) => {
      expect(() => parsed(`--max-bytes=${text}`)).toThrow("at least 4096, written like 32000, 64K or 1M.");
    },
  );

  it("know the trackers", () => {
    expect(parsed("--flavor", "jira")).toEqual({ flavor: "jira" });
    expect(() => parsed("--flavor", "bugzilla")).toThrow("Allowed choices are github, gitlab, jira.");
  });

  it("are refused where they would say nothing", () => {
    expect(() => checkReportFlags({ format: "markdown", flavor: "jira", maxBytes: 5000 })).not.toThrow();
    expect(() => checkReportFlags({ format: "terminal", pager: true })).not.toThrow();
    expect(() => checkReportFlags({ format: "terminal", flavor: "jira" })).toThrow(
      "--flavor is for reports in Markdown; add -f markdown, or leave it out",
    );
    expect(() => checkReportFlags({ format: "json", maxBytes: 5000 })).toThrow(/^--max-bytes is for reports/);
  });
});
