import fs from "node:fs";
import path from "node:path";
import { loadRules } from "./load.js";

/**
 * Compiles a folder of rule files into two modules, with their queries parsed, so that a start of the program needs
 * neither YAML's parser nor EQL's. The rules' cases, nearly half of it all, are a module of their own: only `rules test` reads them.
 *
 * @param dir the folder; its `.yaml` files are read, in the order of their names
 * @param options `complete`: a rule that lacks a part of the catalogue's is a problem, too
 * @returns TypeScript source of `generated.ts` and `generated-cases.ts`
 * @throws Error with one line per problem, `rules/NAME.yaml:LINE:COLUMN: reason`
 */
export function buildRules(
  dir: string,
  { complete = false }: { complete?: boolean } = {},
): { rules: string; cases: string } {
  const names = fs
    .readdirSync(dir)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  const files = names.map((name) => ({
    file: `${path.basename(dir)}/${name}`,
    text: fs.readFileSync(path.join(dir, name), "utf8"),
  }));
  const { rules, problems } = loadRules(files, { complete });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const cases = Object.fromEntries(rules.map((rule) => [rule.id, rule.cases]));
  return {
    rules: moduleOf(
      "Rule",
      "rules: Rule[]",
      rules.map((rule) => ({ ...rule, cases: [] })),
    ),
    cases: moduleOf("RuleCase", "cases: Record<string, RuleCase[]>", cases),
  };
}

/** A module with one value. JSON inside JSON.parse starts faster than an object literal, and U+2028 needs no care in it. */
function moduleOf(type: string, name: string, value: unknown): string {
  return [
    "// Generated from rules/*.yaml by scripts/build.mjs. Edit the rules, not this file.",
    `import type { ${type} } from "./rule.js";`,
    "",
    `export const ${name} = JSON.parse(${JSON.stringify(ascii(JSON.stringify(value)))});`,
    "",
  ].join("\n");
}

/** JSON in ASCII: one character of two bytes doubles the memory of all. */
const ascii = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
