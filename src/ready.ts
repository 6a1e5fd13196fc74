import fs from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

/** As the build wraps scripts (`scripts/ready.mjs`). */
type Wrapped = (
  module: { exports: unknown },
  exports: unknown,
  require: (name: string) => unknown,
  filename: string,
) => void;

/**
 * A part of the program that the build has made ready (`scripts/ready.mjs`): scripts that load each other, and beside those that a run of
 * the build needed what V8 made of them then. Taking both is a third of the work of loading and compiling the modules that it was made of.
 *
 * @param folder where they lie, with a slash at its end
 * @param name `main` of `main.cjs` and `main-11.3.244.8-node.38.bin`
 * @returns what the script exports; `undefined` where nothing was made ready for this V8, or it was told by flags to run code in other ways
 */
export function readyScript<Exports>(folder: URL, name: string): Exports | undefined {
  const at = fileURLToPath(folder);
  const required = createRequire(at);
  const loaded = new Map<string, { exports: unknown }>();
  const load = (script: vm.Script, file: string): unknown => {
    const module = { exports: {} };
    loaded.set(file, module);
    (script.runInThisContext() as Wrapped)(module, module.exports, require, at + file);
    return module.exports;
  };
  const require = (wanted: string): unknown => {
    if (!wanted.startsWith("./")) return required(wanted);
    const file = wanted.slice(2);
    return loaded.has(file) ? loaded.get(file)!.exports : load(compiled(at, file), file);
  };
  const file = `${name}.cjs`;
  if (!fs.existsSync(codeOf(at, file))) return undefined;
  const script = compiled(at, file);
  return script.cachedDataRejected === false ? (load(script, file) as Exports) : undefined;
}

const codeOf = (at: string, file: string) => `${at}${file.slice(0, -4)}-${process.versions.v8}.bin`;

function compiled(at: string, file: string): vm.Script {
  // It is ASCII (the build sees to that).
  const source = fs.readFileSync(at + file, "latin1");
  let cachedData: Buffer | undefined;
  try {
    cachedData = fs.readFileSync(codeOf(at, file));
  } catch {
    // The build did not need it.
  }
  return new vm.Script(source, { filename: at + file, cachedData });
}
