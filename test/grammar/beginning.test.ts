import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { mayBegin } from "../../src/grammar/beginning.js";
import { grammarFiles } from "../../src/grammar/build.js";
import { matchShape } from "../../src/grammar/exec.js";
import { grammars } from "../../src/grammar/generated.js";
import { readGrammar } from "../../src/grammar/language/read.js";
import { compile } from "./helpers.js";

const beginsOf = (event: string) => compile(`token HEX = /[0-9a-f]/\nevent x = ${event}`).shapes[0]!.begins!;

const SHARE = 43;

describe("what a shape's texts can begin with", () => {
  it("names the bytes of each place", () => {
    expect(beginsOf('"ab" ("c" | "x") HEX "!" WORD?').slice(0, 5)).toEqual([
      "aa",
      "bb",
      "ccxx",
      "09af",
      "!!",
    ]);
  });

  it("joins what optional parts allow", () => {
    expect(beginsOf('"<"? HEX "-"').slice(0, 2)).toEqual(["09<<af", "--09af"]);
  });

  it("says nothing where any byte can stand", () => {
    expect(beginsOf('upto "end" "end"')).toEqual([]);
  });

  it("lets pass a text that is shorter, and one that fits as far as it is described", () => {
    expect(mayBegin(["09", "aa"], "")).toBe(true);
    expect(mayBegin(["09", "aa"], "5")).toBe(true);
    expect(mayBegin(["09", "aa"], "5a!")).toBe(true);
    expect(mayBegin(["09", "aa"], "5b")).toBe(false);
    expect(mayBegin(["09", "aa"], "x")).toBe(false);
  });

  it("never forbids what the shape reads: the samples of all grammars, and these with a few bytes changed", () => {
    const files = grammarFiles(join(import.meta.dirname, "../../grammars"));
    const shapes = grammars.flatMap((grammar) => grammar.shapes);
    const described = shapes.filter(({ begins }) => (begins?.length ?? 0) > 0);
    const samples = files
      .flatMap(({ file, text }) => readGrammar(file, text).ast?.samples ?? [])
      .map(({ text }, i) => ({ text, i }));
    const letters = fc.constantFrom(...` \t\n<>[]{}"-+:/=0159AFJZaftz\x1b\xe2`);
    const texts = fc
      .tuple(fc.constantFrom(...samples), fc.nat(8), fc.nat(2), fc.array(letters, { maxLength: 2 }))
      .map(([{ text, i }, at, cut, more]) => ({
        text: text.slice(0, at) + more.join("") + text.slice(at + cut),
        i,
      }));
    let read = 0;
    // A few shapes of those that must not read the text, each time others: all would be a million expressions.
    const check = ({ text, i }: { text: string; i: number }) => {
      const wrong = described.filter((shape, place) => {
        if (place % SHARE !== i % SHARE && !mayBegin(shape.begins!, text)) return false;
        if (!matchShape(shape, text)) return false;
        read++;
        return !mayBegin(shape.begins!, text);
      });
      expect(wrong.map(({ event }) => [event, text])).toEqual([]);
    };
    for (const sample of samples) check(sample);
    fc.assert(fc.property(texts, check), { seed: 3, numRuns: 100 });
    expect(read).toBeGreaterThan(samples.length / 3);
  });
});
