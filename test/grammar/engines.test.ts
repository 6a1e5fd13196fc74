import { existsSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Automaton } from "../../src/grammar/automaton/automaton.js";
import { runAutomaton } from "../../src/grammar/automaton/run.js";
import { grammarFiles } from "../../src/grammar/build.js";
import { ByteSet } from "../../src/grammar/bytes.js";
import { compileIr } from "../../src/grammar/compile.js";
import { matchShape } from "../../src/grammar/exec.js";
import { explainShape } from "../../src/grammar/explain.js";
import { grammars as built } from "../../src/grammar/generated.js";
import type { Node, ShapeIr, Slot } from "../../src/grammar/ir/ir.js";
import { shapeRegex } from "../../src/grammar/ir/regex.js";
import { loadGrammars } from "../../src/grammar/load.js";
import { prove } from "../../src/grammar/prove.js";
import type { Grammar } from "../../src/grammar/types.js";
import type { Fields } from "../../src/model/event.js";
import { rounds } from "../rounds.js";

/** One change to a text at a place given as a fraction of its length. */
type Edit = (text: string, place: number) => string;
const EDITS: Edit[] = [
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + text.slice(at, at + 1) + text.slice(at),
  (text, at) => text.slice(0, at),
  (text, at) => text + text.slice(at),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/\d/, "7"),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/[a-z]/, "q"),
  (text, at) => text.slice(0, at) + text.slice(at + 8),
  ...[" ", '"', "\\", "\n", ":", ")", "\xc3\xa9", "0"].map(
    (insert): Edit =>
      (text, at) =>
        text.slice(0, at) + insert + text.slice(at),
  ),
];

function present(fields: Fields | undefined): Fields | undefined {
  return fields && Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const dir = new URL("../../grammars", import.meta.url).pathname;
const shipped = existsSync(dir)
  ? loadGrammars(grammarFiles(dir)).irs.filter((ir) => ir.ast.layer !== "values")
  : [];
const compiled = new Map(shipped.map((ir) => [ir.ast.name, compileIr(ir)]));

describe("the catalogue that the build makes", () => {
  /** What a grammar's shapes read, and what they give for texts. */
  const readable = ({ name, layer, shapes }: Grammar, texts: readonly string[]) => ({
    name,
    layer,
    shapes: shapes.map((shape) => [shape.event, String(shape.regex), shape.literals]),
    fields: texts.map((text) => shapes.map((shape) => matchShape(shape, text))),
  });

  it("is what its files compile to", () => {
    const layered = new Map(built.map((grammar) => [grammar.name, grammar]));
    for (const { ast } of shipped) {
      const texts = ast.samples.map(({ text }) => text);
      expect(readable(layered.get(ast.name)!, texts)).toEqual(readable(compiled.get(ast.name)!, texts));
    }
    expect(built.filter(({ name, layer }) => layer !== "values" && !compiled.has(name))).toEqual([]);
  });
});

describe("the regex and the automaton of a shape", () => {
  it("agree on the samples of all grammars and on light mutations of them, fields included", () => {
    const cases = shipped.flatMap((ir) => {
      const grammar = compiled.get(ir.ast.name)!;
      return ir.shapes.flatMap((shape, i) => {
        const made = grammar.shapes[i]!;
        const texts = ir.ast.samples.map(({ text }) => text).filter((text) => matchShape(made, text));
        return new Automaton(shape.body).nfa.exact ? texts.map((text) => ({ ir, shape, made, text })) : [];
      });
    });
    if (cases.length === 0) return;
    let matched = 0;
    let compared = 0;
    const edits = fc.array(fc.tuple(fc.constantFrom(...EDITS), fc.double({ min: 0, max: 1, noNaN: true })), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.nat(cases.length - 1), edits, (chosen, changes) => {
        const { ir, shape, made, text } = cases[chosen]!;
        const mutated = changes.reduce(
          (each, [edit, place]) => edit(each, Math.floor(place * each.length)),
          text,
        );
        const fast = present(matchShape(made, mutated));
        const full = explainShape(ir, shape, mutated);
        expect([shape.event, mutated, full.matched]).toEqual([shape.event, mutated, fast !== undefined]);
        if (fast) expect(full.fields).toEqual(fast);
        compared++;
        if (fast) matched++;
      }),
      { numRuns: rounds(500) },
    );
    // Without matches the test would only hold two refusals together.
    expect(matched).toBeGreaterThan(compared / 4);
  });

  it("agree on all short texts for patterns made at random, if the proof accepts them", () => {
    const texts = shortTexts("abc", 5);
    let accepted = 0;
    let matched = 0;
    fc.assert(
      fc.property(pattern(), (made) => {
        const { root, slots } = numbered(made);
        if (prove(root)) return;
        accepted++;
        const shape = { event: "x", root, body: root, slots } as unknown as ShapeIr;
        const { source, groups } = shapeRegex(shape);
        const regex = new RegExp(source, "y");
        const automaton = new Automaton(root);
        for (const text of texts) {
          regex.lastIndex = 0;
          const match = regex.exec(text);
          const run = runAutomaton(automaton, text);
          if (run.matched !== (match !== null))
            throw new Error(`${source} on ${JSON.stringify(text)}: automaton says ${run.matched}`);
          if (!match) continue;
          matched++;
          slots.forEach((_, slot) => {
            const span = run.captures.get(slot);
            const got = span && text.slice(span.start, span.end);
            if (got !== match[groups[slot]!])
              throw new Error(`${source} on ${JSON.stringify(text)}: ${got} is not ${match[groups[slot]!]}`);
          });
        }
      }),
      { numRuns: 700 },
    );
    expect(accepted).toBeGreaterThan(200);
    expect(matched).toBeGreaterThan(accepted);
  });
});

function shortTexts(letters: string, longest: number): string[] {
  let last = [""];
  const all = [""];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((text) => [...letters].map((letter) => text + letter));
    all.push(...last);
  }
  return all;
}

/** Patterns over a, b and c, with captures, `upto` and `ordered`. */
function pattern(): fc.Arbitrary<Node> {
  const leaf: fc.Arbitrary<Node> = fc.oneof(
    fc.constantFrom("a", "b", "c", "ab", "bc", "ca", "aa").map((bytes): Node => ({ kind: "literal", bytes })),
    fc.constantFrom("ab", "bc", "abc", "c").map((bytes): Node => ({ kind: "class", set: ByteSet.of(bytes) })),
  );
  const stop = fc.constantFrom("a", "ab", "aba", "bb", "cab");
  const upto = fc.tuple(stop, fc.boolean()).map(([bytes, follows]): Node => {
    const literal: Node = { kind: "literal", bytes };
    const node: Node = { kind: "upto", stop: literal, at: { line: 1, column: 1 } };
    return follows ? { kind: "sequence", items: [node, literal] } : node;
  });
  const { tree } = fc.letrec<{ tree: Node }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      upto,
      fc
        .array(tie("tree"), { minLength: 2, maxLength: 4 })
        .map((items): Node => ({ kind: "sequence", items })),
      fc
        .tuple(fc.array(tie("tree"), { minLength: 2, maxLength: 3 }), fc.boolean())
        .map(([items, ordered]): Node => ({ kind: "choice", items, ordered })),
      fc
        .tuple(tie("tree"), fc.constantFrom([0, 1], [0, Infinity], [1, Infinity], [2, 3]), fc.boolean())
        .map(([item, counts, ordered]): Node => {
          const [min, max] = counts as [number, number];
          return { kind: "repeat", item, min, max, ordered: ordered && max === 1 };
        }),
      tie("tree").map((item): Node => ({ kind: "slot", slot: 0, item })),
    ),
  }));
  return tree;
}

/** Gives every capture a slot of its own; captures inside repetitions are not part of the language. */
function numbered(root: Node): { root: Node; slots: Slot[] } {
  const slots: Slot[] = [];
  const visit = (node: Node, loop: boolean): Node => {
    switch (node.kind) {
      case "sequence":
      case "choice":
        return { ...node, items: node.items.map((item) => visit(item, loop)) };
      case "repeat":
        return { ...node, item: visit(node.item, loop || node.max > 1) };
      case "slot": {
        if (loop) return visit(node.item!, loop);
        const slot =
          slots.push({ kind: "capture", field: "f", type: "text", high: false, always: false }) - 1;
        return { ...node, slot, item: visit(node.item!, loop) };
      }
      default:
        return node;
    }
  };
  return { root: visit(root, false), slots };
}
