import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { loadRules } from "../../src/rules/load.js";
import { placesOf } from "../../src/rules/template.js";

const root = path.join(import.meta.dirname, "../..");
const textsOf = (dir: string, ending: RegExp): { file: string; text: string }[] =>
  fs
    .readdirSync(path.join(root, dir), { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .sort()
    .map((name) => ({ file: `${dir}/${name}`, text: fs.readFileSync(path.join(root, dir, name), "utf8") }));

const { rules, problems } = loadRules(textsOf("rules", /\.yaml$/), { complete: true });

/** Names of fields, and values that `event.action` is compared with, anywhere in a syntax tree. */
function namesIn(tree: unknown, names = new Set<string>()): Set<string> {
  if (typeof tree !== "object" || tree === null) return names;
  const node = tree as Record<string, unknown> & { left?: { name?: string } };
  if (node["op"] === "field") names.add(String(node["name"]));
  if (node.left?.name === "event.action") {
    const values = [node["right"], ...((node["list"] as unknown[]) ?? [])] as { value?: unknown }[];
    for (const one of values) if (typeof one?.value === "string") names.add(one.value);
  }
  for (const inner of Object.values(node)) namesIn(inner, names);
  return names;
}

describe("the rule files", () => {
  it("are all right", () => {
    expect(problems.map(String)).toEqual([]);
    expect(rules.length).toBeGreaterThan(0);
  });

  it("name only events and fields that something gives", () => {
    // A name with a slip in it would never match, and nobody would notice.
    const givers = [
      ...textsOf("grammars", /\.grammar$/),
      ...textsOf("src", /\.ts$/).filter(
        ({ file }) => !/^src\/(rules|report|diagnosis)\/|generated/.test(file),
      ),
      { file: "docs/FIELDS.md", text: fs.readFileSync(path.join(root, "docs/FIELDS.md"), "utf8") },
    ];
    const known = new Set(
      givers.flatMap(({ text }) => text.match(/@?[a-z_]\w*(?:\.\w+)+|@timestamp|\bmessage\b/g) ?? []),
    );
    const unknown = rules.flatMap(({ id, queries, unless, cannotTell }) =>
      [...namesIn([queries, unless, cannotTell].map((all) => all.map(({ query }) => query)))]
        .filter((name) => !known.has(name))
        .map((name) => `${id}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it("use facts in their summaries that they collect", () => {
    for (const rule of rules) {
      const facts = [...rule.entities, ...rule.groupBy];
      const places = placesOf(rule.summary).filter((name) => !/^(count|window)\b/.test(name));
      expect([rule.id, places.filter((name) => !facts.includes(name))]).toEqual([rule.id, []]);
    }
  });

  it("have cases that must be found and near-misses", () => {
    for (const { id, cases } of rules) {
      const found = cases.filter(({ expect: answer }) => answer === "found").length;
      expect([id, found > 0, cases.length > found]).toEqual([id, true, true]);
    }
  });
});
