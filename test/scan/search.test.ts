import { describe, expect, test } from "@jest/globals";
import { Plan } from "../../src/scan/plan.js";
import { ReferenceScanner } from "../../src/scan/reference.js";
import { LITTLE } from "../../src/scan/search.js";
import { latin1, load } from "./scanners.js";

const CHUNK = 1 << 20;

/** Reads chunks and tells of each how many grams were looked at in vain. */
function vainPerChunk(literals: readonly string[], chunks: readonly string[]): number[] {
  const scanner = new ReferenceScanner(new Plan(literals), CHUNK, 0);
  const probe = scanner.probeGrams.bind(scanner);
  let vain = 0;
  scanner.probeGrams = (from, to, end) => {
    const met = probe(from, to, end);
    vain += met;
    return met;
  };
  return chunks.map((text) => {
    load(scanner, latin1(text));
    vain = 0;
    scanner.findHits(CHUNK);
    return vain;
  });
}

const filled = (line: string) => line.repeat(CHUNK / line.length + 1).slice(0, CHUNK);

describe("a search", () => {
  const literals = [
    "Error getting v2 registry: ",
    "Attempting next endpoint for pull",
    "request canceled while waiting",
  ];

  test("looks for what is rare in the source", () => {
    const chatter = filled("time=12:00 Attempting next endpoint, Error getting v2, request canceled, ok\n");
    expect(vainPerChunk(literals, [chatter])[0]).toBeLessThan(CHUNK / 1000);
  });

  test("looks for something else when the source changes", () => {
    const calm = filled("time=12:00 nothing of interest\n");
    const hostile = filled(
      "Error getting v2 registry; Attempting next endpoint for pu; request canceled while waitin;",
    );
    const [before, at, ...after] = vainPerChunk(literals, [calm, ...Array(5).fill(hostile)]) as [
      number,
      number,
      ...number[],
    ];
    expect(before).toBe(0);
    // Nearly every literal is there but for its last byte: one of its grams is met again and again, but no others.
    const nearMisses = (CHUNK / 88) * 3;
    expect(at).toBeGreaterThan(0);
    for (const vain of after) expect(vain).toBeLessThan(nearMisses);
  });

  test("is not slowed by how many literals there are", () => {
    const many = Array.from(
      { length: 1000 },
      (_, i) => `Error number ${i * 7919} of the registry at port ${i}`,
    );
    const text = filled("Error number, of the registry at port, time=12:00:01.283 Error at port 17\n");
    expect(vainPerChunk(many, [text, text])[1]).toBeLessThan(CHUNK / 100);
  });

  test("makes no tables for a little, and makes them for more", () => {
    const plan = new Plan(literals);
    let choices = 0;
    const { choose } = plan;
    plan.choose = (costs) => {
      choices++;
      choose.call(plan, costs);
    };
    const scanner = new ReferenceScanner(plan, CHUNK);
    const text = latin1("Error getting v2 registry: EOF\n".repeat(100));
    for (let chunk = 1; chunk <= 6; chunk++) {
      load(scanner, text);
      expect(scanner.findHits(text.length)).toBe(100);
      expect(choices).toBe(chunk * text.length <= LITTLE ? 0 : 1);
    }
  });
});
