// Runs the analysis on small evidence of the common kinds, so that V8 compiles what such evidence needs, and keeps what it compiled; then the
// same for the threads that read.
// node scripts/make-ready.mjs DIST ROOT
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import v8 from "node:v8";
import vm from "node:vm";
import { journal } from "../bench/corpora/journal.mjs";
import { mixed } from "../bench/corpora/mixed.mjs";

const [dist, root] = process.argv.slice(2);

const at = path.resolve(dist, "ready");

/** As `src/ready.ts` looks for it. */
const ENDING = `-${process.version}-${process.platform}-${process.arch}.bin`;

/** A part of the program as `src/ready.ts` loads it: what its first script exports, and how to keep what V8 makes of all that it loads. */
function load(name) {
  const loaded = new Map();
  const required = createRequire(path.join(at, "/"));
  const take = (file) => {
    const filename = path.join(at, file);
    const script = new vm.Script(fs.readFileSync(filename, "latin1"), { filename });
    const module = { exports: {} };
    loaded.set(file, { script, module });
    script.runInThisContext()(module, module.exports, require, filename);
    return module.exports;
  };
  const require = (wanted) => {
    if (!wanted.startsWith("./")) return required(wanted);
    const file = wanted.slice(2);
    return loaded.get(file)?.module.exports ?? take(file);
  };
  const keep = () => {
    for (const [file, { script }] of loaded) {
      const code = path.basename(file, ".cjs") + ENDING;
      fs.writeFileSync(path.join(at, code), script.createCachedData());
    }
  };
  return { ...take(`${name}.cjs`), keep };
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-ready-"));
try {
  const evidence = [
    mixed(path.join(folder, "mixed"), 300_000),
    path.join(root, "fixtures/clocks"),
    // So much is wanted of it that records are met again and again, and followed along tracks.
    journal(path.join(folder, "wanted.log"), 600_000, { decoded: 0.5 }),
  ];
  const { main, spareCompiler, keep: keepMain } = load("main");
  spareCompiler();
  for (const one of evidence) {
    for (const format of ["json", "terminal"])
      await main([process.execPath, "hindcast", one, "--no-config", "-q", "--jobs=1", `--format=${format}`]);
    // It has told of its mistake.
    if (process.exitCode === 70) process.exit();
  }
  keepMain();

  // So this ends if it waits in vain, for a thread that does not begin.
  process.exitCode = 1;
  const { reader, keep } = load("reader");
  for (const { parts, jobs } of await asked(evidence)) {
    const read = reader(parts);
    for (const job of jobs) await read(job);
  }
  keep();
} finally {
  fs.rmSync(folder, { recursive: true });
}
// Findings in that evidence are no failure.
process.exitCode = 0;

/** What threads are asked to read of the evidence: each leaves a file with its parts and jobs, and does none. */
async function asked(evidence) {
  const { analyze } = await import(pathToFileURL(path.resolve(dist, "index.js")));
  const threadFile = path.join(root, "scripts/asked.mjs");
  // The thread's own folder, by its environment, which it shares with this process.
  const found = (process.env.HINDCAST_ASKED = path.join(folder, "asked"));
  fs.mkdirSync(found);
  const tuning = { aloneBelow: 0, stretchBytes: 64 << 10, patient: true, threadFile };
  for (const one of evidence) await analyze([one], { jobs: 2, tuning });
  return fs.readdirSync(found).map((name) => v8.deserialize(fs.readFileSync(path.join(found, name))));
}
