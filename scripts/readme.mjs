// Puts the real output of the example into README.md. Run after a change of the terminal report: node scripts/readme.mjs
import { execFileSync } from "node:child_process";
import fs from "node:fs";

const readme = fs.readFileSync("README.md", "utf8");
const [whole, incident] = /```console\n\$ hindcast (\S+)\n[\s\S]*?```/.exec(readme);
const output = execFileSync(process.execPath, ["dist/hindcast.js", incident], { encoding: "utf8" });
const story = output.slice(0, output.indexOf("\nWHAT TO DO"));
fs.writeFileSync(
  "README.md",
  readme.replace(whole, () => `\`\`\`console\n$ hindcast ${incident}\n${story}\`\`\``),
);
