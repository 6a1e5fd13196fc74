// Says of each compiled code in a folder whether V8 takes it, under the flags that the program sets: node taken.mjs FOLDER
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";

const [folder] = process.argv.slice(2);
const sourceOf = (file) => fs.readFileSync(file, "latin1");
const required = createRequire(path.join(folder, "/"));

/** What a script exports, under another name than its own: V8 would remember it. */
function load(file) {
  const module = { exports: {} };
  const require = (name) => (name.startsWith("./") ? load(name) : required(name));
  const filename = path.join(folder, file);
  new vm.Script(sourceOf(filename)).runInThisContext()(module, module.exports, require, filename);
  return module.exports;
}

load("main.cjs").spareCompiler();
const ending = `-${process.version}-${process.platform}-${process.arch}.bin`;
for (const code of fs.readdirSync(folder).filter((name) => name.endsWith(ending))) {
  const name = code.slice(0, -ending.length);
  const filename = path.join(folder, `${name}.cjs`);
  const cachedData = fs.readFileSync(path.join(folder, code));
  const { cachedDataRejected } = new vm.Script(sourceOf(filename), { filename, cachedData });
  console.log(`${name}: ${cachedDataRejected ? "rejected" : "taken"}`);
}
