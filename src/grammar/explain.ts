import type { Fields } from "../model/event.js";
import { Automaton } from "./automaton/automaton.js";
import { type Captures, type Run, runAutomaton } from "./automaton/run.js";
import { decoderSource } from "./codegen.js";
import { compileIr } from "./compile.js";
import type { DocumentReader } from "./document/reader.js";
import { MAX_RECORD } from "./exec.js";
import type { GrammarFile } from "./file.js";
import * as helpers from "./helpers.js";
import type { GrammarIr, ShapeIr } from "./ir/ir.js";
import { shapeRegex } from "./ir/regex.js";
import { loadGrammars } from "./load.js";
import type { Layer } from "./types.js";

/** How one shape fared with a record. */
export interface Explanation {
  grammar: string;
  event: string;
  matched: boolean;
  /** 1-based byte column of the first byte that could not be read; past the end when the record ended too early. */
  column: number;
  /** What could have stood there: token names, `field:TOKEN`, quoted literals. */
  expected: string[];
  /** Fields of the match, or what was understood so far. */
  fields: Fields;
}

/** Explanations of a record by all shapes of a grammar. */
export interface RecordExplanation {
  matched: boolean;
  /** The event that matched, or the one that got farthest. */
  event: string | undefined;
  column: number;
  expected: string[];
  fields: Fields;
  /** The farthest three shapes, best first. */
  shapes: Explanation[];
}

const SHOWN = 3;
/** Grammars that are kept ready. */
const KEPT = 200;
const engines = new WeakMap<ShapeIr, (text: string) => Explanation>();

/**
 * Says how far a record can be read, and what was expected there.
 * @param grammar text of a grammar file, or its IR.
 * @param record bytes (a latin1 string); records above 1 MiB are cut.
 */
export function explainRecord(grammar: GrammarFile | GrammarIr, record: string): RecordExplanation {
  const irs = "shapes" in grammar ? [grammar] : loaded(grammar);
  const text = record.length > MAX_RECORD ? record.slice(0, MAX_RECORD) : record;
  const documents = irs.flatMap((ir) => (ir.document ? [explainDocument(ir, text)] : []));
  const shapes = irs
    .flatMap((ir) => ir.shapes.filter((shape) => !shape.unsafe).map((shape) => explainShape(ir, shape, text)))
    .concat(documents)
    .sort((a, b) => Number(b.matched) - Number(a.matched) || b.column - a.column)
    .slice(0, SHOWN);
  const best = shapes[0];
  return {
    matched: best?.matched ?? false,
    event: best?.event,
    column: best?.column ?? 1,
    expected: best?.expected ?? [],
    fields: best?.fields ?? {},
    shapes,
  };
}

/** A document is one or it is not: what it lacks is all that can be said. */
function explainDocument(ir: GrammarIr, text: string): Explanation {
  const reader = compileIr(ir).document as DocumentReader;
  const missing = reader.missing(text);
  const first = missing < 0 ? reader.read(text)[0] : undefined;
  const test = ir.ast.there[missing];
  return {
    grammar: ir.ast.name,
    event: first?.shape.event ?? ir.ast.tellings[0]?.name ?? "",
    matched: missing < 0,
    column: 1,
    expected: test ? [`JSON with${test.not ? "out" : ""} ${test.path.source}`] : [],
    fields: first?.fields ?? {},
  };
}

const texts = new Map<string, GrammarIr[]>();

/** A grammar's IR; many records are explained with the same few grammars. */
function loaded(grammar: GrammarFile): GrammarIr[] {
  let irs = texts.get(grammar.text);
  if (!irs) {
    if (texts.size >= KEPT) texts.clear();
    irs = loadGrammars([grammar]).irs;
    texts.set(grammar.text, irs);
  }
  return irs;
}

/** Runs one shape's automaton over a record. */
export function explainShape(ir: GrammarIr, shape: ShapeIr, record: string): Explanation {
  let engine = engines.get(shape);
  if (!engine) {
    engine = automatonEngine(ir.ast.name, ir.ast.layer, shape);
    engines.set(shape, engine);
  }
  return engine(record);
}

/**
 * The record with a caret under the place:
 *
 * ```
 * br-lan: port 2(veth1a2b) entered forwarded state
 *                                         ^ column 41: expected bridge.state:STATE
 * ```
 *
 * @param show makes text of the record's bytes; the caret is aligned to what it gives
 */
export function caret(
  record: string,
  explanation: Pick<Explanation, "column" | "expected">,
  show: (bytes: string) => string = helpers.text,
): string {
  const before = record.slice(0, explanation.column - 1);
  const start = before.lastIndexOf("\n") + 1;
  const line = record.slice(start).split("\n", 1)[0]!;
  const indent = show(before.slice(start)).replace(/[^\t]/g, " ");
  return `${show(line)}\n${indent}^ column ${explanation.column}: expected ${explanation.expected.join(" or ")}`;
}

function automatonEngine(grammar: string, layer: Layer, shape: ShapeIr): (text: string) => Explanation {
  const automaton = new Automaton(shape.body);
  const { groups } = shapeRegex(shape);
  // A record that was not read to its end lacks captures that a match always has.
  const slots = shape.slots.map((slot) => (slot.kind === "capture" ? { ...slot, always: false } : slot));
  const decode = new Function(
    "H",
    `"use strict"; return ${decoderSource({ ...shape, slots }, groups, layer)};`,
  )(helpers) as (match: (string | undefined)[]) => Fields;
  return (text) => {
    const run = runAutomaton(automaton, text);
    const fields = decode(groupsOf(run.captures, groups, text));
    for (const [name, value] of Object.entries(fields)) if (value === undefined) delete fields[name];
    return {
      grammar,
      event: shape.event,
      matched: run.matched,
      column: run.farthest + 1,
      expected: names(run),
      fields,
    };
  };
}

/** The captures as a regex match would give them. */
function groupsOf(captures: Captures, groups: readonly number[], text: string): (string | undefined)[] {
  const match: (string | undefined)[] = Array(Math.max(0, ...groups) + 1).fill(undefined);
  match[0] = text;
  for (const [slot, { start, end }] of captures) match[groups[slot]!] = text.slice(start, end);
  return match;
}

function names(run: Run): string[] {
  const all = run.expected.map((label) => label.text);
  const telling = all.filter((name) => name !== "trailing blanks");
  return telling.length > 0 ? telling : ["the end of the record"];
}
