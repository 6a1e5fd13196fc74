import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import { renderClocks } from "../../src/report/clocks-terminal.js";
import type { Report } from "../../src/report/contract.js";
import { rules } from "../../src/rules/generated.js";
import { clocks } from "../../src/run/clocks.js";

const root = path.join(import.meta.dirname, "../..");
const file = path.join(root, "docs/CLOCKS.md");
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const BLOCK = /^```console\n\$ hindcast clocks (\S+)\n([\s\S]*?)^```$/m;

describe("docs/CLOCKS.md", () => {
  let page = readFileSync(file, "utf8");
  const [, incident] = BLOCK.exec(page)!;
  let report: Report;

  beforeAll(async () => {
    report = await clocks([path.join(root, incident!)], { grammars, rules, version });
    if (process.env["UPDATE_GOLDEN"] !== "1") return;
    const shown = `\`\`\`console\n$ hindcast clocks ${incident}\n${renderClocks(report)}\`\`\``;
    page = page.replace(BLOCK, () => shown);
    writeFileSync(file, page);
  });

  it("shows what the program really prints", () => {
    expect(BLOCK.exec(page)![2]).toBe(renderClocks(report));
  });

  it("tells of the example what is true of it: the capture's clock is 1.25 s ahead", () => {
    const capture = report.clocks.find(({ sources }) => sources.includes("host_any.pcap"))!;
    expect(capture.offset!.min).toBeLessThanOrEqual(1.25);
    expect(capture.offset!.max).toBeGreaterThanOrEqual(1.25);
    expect(capture.offset!.max! - capture.offset!.min!).toBeLessThan(0.01);
  });

  it("places a trace without stamps at the lines that the daemon's log has too", () => {
    const { proof } = report.clocks.find(({ kind, matches }) => kind === "none" && matches > 0)!;
    const written = proof!.find(({ own }) => own.text.includes("Trying to"))!;
    expect(written.own.time).not.toBeNull();
    expect(written.offset).toEqual({ min: null, max: null });
  });

  it("names only places that exist", () => {
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target!);
    const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
      title!
        .toLowerCase()
        .replace(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
  });
});
