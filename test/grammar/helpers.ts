import { bytesOf } from "../../src/grammar/bytes.js";
import { compileGrammars, formatProblem } from "../../src/grammar/compile.js";
import { matchShape } from "../../src/grammar/exec.js";
import type { Grammar } from "../../src/grammar/types.js";
import type { Fields } from "../../src/model/event.js";

/** A grammar around statements, so that a test shows only what it is about. */
export function grammarText(body: string, layer = "envelope"): string {
  return /^\s*grammar /.test(body) ? body : `grammar test "test"\nlayer ${layer}\n${body}`;
}

/** Compiles; fails the test with the problems when there are any. */
export function compile(body: string, layer?: string): Grammar {
  const { grammars, problems } = compileGrammars([{ file: "test.grammar", text: grammarText(body, layer) }]);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join("\n"));
  return grammars[0]!;
}

/** Messages of the problems of a grammar. */
export function problemsOf(body: string, layer?: string): string[] {
  return compileGrammars([{ file: "test.grammar", text: grammarText(body, layer) }]).problems.map(
    formatProblem,
  );
}

/** Fields that the first matching shape gives for a text, without the absent ones. */
export function read(grammar: Grammar, text: string): Fields | undefined {
  for (const shape of grammar.shapes) {
    const fields = matchShape(shape, bytesOf(text));
    if (fields) return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  }
  return undefined;
}
