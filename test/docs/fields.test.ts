import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { grammarFiles } from "../../src/grammar/build.js";
import { grammars } from "../../src/grammar/generated.js";
import { runSamples } from "../../src/grammar/samples.js";
import { actionsWanted } from "../../src/rules/engine.js";
import { rules } from "../../src/rules/generated.js";

const root = path.join(path.dirname(new URL(import.meta.url).pathname), "../..");
const page = path.join(root, "docs/FIELDS.md");
const BEGIN = "<!-- what the grammars give: written by test/docs/fields.test.ts with UPDATE_GOLDEN=1 -->";

/** Every event that a grammar gives, with the fields that its samples show. */
function table(): string {
  const rows = new Map<string, { fields: Set<string>; grammars: Set<string> }>();
  for (const { shapes, name } of grammars) {
    for (const { event } of shapes) {
      if (!rows.has(event)) rows.set(event, { fields: new Set(), grammars: new Set() });
      rows.get(event)!.grammars.add(name);
    }
  }
  for (const { event, fields, ok } of runSamples(grammarFiles(path.join(root, "grammars")))) {
    if (!ok || event === undefined || fields === undefined) continue;
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined && !name.startsWith("@timestamp")) rows.get(event)?.fields.add(name);
    }
  }
  const lines = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([event, { fields, grammars: by }]) => {
      const list = (names: Set<string>) =>
        [...names]
          .sort()
          .map((name) => `\`${name}\``)
          .join(", ");
      return `| \`${event}\` | ${list(fields)} | ${[...by].sort().join(", ")} |`;
    });
  return `${BEGIN}\n\n| event.action | fields | grammars |\n|---|---|---|\n${lines.join("\n")}\n`;
}

describe("docs/FIELDS.md", () => {
  it("lists every event that the grammars give, with its fields", () => {
    const text = fs.readFileSync(page, "utf8");
    const at = text.indexOf(BEGIN);
    if (process.env["UPDATE_GOLDEN"])
      fs.writeFileSync(
        page,
        `${at < 0 ? `${text.trimEnd()}\n\n## All events that grammars give\n\n` : text.slice(0, at)}${table()}`,
      );
    expect(fs.readFileSync(page, "utf8").endsWith(table())).toBe(true);
  });

  it("names every event that a rule asks for", () => {
    const text = fs.readFileSync(page, "utf8");
    for (const action of actionsWanted(rules) ?? [])
      expect([action, text.includes(`\`${action}\``)]).toEqual([action, true]);
  });
});
