import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { grammarFiles } from "../../../src/grammar/build.js";
import { grammars } from "../../../src/grammar/generated.js";
import { mayOpen, openingOf } from "../../../src/grammar/heads/openings.js";
import { readGrammar } from "../../../src/grammar/language/read.js";

const files = grammarFiles(path.join(import.meta.dirname, "../../../grammars"));
const samples = files.flatMap(({ file, text }) =>
  (readGrammar(file, text).ast?.samples ?? []).filter(({ reject }) => !reject).map((sample) => sample.text),
);
const shapes = grammars
  .filter(({ layer }) => layer === "envelope" || layer === "generic")
  .flatMap((grammar) => grammar.shapes);

describe("how a line opens", () => {
  it("is the same for stamps of one form", () => {
    expect(openingOf("2026-11-22 03:52:32,123 INFO")).toBe(openingOf("2027-01-02 13:00:59,999 WARN"));
    expect(openingOf("short")).toBe("short");
  });

  it("never rules a shape out that reads the line", () => {
    const wrong: string[] = [];
    let read = 0;
    for (const text of samples) {
      const opening = openingOf(text.split("\n")[0]!);
      for (const shape of shapes) {
        shape.regex.lastIndex = 0;
        if (!shape.regex.test(text)) continue;
        read++;
        if (!mayOpen(shape, opening)) wrong.push(`${shape.grammar} ${shape.event}: ${text}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(500);
  });

  it("rules nearly all shapes out for a stamp", () => {
    const able = shapes.filter((shape) => mayOpen(shape, openingOf("2026-11-22 03:52:32,123 INFO x")));
    expect(able.map(({ grammar }) => grammar)).toContain("generic");
    expect(able.length).toBeLessThan(shapes.length / 5);
  });
});
