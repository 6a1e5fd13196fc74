import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Builds the program of reading threads from the sources, as `scripts/build.mjs` does. @returns its path; delete its folder afterwards */
export async function buildThreadFile(): Promise<string> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-threads-"));
  const file = path.join(dir, "worker.mjs");
  const pool = pathToFileURL(path.join(ROOT, "node_modules/piscina/dist/esm-wrapper.mjs")).href;
  await esbuild.build({
    entryPoints: [path.join(ROOT, "src/run/worker.ts")],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    plugins: [
      {
        name: "pool",
        setup: (build) => {
          build.onResolve({ filter: /^piscina$/ }, () => ({ path: pool, external: true }));
        },
      },
    ],
    define: {
      __VERSION__: '"test"',
      __YAML__: JSON.stringify(path.join(ROOT, "node_modules/yaml/dist/index.js")),
    },
  });
  return file;
}
