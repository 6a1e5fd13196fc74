import { describe, expect, it } from "@jest/globals";
import { Command } from "commander";
import { checkHtmlFlags, htmlOptions } from "../../src/cli/html-flags.js";
import { UsageError } from "../../src/cli/output.js";

const parsed = (...args: string[]) =>
  htmlOptions(new Command("analyze").exitOverride().configureOutput({ writeErr: () => {} }))
    .parse(args, { from: "user" })
    .opts();

describe("--max-evidence", () => {
  it("is a number of bytes, with a unit or without", () => {
    expect(parsed("--max-evidence", "500000")).toEqual({ maxEvidence: 500_000 });
    expect(parsed("--max-evidence", "2M")).toEqual({ maxEvidence: 2 << 20 });
    expect(() => parsed("--max-evidence", "much")).toThrow("a size is written like 500000, 500K or 2M.");
  });

  it("means nothing in other formats", () => {
    expect(() => checkHtmlFlags({ format: "json", maxEvidence: 1 })).toThrow(UsageError);
    expect(() => checkHtmlFlags({ format: "json" })).not.toThrow();
  });
});

describe("a page for a terminal", () => {
  it("is refused, as nobody could read it; to a file it goes", () => {
    const { isTTY } = process.stdout;
    process.stdout.isTTY = true;
    try {
      expect(() => checkHtmlFlags({ format: "html" })).toThrow("write it to a file with -o FILE");
      expect(() => checkHtmlFlags({ format: "html", output: "report.html" })).not.toThrow();
    } finally {
      process.stdout.isTTY = isTTY;
    }
  });
});
