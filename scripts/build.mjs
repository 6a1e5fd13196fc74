// Builds dist/: grammars and rules are checked and compiled here, once, so that no start pays for it.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { buildClient } from "./client.mjs";
import { buildCollectParts } from "./collect.mjs";
import { INK_DEFINE, inkAlone } from "./ink.mjs";
import { buildKernel } from "./kernel.mjs";
import { licencesOf } from "./licences.mjs";
import { copyPool, poolBeside, poolRequired } from "./pool.mjs";
import { buildReady } from "./ready.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);
const common = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  logLevel: "warning",
  absWorkingDir: root,
};
// CommonJS packages in an ES module bundle still call require() for Node's own modules.
const banner = {
  js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
};

/** What parses YAML as evidence is loaded from a file of its own, when a record needs it: readers cannot wait for an import. */
const YAML = createRequire(import.meta.url).resolve("yaml");

/** Bundles a TypeScript module into a temporary file, imports it and gives its exports. */
async function load(entry) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-build-"));
  const outfile = path.join(dir, "module.mjs");
  try {
    await esbuild.build({
      ...common,
      entryPoints: [at(entry)],
      outfile,
      banner,
      define: { __YAML__: JSON.stringify(YAML) },
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

/** Writes a generated module only when it changed, so that tools which watch files stay quiet. */
function write(file, text) {
  if (!fs.existsSync(at(file)) || fs.readFileSync(at(file), "utf8") !== text)
    fs.writeFileSync(at(file), text);
}

/** Tells one state of a folder's files, of their names and contents, from any other. */
function hashOf(dir) {
  const hash = createHash("sha256");
  for (const name of fs.readdirSync(dir, { recursive: true }).sort()) {
    const file = path.join(dir, name);
    if (fs.statSync(file).isFile())
      hash.update(`${name} ${fs.statSync(file).size}\n`).update(fs.readFileSync(file));
  }
  return hash.digest("hex");
}

/** Parts of the library that are imported by a name of their own: `hindcast/query`. */
const ENTRIES = [
  "collect",
  "explain",
  "explore",
  "export",
  "format-files",
  "project",
  "query",
  "redact",
  "rule-files",
];

/** What is loaded on demand and must stay light: all that follows from these goes without the analysis. */
const WITHOUT_ANALYSIS = [
  "api/collect",
  "api/formats",
  "api/grammar-texts",
  "api/grammars",
  "api/project",
  "api/rules",
  "api/text",
  "cli/formats/catalogue",
  "cli/main",
  "cli/rules/catalogue",
  "grammar/generated",
  "grammar/generated-sources",
  "report/neutral",
  "rules/builtin-cases",
  "rules/generated",
  "rules/project/load",
  "rules/project/rules",
  "rules/project/suppress",
  "run/reader",
].map((name) => at(`src/${name}`));

/** The modules that some other one imports when it needs them (`import("./…")`), without their endings. */
function loadedOnDemand() {
  const found = new Set();
  for (const name of fs.readdirSync(at("src"), { recursive: true })) {
    if (!/\.tsx?$/.test(name) || name.includes("html/client/")) continue;
    const text = fs.readFileSync(at("src", name), "utf8");
    for (const [, target] of text.matchAll(/\bimport\("(\.[^"]+)\.js"\)/g))
      found.add(path.resolve(at("src", path.dirname(name)), target));
  }
  return found;
}

/**
 * Keeps the analysis in few files, each of which costs a start half a millisecond: esbuild puts modules into one chunk that the same entries
 * reach, so all that come with an analysis are made to reach the whole of it.
 */
const analysisTogether = {
  name: "analysis-together",
  setup(build) {
    const analysis = at("src/cli/analyze");
    const beside = loadedOnDemand();
    for (const name of ENTRIES) beside.add(at(`src/api/${name}`));
    for (const file of [...WITHOUT_ANALYSIS, analysis]) beside.delete(file);
    build.onLoad({ filter: /\.tsx?$/ }, ({ path: file }) => {
      if (!beside.has(file.replace(/\.tsx?$/, ""))) return undefined;
      const contents = `${fs.readFileSync(file, "utf8")}\nimport ${JSON.stringify(`${analysis}.ts`)};\n`;
      return { contents, loader: file.endsWith("x") ? "tsx" : "ts" };
    });
  },
};

const SCAN = "src/scan/generated.ts";
let client;

try {
  write(
    SCAN,
    await buildKernel(root, fs.existsSync(at(SCAN)) ? fs.readFileSync(at(SCAN), "utf8") : undefined),
  );
  const { buildGrammars, buildSources } = await load("src/grammar/build.ts");
  write("src/grammar/generated.ts", buildGrammars(at("grammars")));
  write("src/grammar/generated-sources.ts", buildSources(at("grammars")));
  const { rules, cases } = (await load("src/rules/build.ts")).buildRules(at("rules"), {
    // Rules that a benchmark makes have queries and nothing else.
    complete: !process.argv.includes("--bare-rules"),
  });
  write("src/rules/generated.ts", rules);
  write("src/rules/generated-cases.ts", cases);
  client = await buildClient(root);
  write("src/report/html/generated-client.ts", client.module);
  write("src/collect/generated.ts", buildCollectParts(root));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

const shipped = {
  minifySyntax: true,
  minifyWhitespace: true,
  // Short names are read sooner: a sixth less time for small evidence. Whoever gets a stack of them builds the same version with --maps.
  minifyIdentifiers: true,
  sourcemap: process.argv.includes("--maps") && "external",
  legalComments: "external",
  define: {
    ...INK_DEFINE,
    __VERSION__: JSON.stringify(JSON.parse(fs.readFileSync(at("package.json"), "utf8")).version),
    __BUILD__: JSON.stringify(hashOf(at("src"))),
    // Readers lie in chunks: one folder below dist/.
    __YAML__: '"../yaml.cjs"',
  },
};

fs.rmSync(at("dist"), { recursive: true, force: true });
const { metafile } = await esbuild.build({
  ...common,
  metafile: true,
  entryPoints: {
    main: at("src/cli/main.ts"),
    index: at("src/index.ts"),
    ...Object.fromEntries(ENTRIES.map((name) => [name, at(`src/api/${name}.ts`)])),
    worker: at("src/run/worker.ts"),
    "zstd-thread": at("src/evidence/zstd-thread.ts"),
  },
  plugins: [poolBeside, inkAlone, analysisTogether],
  outdir: at("dist"),
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  ...shipped,
  banner,
});
// One file: each costs a start half a millisecond.
await esbuild.build({
  ...common,
  entryPoints: [at("src/cli/hindcast.ts")],
  outdir: at("dist"),
  external: ["./main.js"],
  ...shipped,
});
await esbuild.build({
  ...common,
  entryPoints: [YAML],
  outfile: at("dist/yaml.cjs"),
  format: "cjs",
  minify: true,
  legalComments: "external",
});
await copyPool(root, at("dist"));
await buildReady(root, at("dist"), analysisTogether, {
  ...common,
  ...shipped,
  plugins: [poolRequired, inkAlone],
});
const bundled = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
fs.writeFileSync(at("dist/THIRD-PARTY-LICENCES.txt"), licencesOf([...bundled, ...client.inputs], root));
fs.chmodSync(at("dist/hindcast.js"), 0o755);
fs.copyFileSync(at("src/report/report.schema.json"), at("dist/report.schema.json"));
if (!process.argv.includes("--no-types")) {
  const tsc = spawnSync(
    process.execPath,
    [at("node_modules/typescript/bin/tsc"), "-p", at("tsconfig.json")],
    { stdio: "inherit" },
  );
  process.exit(tsc.status ?? 1);
}
