import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { Fields } from "../../src/model/event.js";
import { COVERS_EVERYTHING } from "../../src/rules/coverage.js";
import { RuleEngine } from "../../src/rules/engine.js";
import { compileQuery } from "../../src/rules/eql/matcher.js";
import { parseEql } from "../../src/rules/eql/parse.js";
import { SIGNATURES } from "../../src/rules/eql/signatures.js";
import { loadRules } from "../../src/rules/load.js";
import { event } from "./events.js";

const page = fs.readFileSync(path.join(import.meta.dirname, "../../docs/RULES.md"), "utf8");
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({
  kind: kind!,
  text: text!,
}));

/** `1.0 dns.query {"dns.id": 7}` */
function eventOf(line: string) {
  const [, at, action, fields] = /^([\d.]+) (\S+) (\{.*\})$/.exec(line)!;
  return event(action!, Number(at), JSON.parse(fields!) as Fields);
}

describe("docs/RULES.md", () => {
  const rules = blocks.flatMap(({ kind, text }, at) =>
    kind === "yaml" ? [{ at, text, id: /^id: (\S+)/.exec(text)![1]! }] : [],
  );

  it.each(rules)("its rule $id does what the page says", ({ at, text, id }) => {
    const { rules: loaded, problems } = loadRules([{ file: `${id}.yaml`, text }]);
    expect(problems.map(String)).toEqual([]);
    const [events, findings] = blocks.slice(at + 1, at + 3);
    if (events?.kind !== "events") return;
    const engine = new RuleEngine(loaded, { coverage: COVERS_EVERYTHING });
    for (const line of events.text.trim().split("\n")) engine.push(eventOf(line));
    const found = engine.end().findings.map((one) => `${one.id} ${one.severity}: ${one.summary}`);
    expect(found.join("\n")).toBe(findings!.text.trim());
  });

  it("has at least three rules that are run", () => {
    expect(blocks.filter(({ kind }) => kind === "findings").length).toBeGreaterThanOrEqual(3);
  });

  it("its queries parse", () => {
    const queries = blocks.filter(({ kind }) => kind === "eql");
    expect(queries.length).toBeGreaterThan(0);
    for (const { text } of queries) expect(parseEql(text)).toHaveProperty("query");
  });

  it("its conditions meet what the tables say", () => {
    const { "event.action": action, ...fields } = JSON.parse(
      blocks.find(({ kind }) => kind === "json")!.text,
    );
    const rows = [...page.matchAll(/^\| (`+) ?(.+?) ?\1 \| (yes|no)\b/gm)];
    expect(rows.length).toBeGreaterThan(20);
    for (const [, , condition, expected] of rows) {
      const parsed = parseEql(`any where ${condition}`);
      if ("errors" in parsed) throw new Error(`${condition}: ${parsed.errors[0]?.message}`);
      let meets = "no";
      compileQuery(parsed.query).push(event(action, 1, fields), () => {
        meets = "yes";
      });
      expect([condition, meets]).toEqual([condition, expected]);
    }
  });

  it("lists every function with its usage", () => {
    const flat = page.replace(/\s+/g, " ");
    for (const { usage } of Object.values(SIGNATURES)) expect(flat).toContain(`\`${usage}\``);
  });
});
