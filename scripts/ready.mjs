// Parts of the program as scripts, and the code that V8 makes of them when they run: whoever finds both need not compile (src/ready.ts).
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

/** What a script is given: CommonJS, but for the file's own URL. */
const PARAMETERS = "module, exports, require, __filename";
const URL_OF_FILE = 'const __url = require("node:url").pathToFileURL(__filename).href;';

/** The parts: the command line and the analysis, cut as their modules are, and what threads that read need, of which little is left for later. */
const PARTS = {
  main: { file: "src/cli/main.ts", splitting: true },
  reader: { file: "src/run/reader.ts", splitting: false },
};

/** Of the commands, only the analysis is made ready: in place of the others stands what says so (src/cli/main.ts). */
const analysisAlone = {
  name: "analysis-alone",
  setup(build) {
    const CODE = "HINDCAST_NOT_READY";
    build.onResolve({ filter: /^\.{1,2}\// }, ({ kind, importer, path: wanted }) => {
      const isCommand = /[/\\]cli[/\\](?:main|\w+[/\\]commands)\.ts$/.test(importer);
      if (kind !== "dynamic-import" || !isCommand || wanted === "./analyze.js") return undefined;
      return { path: CODE, namespace: CODE };
    });
    build.onLoad({ filter: /^/, namespace: CODE }, () => ({
      contents: `throw Object.assign(new Error(), { code: "${CODE}" }); export {};`,
    }));
  },
};

/**
 * Writes `ready/` in `dist`.
 * @param together a plugin that keeps the analysis in few files
 * @param options esbuild's, as for the modules
 */
export async function buildReady(root, dist, together, { define, ...options }) {
  const folder = path.join(dist, "ready");
  fs.mkdirSync(folder);
  for (const [name, { file, splitting }] of Object.entries(PARTS)) {
    const { outputFiles } = await esbuild.build({
      ...options,
      plugins: splitting ? [...options.plugins, analysisAlone, together] : options.plugins,
      entryPoints: { [name]: path.join(root, file) },
      outdir: folder,
      outExtension: { ".js": ".cjs" },
      splitting,
      chunkNames: `${name}-[name]-[hash]`,
      define: { ...define, __YAML__: '"../yaml.cjs"', "import.meta.url": "__url" },
      write: false,
    });
    for (const { path: to, text } of outputFiles)
      fs.writeFileSync(to, to.endsWith(".cjs") ? await scriptOf(text, options) : text);
  }
  const run = spawnSync(process.execPath, [path.join(root, "scripts/make-ready.mjs"), dist, root], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (run.status !== 0) throw new Error("the program could not be made ready: see above");
}

/** Imports of one thing from Node's own modules, which esbuild would have copied, each time, into an object that looks like a module. */
const DEFAULT_OF_NODE = /\bimport ([\w$]+) from\s*("node:[\w/]+")/g;

/** A module as a script, whose value is a function. */
async function scriptOf(module, { target, minifySyntax, minifyWhitespace }) {
  const { code } = await esbuild.transform(module.replace(DEFAULT_OF_NODE, "const $1=require($2)"), {
    platform: "node",
    format: "cjs",
    target,
    minifySyntax,
    minifyWhitespace,
    // A script has no loader to import by.
    supported: { "dynamic-import": false },
    legalComments: "inline",
  });
  return inAscii(`(function (${PARAMETERS}) {${URL_OF_FILE}${code}})`);
}

/** The same script in ASCII, which is read sooner: esbuild leaves letters as they are in regular expressions. */
function inAscii(text) {
  if (/String\.raw`[^`]*[^\0-\x7f]/.test(text))
    throw new Error("raw text beyond ASCII: it cannot be escaped");
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
