import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { buildReport } from "../../src/report/document.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { badDns } from "./sample-bad-dns.js";

const page = readFileSync(new URL("../../docs/REPORT.md", import.meta.url), "utf8");
const schema = JSON.parse(
  readFileSync(new URL("../../src/report/report.schema.json", import.meta.url), "utf8"),
);

describe("docs/REPORT.md", () => {
  it("shows a report as it is printed", () => {
    const [, shown] = /^```text\n(.*?)^```$/ms.exec(page) ?? [];
    expect(shown).toBe(renderTerminal(buildReport(badDns())));
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
