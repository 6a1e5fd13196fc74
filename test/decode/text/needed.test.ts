import { describe, expect, it } from "@jest/globals";
import { neededLiterals } from "../../../src/decode/text/needed.js";
import { grammars } from "../../../src/grammar/generated.js";
import type { Grammar, Shape } from "../../../src/grammar/types.js";

const journal = grammars.find(({ name }) => name === "journal-short")!;

const shape = (event: string, ...literals: string[]): Shape => ({
  grammar: "one",
  event,
  regex: /$/y,
  decode: () => ({}),
  literals: literals.length > 0 ? [literals] : [],
  stamps: [],
});
const grammar = (...shapes: Shape[]): Grammar => ({
  name: "one",
  title: "one",
  layer: "message",
  file: "one.grammar",
  framing: { unit: "line" },
  set: {},
  shapes,
});

const needed = (wanted: readonly string[], envelope: Grammar, ...others: Grammar[]) =>
  neededLiterals(envelope, others, (action) => wanted.includes(action));

describe("the literals of records that can tell of something wanted", () => {
  const two = grammar(shape("a.one", "first words", "other words"), shape("a.two", "second words"));

  it("are those of the message shapes that tell it", () => {
    expect(needed(["a.one"], journal, two)).toEqual(["first words", "other words"]);
    expect(needed(["a.one", "a.two"], journal, two)).toHaveLength(3);
    expect(needed([], journal, two)).toEqual([]);
  });

  it("are also those of the envelope's own shapes that tell it, and its marks of hidden words", () => {
    const envelope = { ...grammar(shape("log.line"), shape("log.boot", "-- Boot ")), hides: ["\\u"] };
    expect(needed(["a.two", "log.boot"], envelope, two)).toEqual(["-- Boot ", "\\u", "second words"]);
  });

  it("are none where a shape that tells it may read any record", () => {
    expect(needed(["log.line"], journal, two)).toBeUndefined();
    expect(needed(["b"], journal, two, grammar(shape("b")))).toBeUndefined();
    expect(needed(["b"], journal, two, grammar(shape("b", "words", ":")))).toBeUndefined();
    expect(needed(["a.one"], journal, two, grammar(shape("b")))).toHaveLength(2);
  });
});
