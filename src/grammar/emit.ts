import { FunctionSources, packGrammar } from "./codegen.js";
import type { GrammarFile } from "./file.js";
import { loadGrammars } from "./load.js";
import { formatProblem } from "./problem.js";

/**
 * Source of a TypeScript module that exports `grammars: Grammar[]`: JSON and decoders, nothing to parse or compile at
 * start. It lies beside `helpers.ts` and `packed.ts`.
 * @throws Error with every problem when a grammar is broken or unsafe.
 */
export function emitModule(files: readonly GrammarFile[]): string {
  const { irs, problems } = loadGrammars(files);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join("\n"));
  const functions = new FunctionSources();
  const packed = irs.map((ir) => packGrammar(ir, functions));
  return [
    "// Generated from grammars/ by the build. Do not edit.",
    "// @ts-nocheck",
    'import * as H from "./helpers.js";',
    'import { unpack } from "./packed.js";',
    'import type { Grammar } from "./types.js";',
    "",
    `export const grammars: Grammar[] = unpack(JSON.parse(String.raw\`${UNCOOKED}${rawJson(packed)}\`.slice(${UNCOOKED.length})), ${functions}, String.raw\`${raw(functions.outline)}\`);`,
    "",
  ].join("\n");
}

/**
 * No escape of JavaScript's, so that the template has no value but its raw one (ECMAScript 2018, "template literal revision"): V8 would keep
 * the other beside it, which is twice as long, as one of its characters may need two bytes, and read it at every start.
 */
const UNCOOKED = "\\x ";

/**
 * JSON for a raw template, in which nothing needs a second backslash: a fifth shorter than in a quoted string, and V8 reads it at every
 * start. All ASCII, as one other character would double the memory of the whole module.
 */
const rawJson = (value: unknown): string => raw(JSON.stringify(value));

function raw(json: string): string {
  return json.replace(
    /[`\u007f-\uffff]|\$(?=\{)/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Source of a module that exports the grammar texts, for `formats explain`; to be loaded lazily. */
export function emitSources(files: readonly GrammarFile[]): string {
  const texts = files.map(({ file, text }) => ({ file, text }));
  return `// Generated from grammars/ by the build. Do not edit.\nexport const sources: { file: string; text: string }[] = ${JSON.stringify(texts, null, 1)};\n`;
}
