import type { GrammarFile } from "./file.js";
import type { GrammarIr } from "./ir/ir.js";
import { lowerGrammar } from "./ir/lower.js";
import type { GrammarAst } from "./language/ast.js";
import { readGrammar } from "./language/read.js";
import { type GrammarProblem, problemAt } from "./problem.js";
import { proveGrammar } from "./prove.js";
import { prepareValues } from "./values/index.js";

export interface Loaded {
  irs: GrammarIr[];
  asts: GrammarAst[];
  problems: GrammarProblem[];
}

/** Text → AST → IR → proof, for many files. Shapes with problems are left out of the IR; everything is reported. */
export function loadGrammars(files: readonly GrammarFile[]): Loaded {
  const loaded: Loaded = { irs: [], asts: [], problems: [] };
  const names = new Map<string, string>();
  for (const { file, text } of files) {
    const { ast, problems } = readGrammar(file, text);
    loaded.problems.push(...problems);
    if (!ast) continue;
    const other = names.get(ast.name);
    if (other !== undefined) {
      loaded.problems.push(
        problemAt(file, text, ast.at, `a grammar ${ast.name} is already in ${other}`, "give it another name"),
      );
      continue;
    }
    names.set(ast.name, file);
    loaded.asts.push(ast);
    if (ast.layer === "values") {
      loaded.problems.push(...prepareValues(ast).problems);
      loaded.irs.push({ ast, accepts: [], shapes: [] });
      continue;
    }
    const lowered = lowerGrammar(ast);
    // A line with a mistake of syntax was only half understood.
    const broken = new Set(problems.map((problem) => problem.line));
    loaded.problems.push(...lowered.problems.filter((problem) => !broken.has(problem.line)));
    loaded.problems.push(...proveGrammar(lowered.ir));
    loaded.irs.push(lowered.ir);
  }
  return loaded;
}
