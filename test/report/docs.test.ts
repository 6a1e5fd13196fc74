import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { buildReport } from "../../src/report/document.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { badDns } from "./sample-bad-dns.js";

const PAGE = new URL("../../docs/REPORT.md", import.meta.url);
const BLOCK = /^```text\n(.*?)^```$/ms;
const printed = renderTerminal(buildReport(badDns()));
if (process.env["UPDATE_GOLDEN"] === "1") {
  writeFileSync(
    PAGE,
    readFileSync(PAGE, "utf8").replace(BLOCK, () => `\`\`\`text\n${printed}\`\`\``),
  );
}
const page = readFileSync(PAGE, "utf8");
const schema = JSON.parse(
  readFileSync(new URL("../../src/report/report.schema.json", import.meta.url), "utf8"),
);

describe("docs/REPORT.md", () => {
  it("shows a report as it is printed", () => {
    expect(BLOCK.exec(page)?.[1]).toBe(printed);
  });

  it("names every key of the document", () => {
    const { properties } = schema;
    const keys = new Set<string>(Object.keys(properties));
    for (const part of ["findings", "timeline", "clocks", "sources", "unplaced", "missing", "story"]) {
      for (const key of Object.keys(properties[part].items.properties)) keys.add(key);
    }
    expect([...keys].filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
  });
});
