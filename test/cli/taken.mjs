// Says whether V8, under the flags that the program sets, takes the compiled code of a part of the program: node taken.mjs FOLDER NAME
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";

const [folder, name] = process.argv.slice(2);
const sourceOf = (file) => fs.readFileSync(file, "latin1");

const analysis = path.join(folder, "analyze.cjs");
const module = { exports: {} };
// Under another name: V8 would remember the script.
new vm.Script(sourceOf(analysis)).runInThisContext()(
  module,
  module.exports,
  createRequire(analysis),
  analysis,
);
module.exports.spareCompiler();
const filename = path.join(folder, `${name}.cjs`);
const cachedData = fs.readFileSync(path.join(folder, `${name}-${process.versions.v8}.bin`));
const { cachedDataRejected } = new vm.Script(sourceOf(filename), { filename, cachedData });
console.log(cachedDataRejected ? "rejected" : "taken");
