import fs from "node:fs";
import path from "node:path";
import { loadRules } from "./load.js";

/**
 * Compiles a folder of rule files into a module, with their queries parsed, so that a start of the program needs
 * neither YAML's parser nor EQL's.
 *
 * @param dir the folder; its `.yaml` files are read, in the order of their names
 * @returns TypeScript source: `export const rules: Rule[] = …`
 * @throws Error with one line per problem, `rules/NAME.yaml:LINE:COLUMN: reason`
 */
export function buildRules(dir: string): string {
  const names = fs
    .readdirSync(dir)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  const files = names.map((name) => ({
    file: `${path.basename(dir)}/${name}`,
    text: fs.readFileSync(path.join(dir, name), "utf8"),
  }));
  const { rules, problems } = loadRules(files);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  // JSON inside JSON.parse starts faster than an object literal, and U+2028 needs no care in it.
  const json = JSON.stringify(JSON.stringify(rules));
  return [
    "// Generated from rules/*.yaml by scripts/build.mjs. Edit the rules, not this file.",
    'import type { Rule } from "./rule.js";',
    "",
    `export const rules: Rule[] = JSON.parse(${json});`,
    "",
  ].join("\n");
}
