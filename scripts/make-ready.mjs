// Runs the analysis on small evidence of the common kinds, so that V8 compiles what such evidence needs, and keeps what it compiled.
// node scripts/make-ready.mjs DIST ROOT
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import vm from "node:vm";
import { mixed } from "../bench/corpora/mixed.mjs";

const [dist, root] = process.argv.slice(2);

const filename = path.resolve(dist, "ready/analyze.cjs");
const script = new vm.Script(fs.readFileSync(filename, "latin1"), { filename });
const module = { exports: {} };
script.runInThisContext()(module, module.exports, createRequire(filename), filename);
module.exports.spareCompiler();

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-ready-"));
try {
  const evidence = [mixed(path.join(folder, "mixed"), 300_000), path.join(root, "fixtures/clocks")];
  for (const one of evidence) {
    const flags = { prefilter: true, config: false, color: false, quiet: true, jobs: 1 };
    for (const format of ["json", "terminal"]) await module.exports.run([one], { ...flags, format });
    // It has told of its mistake.
    if (process.exitCode === 70) process.exit();
  }
} finally {
  fs.rmSync(folder, { recursive: true });
}
// Findings in that evidence are no failure.
process.exitCode = 0;
fs.writeFileSync(path.resolve(dist, `ready/analyze-${process.versions.v8}.bin`), script.createCachedData());
