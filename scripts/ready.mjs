// Parts of the program as one script each, and the code that V8 makes of them when they run: whoever finds both need not compile (src/ready.ts).
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

/** What a script is given: CommonJS, but for the file's own URL. */
const PARAMETERS = "module, exports, require, __filename";
const URL_OF_FILE = 'const __url = require("node:url").pathToFileURL(__filename).href;';

/** The scripts: the analysis, and what threads that read need of it. */
const PARTS = { analyze: "src/cli/ready-analyze.ts", reader: "src/run/reader.ts" };

/**
 * Writes `ready/` in `dist`.
 * @param options esbuild's, as for the modules
 */
export async function buildReady(root, dist, { define, ...options }) {
  const folder = path.join(dist, "ready");
  await esbuild.build({
    ...options,
    entryPoints: Object.fromEntries(
      Object.entries(PARTS).map(([name, file]) => [name, path.join(root, file)]),
    ),
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    banner: { js: `(function (${PARAMETERS}) {${URL_OF_FILE}` },
    footer: { js: "})" },
    // A script has no loader to import by.
    supported: { "dynamic-import": false },
    define: { ...define, __YAML__: '"../yaml.cjs"', "import.meta.url": "__url" },
  });
  for (const name of Object.keys(PARTS)) {
    const script = path.join(folder, `${name}.cjs`);
    fs.writeFileSync(script, inAscii(fs.readFileSync(script, "utf8")));
  }
  const run = spawnSync(process.execPath, [path.join(root, "scripts/make-ready.mjs"), dist, root], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (run.status !== 0) throw new Error("the analysis could not be made ready: see above");
}

/** The same script in ASCII, which is read sooner: esbuild leaves letters as they are in regular expressions. */
function inAscii(text) {
  if (/String\.raw`[^`]*[^\0-\x7f]/.test(text))
    throw new Error("raw text beyond ASCII: it cannot be escaped");
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
