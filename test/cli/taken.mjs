// Says whether V8, under the flags that the program sets, takes compiled code: node taken.mjs SCRIPT CODE
import fs from "node:fs";
import { createRequire } from "node:module";
import vm from "node:vm";

const [filename, code] = process.argv.slice(2);
const source = fs.readFileSync(filename, "latin1");
const module = { exports: {} };
// Under another name: V8 would remember the script.
new vm.Script(source).runInThisContext()(module, module.exports, createRequire(filename), filename);
module.exports.spareCompiler();
const { cachedDataRejected } = new vm.Script(source, { filename, cachedData: fs.readFileSync(code) });
console.log(cachedDataRejected ? "rejected" : "taken");
