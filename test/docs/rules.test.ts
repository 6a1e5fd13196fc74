import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { loadRules } from "../../src/rules/load.js";
import { rulePage, rulesIndex } from "../../src/rules/page.js";

const root = path.join(import.meta.dirname, "../..");
const folder = path.join(root, "docs/rules");
const INDEX = "README.md";

const files = fs
  .readdirSync(path.join(root, "rules"))
  .sort()
  .map((name) => ({ file: `rules/${name}`, text: fs.readFileSync(path.join(root, "rules", name), "utf8") }));
const { rules } = loadRules(files);
const pages = new Map<string, string>([
  ...rules.map((rule) => [`${rule.id}.md`, rulePage(rule, rules)] as const),
  [INDEX, rulesIndex(rules)] as const,
]);

if (process.env["UPDATE_GOLDEN"]) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder);
  for (const [name, text] of pages) fs.writeFileSync(path.join(folder, name), text);
}

describe("docs/rules", () => {
  it("has a page for each rule, an index, and nothing else", () => {
    expect(fs.readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
  });

  it.each([...pages.keys()])("%s says what the rule's file says", (name) => {
    // After a change of a rule: UPDATE_GOLDEN=1.
    expect(fs.readFileSync(path.join(folder, name), "utf8")).toBe(pages.get(name));
  });

  it("has the same sections on every rule's page", () => {
    for (const [name, text] of pages) {
      if (name === INDEX) continue;
      expect([name, text.match(/^## .*$/gm)]).toEqual([
        name,
        [
          "## Fires when",
          "## Cannot tell when",
          "## Why it happens",
          "## Do this",
          "## Check it worked",
          "## Not this",
          "## References",
        ],
      ]);
    }
  });

  it("has no link that leads nowhere", () => {
    for (const [name, text] of pages)
      for (const [, target] of text.matchAll(/\]\(([\w-]+\.md)\)/g))
        expect([name, target, pages.has(target!)]).toEqual([name, target, true]);
  });
});
