// Loaded before a program: tells at its end which of Node's own modules were loaded after V8's flags had been set.
const fs = require("node:fs");
const v8 = require("node:v8");

const NATIVE = "NativeModule ";
const names = () => process.moduleLoadList.filter((name) => name.startsWith(NATIVE));
const set = v8.setFlagsFromString;
let before;
v8.setFlagsFromString = (flag) => {
  before ??= new Set(names());
  set(flag);
};
process.on("exit", () => {
  const late = names().filter((name) => !before?.has(name));
  fs.writeSync(2, `late: ${late.map((name) => name.slice(NATIVE.length)).join(" ")}\n`);
});
