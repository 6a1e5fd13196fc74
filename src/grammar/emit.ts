import { grammarSource } from "./codegen.js";
import type { GrammarFile } from "./file.js";
import { loadGrammars } from "./load.js";
import { formatProblem } from "./problem.js";

/**
 * Source of a TypeScript module that exports `grammars: Grammar[]`: regex literals and decoders, nothing to parse
 * at start. It lies beside `helpers.ts` and `types.ts`.
 * @throws Error with every problem when a grammar is broken or unsafe.
 */
export function emitModule(files: readonly GrammarFile[]): string {
  const { irs, problems } = loadGrammars(files);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join("\n"));
  return [
    "// Generated from grammars/ by the build. Do not edit.",
    "// @ts-nocheck",
    'import * as H from "./helpers.js";',
    'import type { Grammar } from "./types.js";',
    "",
    `export const grammars: Grammar[] = [${irs.map(grammarSource).join(",\n")}];`,
    "",
  ].join("\n");
}

/** Source of a module that exports the grammar texts, for `formats explain`; to be loaded lazily. */
export function emitSources(files: readonly GrammarFile[]): string {
  const texts = files.map(({ file, text }) => ({ file, text }));
  return `// Generated from grammars/ by the build. Do not edit.\nexport const sources: { file: string; text: string }[] = ${JSON.stringify(texts, null, 1)};\n`;
}
