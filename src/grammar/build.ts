import { readdirSync, readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { emitModule, emitSources } from "./emit.js";
import type { GrammarFile } from "./file.js";
import { formatProblem } from "./problem.js";
import { runSamples } from "./samples.js";

const byName = (a: string, b: string): number => (basename(a) < basename(b) ? -1 : 1);

/**
 * The grammar files of a folder and of the folders in it, ordered by their own names: where a file lies changes nothing.
 * Their `file` is `FOLDER/…/NAME`, the same on every machine.
 */
export function grammarFiles(dir: string): GrammarFile[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(sep).join("/"))
    .filter((name) => name.endsWith(".grammar"))
    .sort(byName)
    .map((name) => ({ file: `${basename(dir)}/${name}`, text: readFileSync(join(dir, name), "utf8") }));
}

/**
 * Source of `src/grammar/generated.ts` for the grammars of a folder.
 * @throws Error with all problems when a grammar is broken or unsafe, or a sample fails.
 */
export function buildGrammars(dir: string): string {
  const files = grammarFiles(dir);
  const failed = runSamples(files).filter((result) => !result.ok);
  if (failed.length > 0) {
    throw new Error(
      failed.map((result) => (result.problem ? formatProblem(result.problem) : result.text)).join("\n"),
    );
  }
  return emitModule(files);
}

/** Source of a module with the grammars' texts, for what reads them at run time (values, `formats explain`). */
export function buildSources(dir: string): string {
  return emitSources(grammarFiles(dir));
}
