import fs from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

/** What of the analysis a command line needs. */
export type Analysis = Pick<typeof import("./analyze.js"), "run">;

/** Beside the program in `dist/`: the analysis as one script, and what V8 made of it when the build ran it. */
const SCRIPT = new URL("./ready/analyze.cjs", import.meta.url);
const compiledBy = (v8: string) => new URL(`./ready/analyze-${v8}.bin`, import.meta.url);

/**
 * The analysis: from code that this very version of V8 has compiled when the program was built, which spares a start a fifth of its time; else
 * from its modules, which V8 compiles as they are run.
 */
export const analysis = async (): Promise<Analysis> => readyAnalysis() ?? (await import("./analyze.js"));

/** `undefined` where nothing was made ready for this V8, or it was told by flags to run code in other ways. */
export function readyAnalysis(): Analysis | undefined {
  let cachedData: Buffer;
  let source: string;
  try {
    cachedData = fs.readFileSync(compiledBy(process.versions.v8));
    // It is ASCII (the build sees to that).
    source = fs.readFileSync(SCRIPT, "latin1");
  } catch {
    return undefined;
  }
  const filename = fileURLToPath(SCRIPT);
  const script = new vm.Script(source, { filename, cachedData });
  if (script.cachedDataRejected !== false) return undefined;
  const module = { exports: {} as Analysis };
  script.runInThisContext()(module, module.exports, createRequire(filename), filename);
  return module.exports;
}
