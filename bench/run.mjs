// npm run bench [-- SECTION…] [--quick] [--rounds N] [--dist DIR]: makes the corpora, runs the whole `analyze` and its peers side by
// side, and says which goals hold. Prints Markdown; docs/PERFORMANCE.md quotes it.
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { Bench } from "./bench.mjs";
import { machine } from "./measure.mjs";
import { SECTIONS } from "./rows/index.mjs";
import { verdictTable } from "./tables.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    dist: { type: "string", default: path.join(import.meta.dirname, "..", "dist") },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? 3 : 5));
const fail = (message) => {
  console.error(message);
  process.exit(2);
};
const unknown = positionals.filter((name) => !Object.hasOwn(SECTIONS, name));
if (unknown.length > 0)
  fail(`no section is called ${unknown.join(", ")}; there are ${Object.keys(SECTIONS).join(", ")}`);
if (!(rounds >= 1)) fail(`--rounds ${values.rounds}: give a number from 1 on`);
if (!fs.existsSync(path.join(values.dist, "hindcast.js")))
  fail(`${values.dist} holds no hindcast.js; run npm run build, or give a build's folder with --dist`);

const bench = new Bench({ dist: values.dist, quick: values.quick, rounds });
console.log(machine());
for (const [name, run] of Object.entries(SECTIONS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.error(`${name} …`);
  try {
    run(bench);
  } catch (error) {
    // The other sections' figures are worth having all the same.
    bench.failed(name, error);
  }
}
console.log(`\n**Goals**${values.quick ? " (sizes are a tenth of what the goals are for)" : ""}\n`);
console.log(verdictTable(bench.verdicts));
console.log(`\n${machine()}`);
