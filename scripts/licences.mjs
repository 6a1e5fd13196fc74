// The packages that lie in the bundle are shipped with it, and their licences ask to be shipped along.
import fs from "node:fs";
import path from "node:path";

/** How packages name the files that their licence asks to keep. */
const LICENCE = /^(licen[cs]e|copying|notice)(\.|-|$)/i;

/**
 * The licences of all packages that a bundle is made of, as one text, in the order of their names.
 * @param inputs the files of the bundle, as esbuild's metafile names them, below `root`
 * @throws when a package states no licence at all: then it must not be bundled
 */
export function licencesOf(inputs, root) {
  const folders = new Set();
  for (const file of inputs) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
    if (found) folders.add(found[1]);
  }
  return [...folders]
    .sort()
    .map((folder) => {
      const at = path.join(root, folder);
      const { name, version, license, homepage } = JSON.parse(
        fs.readFileSync(path.join(at, "package.json"), "utf8"),
      );
      if (!license) throw new Error(`${name} ${version} states no licence`);
      const files = fs.readdirSync(at).filter((file) => LICENCE.test(file));
      const texts = files.sort().map((file) => fs.readFileSync(path.join(at, file), "utf8").trim());
      if (texts.length === 0)
        texts.push(`The package ships no text of its licence; see ${homepage ?? "its page"}.`);
      return `${name} ${version} (${license})\n\n${texts.join("\n\n")}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
