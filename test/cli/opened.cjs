// Tells on stderr which files of a folder `ready` are opened, by a Node that calls itself VERSION: node --require opened.cjs PROGRAM …
const fs = require("node:fs");

Object.defineProperty(process, "version", { value: process.env.VERSION });
const { openSync } = fs;
fs.openSync = (file, ...rest) => {
  if (/[/\\]ready[/\\]/.test(String(file))) process.stderr.write(`opened: ${file}\n`);
  return openSync(file, ...rest);
};
