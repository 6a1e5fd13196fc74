import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { rules } from "../../src/rules/generated.js";
import { analyze } from "../../src/run/analyze.js";

const root = path.join(path.dirname(new URL(import.meta.url).pathname), "../..");
const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");
const { version } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));

describe("README.md", () => {
  it("shows what the program really prints", async () => {
    const [, incident, shown] = /```console\n\$ hindcast (\S+)\n([\s\S]*?)```/.exec(readme)!;
    const report = await analyze([path.join(root, incident!)], { grammars, rules, version });
    expect(renderTerminal(report, { width: 100, color: false, utf8: true }).startsWith(shown!)).toBe(true);
  });

  it("names only pages and folders that exist", () => {
    const links = [...readme.matchAll(/\]\((docs\/[^)]+)\)/g)].map(([, target]) => target!);
    expect(links.length).toBeGreaterThan(4);
    for (const target of links)
      expect([target, fs.existsSync(path.join(root, target))]).toEqual([target, true]);
  });

  it("has the two commands that do everything", () => {
    expect(readme).toContain("\nnpm ci && npm start -- analyze fixtures/incidents/docker-bad-dns\n");
    expect(readme).toContain("\nnpm ci && npm test\n");
  });
});
