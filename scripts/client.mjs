// The HTML report's script and style: one bundle each, which the report carries inside.
import fs from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

/**
 * @param root the project's folder
 * @returns the text of src/report/html/generated-client.ts, and the files that it was made of, below `root`
 */
export async function buildClient(root) {
  const folder = path.join(root, "src/report/html");
  const bundled = async (entry, options) => {
    const { outputFiles, metafile } = await esbuild.build({
      bundle: true,
      write: false,
      metafile: true,
      minify: true,
      platform: "browser",
      target: ["chrome109", "firefox115", "safari16"],
      legalComments: "none",
      logLevel: "warning",
      absWorkingDir: root,
      entryPoints: [path.join(folder, entry)],
      ...options,
    });
    return { text: outputFiles[0].text.trim(), inputs: Object.keys(metafile.inputs) };
  };
  const script = await bundled("client/main.tsx", { format: "iife" });
  const style = await bundled("style/main.css", {});
  // Nothing in them may end the element that they stand in.
  const closing = (text) => text.replaceAll("</", "<\\/").replaceAll("<!--", "<\\!--");
  const module = [
    "// Written by scripts/build.mjs from client/ and style/. Do not edit.",
    `export const SCRIPT = ${JSON.stringify(closing(creditsOf(script.inputs, root) + script.text))};`,
    `export const STYLE = ${JSON.stringify(style.text)};`,
    "",
  ].join("\n");
  return { module, inputs: script.inputs };
}

/** Who made what a report carries: each report is a copy of these packages. Their licences are in THIRD-PARTY-LICENCES.txt. */
function creditsOf(inputs, root) {
  const folders = new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  const credits = [...folders].sort().map((folder) => {
    const { name, version, license, author } = JSON.parse(
      fs.readFileSync(path.join(root, folder, "package.json"), "utf8"),
    );
    const by = typeof author === "string" ? author.replace(/ *[<(].*/, "") : author?.name;
    return `${name} ${version} (${license}${by ? `, ${by}` : ""})`;
  });
  return `/* With ${credits.join("; ")}. */`;
}
