// The parts of the scripts that `hindcast collect` writes, which lie as shell files so that they can be read and checked as such.
import fs from "node:fs";
import path from "node:path";

/**
 * @param root the project's folder
 * @returns the text of src/collect/generated.ts
 */
export function buildCollectParts(root) {
  const folder = path.join(root, "src/collect/parts");
  const parts = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".sh"))
    .sort()
    .map((name) => [path.basename(name, ".sh"), fs.readFileSync(path.join(folder, name), "utf8")]);
  return [
    "// Written by scripts/build.mjs from parts/. Do not edit.",
    `export const PARTS = ${JSON.stringify(Object.fromEntries(parts), null, 2)} as const;`,
    "export type PartName = keyof typeof PARTS;",
    "",
  ].join("\n");
}
