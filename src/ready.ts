import fs from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

/**
 * A part of the program that the build has made ready (`scripts/ready.mjs`): one script, and beside it what V8 made of it when the build
 * ran it. Taking both is a third of the work of loading and compiling the modules that it was made of.
 *
 * @param folder where both lie, with a slash at its end
 * @param name `analyze` of `analyze.cjs` and `analyze-11.3.244.8-node.38.bin`
 * @returns what the script exports; `undefined` where nothing was made ready for this V8, or it was told by flags to run code in other ways
 */
export function readyScript<Exports>(folder: URL, name: string): Exports | undefined {
  const script = new URL(`${name}.cjs`, folder);
  let cachedData: Buffer;
  let source: string;
  try {
    cachedData = fs.readFileSync(new URL(`${name}-${process.versions.v8}.bin`, folder));
    // It is ASCII (the build sees to that).
    source = fs.readFileSync(script, "latin1");
  } catch {
    return undefined;
  }
  const filename = fileURLToPath(script);
  const compiled = new vm.Script(source, { filename, cachedData });
  if (compiled.cachedDataRejected !== false) return undefined;
  const module = { exports: {} as Exports };
  compiled.runInThisContext()(module, module.exports, createRequire(filename), filename);
  return module.exports;
}
