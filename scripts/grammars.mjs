// Runs the samples of grammar files: node scripts/grammars.mjs [-v] [FILE.grammar | FOLDER]…
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { buildSync } = require("esbuild");
const root = new URL("..", import.meta.url).pathname;
const verbose = process.argv.includes("-v");
const paths = process.argv.slice(2).filter((arg) => arg !== "-v");
const files = (paths.length > 0 ? paths : ["grammars"]).flatMap((path) =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true })
        .filter((name) => name.endsWith(".grammar"))
        .sort()
        .map((name) => join(path, name))
    : [path],
);

const outfile = join(tmpdir(), `hindcast-grammars-${process.pid}.mjs`);
buildSync({
  stdin: {
    contents: 'export * from "./src/grammar/samples.js"; export * from "./src/grammar/problem.js";',
    resolveDir: root,
  },
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  logLevel: "warning",
  define: { __YAML__: JSON.stringify(require.resolve("yaml")) },
});
const { runSamples, formatProblem } = await import(pathToFileURL(outfile).href);
require("node:fs").unlinkSync(outfile);
const results = runSamples(files.map((file) => ({ file, text: readFileSync(file, "utf8") })));
for (const result of results) {
  if (result.problem) console.log(formatProblem(result.problem));
  else if (verbose)
    console.log(`${result.file}:${result.line}: ${result.event ?? "no match"}`, result.fields ?? "");
}
const failed = results.filter((result) => !result.ok).length;
console.log(`${results.length - failed} samples pass, ${failed} problems`);
process.exitCode = failed > 0 ? 1 : 0;
