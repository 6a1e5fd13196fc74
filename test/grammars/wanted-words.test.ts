import { describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import { rawLiterals } from "../../src/grammar/ir/literals.js";
import { rules } from "../../src/rules/generated.js";
import { wantedActions } from "../../src/run/wanted.js";

/** The scanner looks for the words of wanted shapes in every journal: shorter ones would stand in every line. */
const SHORTEST = 4;

describe("message shapes whose happenings somebody asks for", () => {
  const wanted = wantedActions(rules);
  const shapes = grammars
    .filter(({ layer }) => layer === "message")
    .flatMap(({ shapes }) => shapes)
    .filter(({ event }) => wanted?.has(event));

  it("are many", () => expect(shapes.length).toBeGreaterThan(50));

  it("have a word by which their records are found, so that all other lines can be passed over", () => {
    const vague = shapes
      .map(({ grammar, event, literals }) => ({ grammar, event, words: rawLiterals(literals) }))
      .filter(({ words }) => words.length === 0 || words.some(({ length }) => length < SHORTEST));
    expect(vague).toEqual([]);
  });
});
