import { FunctionSources, packGrammar } from "./codegen.js";
import type { GrammarFile } from "./file.js";
import * as helpers from "./helpers.js";
import type { GrammarIr } from "./ir/ir.js";
import { loadGrammars } from "./load.js";
import { type PackedFunction, unpack } from "./packed.js";
import type { GrammarProblem } from "./problem.js";
import type { Grammar } from "./types.js";

export type { GrammarFile } from "./file.js";
export { formatProblem, type GrammarProblem } from "./problem.js";

/**
 * Compiles grammar files at run time (`--grammars DIR`, tests). What is broken or unsafe is left out and
 * reported; the rest is usable.
 */
export function compileGrammars(files: readonly GrammarFile[]): {
  grammars: Grammar[];
  problems: GrammarProblem[];
} {
  const { irs, problems } = loadGrammars(files);
  return { grammars: irs.map((ir) => compileIr(safeOnly(ir))), problems };
}

function safeOnly(ir: GrammarIr): GrammarIr {
  return { ...ir, shapes: ir.shapes.filter((shape) => !shape.unsafe) };
}

/** One grammar's IR, compiled. */
export function compileIr(ir: GrammarIr): Grammar {
  const functions = new FunctionSources();
  const packed = packGrammar(ir, functions);
  const compiled = new Function("H", `"use strict"; return ${functions};`)(helpers) as PackedFunction[];
  return unpack([packed], compiled, functions.outline)[0]!;
}
