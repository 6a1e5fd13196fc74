import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { Event, Fields } from "../../src/model/event.js";
import type { Coverage } from "../../src/rules/coverage.js";
import { SIGNATURES } from "../../src/rules/eql/signatures.js";
import { found, treeOf } from "../rules/eql/ask.js";
import { event } from "../rules/events.js";

const page = fs.readFileSync(path.join(import.meta.dirname, "../../docs/EQL.md"), "utf8");

/** `2 network {"id": 2}` */
function eventOf(line: string): Event {
  const [, at, category, fields] = /^([\d.]+) (\S+) (\{.*\})$/.exec(line)!;
  return event("e", Number(at), JSON.parse(fields!) as Fields, { category: category! });
}

/** As with `--events`: they cover the time from the first to the last. */
function coverageOf(events: readonly Event[]): Coverage {
  const [first, last] = [events[0]!.time, events.at(-1)!.time];
  return { covers: (_, from, to) => first <= from && to <= last };
}

describe("docs/EQL.md", () => {
  const events = /^```events\n([\s\S]*?)^```$/m.exec(page)![1]!.trim().split("\n").map(eventOf);
  const rows = [...page.matchAll(/^\| (`+) ?(.+?) ?\1 \| ([\d, ?]+|none) \|$/gm)].map(([, , query, ids]) => ({
    query: query!.replaceAll("\\|", "|"),
    ids: ids!,
  }));

  it("has examples of everything", () => {
    expect(rows.length).toBeGreaterThan(50);
  });

  it.each(rows)("$query → $ids", ({ query, ids }) => {
    const told = found(query, events, "id", coverageOf(events));
    expect(told.map((one) => one.replace(/^\? (.*)$/, "$1?")).join(", ") || "none").toBe(ids);
  });

  it("its longer examples parse", () => {
    for (const [, text] of page.matchAll(/^```eql\n([\s\S]*?)^```$/gm))
      expect(() => treeOf(text!)).not.toThrow();
  });

  it("lists every function with its usage", () => {
    for (const { usage } of Object.values(SIGNATURES)) expect(page).toContain(`\`${usage}\``);
  });
});
