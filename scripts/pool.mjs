// The pool of worker threads is a library that starts its threads from a file of its own: it can't be bundled into another one.
// Its few files lie in dist/piscina instead, as they are but for white space.
import fs from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

/** Makes a bundle take the library from this path. It is imported lazily alone, and so from a file one folder below dist/. */
const poolFrom = (path) => ({
  name: "pool-beside",
  setup(build) {
    build.onResolve({ filter: /^piscina$/ }, () => ({ path, external: true }));
  },
});

/** For modules, and for scripts that have `require` alone. */
export const poolBeside = poolFrom("../piscina/dist/esm-wrapper.mjs");
export const poolRequired = poolFrom("../piscina/dist/main.js");

/** Puts the library into `dist`. */
export async function copyPool(root, dist) {
  const from = fs.realpathSync(path.join(root, "node_modules/piscina"));
  const to = path.join(dist, "piscina");
  await esbuild.build({
    entryPoints: [path.join(from, "dist/**/*.js")],
    outbase: path.join(from, "dist"),
    outdir: path.join(to, "dist"),
    platform: "node",
    target: "node20",
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: "warning",
  });
  for (const file of ["LICENSE", "dist/esm-wrapper.mjs"])
    fs.copyFileSync(path.join(from, file), path.join(to, file));
  // What of its package.json says how files are read, and what they are: entry points hold in a root alone.
  const { name, version, license, type } = JSON.parse(
    fs.readFileSync(path.join(from, "package.json"), "utf8"),
  );
  fs.writeFileSync(
    path.join(to, "package.json"),
    `${JSON.stringify({ name, version, license, type, private: true }, null, 2)}\n`,
  );
}
