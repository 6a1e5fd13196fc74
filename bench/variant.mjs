import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** What a build needs. */
const PARTS = [
  "src",
  "scripts",
  "grammars",
  "rules",
  "package.json",
  "tsconfig.json",
  "LICENSE",
  // What the analysis is compiled on.
  "bench/corpora",
  "fixtures",
];

/** Is it a grammar of the message layer? The others say what a record is, and stay. */
const readsMessages = (file) => /^layer\s+message\b/m.test(fs.readFileSync(file, "utf8"));

/**
 * Builds a source tree with other rules in place of its own, and other message grammars if given, so that nothing but these differ
 * and nothing is compiled at the start. The build is gone when the process ends.
 * @param tree the folder of package.json
 * @param files by name: `rules` (YAML), and `grammars` or nothing
 * @returns the program
 */
export function variant(tree, { rules, grammars }) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-variant-"));
  process.once("exit", () => fs.rmSync(dir, { recursive: true, force: true }));
  for (const part of PARTS) fs.cpSync(path.join(tree, part), path.join(dir, part), { recursive: true });
  fs.symlinkSync(path.join(tree, "node_modules"), path.join(dir, "node_modules"));
  const folder = (name) => path.join(dir, name);
  const remove = (name, which) => {
    for (const file of fs
      .readdirSync(folder(name), { recursive: true })
      .map((one) => path.join(folder(name), one)))
      if (fs.statSync(file).isFile() && which(file)) fs.rmSync(file);
  };
  const write = (name, texts) => {
    for (const [file, text] of Object.entries(texts)) fs.writeFileSync(path.join(folder(name), file), text);
  };
  remove("rules", () => true);
  write("rules", rules);
  if (grammars) {
    remove("grammars", readsMessages);
    write("grammars", grammars);
  }
  const { status, stderr } = spawnSync(
    process.execPath,
    ["scripts/build.mjs", "--no-types", "--bare-rules"],
    {
      cwd: dir,
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`the build with other rules failed:\n${stderr}`);
  return path.join(dir, "dist", "hindcast.js");
}

/** A rule of one query. */
export const rule = (id, eql, groupBy) =>
  `id: ${id}\ntitle: ${id}\nseverity: low\ndescription: Made for the benchmark.\nsummary: "${id} {count:time}"\ngroup_by: [${groupBy}]\nqueries: [{ eql: '${eql}' }]\n`;
