// The HTML report's script and style: one bundle each, which the report carries inside.
import path from "node:path";
import * as esbuild from "esbuild";

/**
 * @param root the project's folder
 * @returns the text of src/report/html/generated-client.ts
 */
export async function buildClient(root) {
  const folder = path.join(root, "src/report/html");
  const bundled = async (entry, options) => {
    const { outputFiles } = await esbuild.build({
      bundle: true,
      write: false,
      minify: true,
      platform: "browser",
      target: ["chrome109", "firefox115", "safari16"],
      legalComments: "none",
      logLevel: "warning",
      absWorkingDir: root,
      entryPoints: [path.join(folder, entry)],
      ...options,
    });
    return outputFiles[0].text.trim();
  };
  const script = await bundled("client/main.tsx", { format: "iife" });
  const style = await bundled("style/main.css", {});
  // Nothing in them may end the element that they stand in.
  const closing = (text) => text.replaceAll("</", "<\\/").replaceAll("<!--", "<\\!--");
  return [
    "// Written by scripts/build.mjs from client/ and style/. Do not edit.",
    `export const SCRIPT = ${JSON.stringify(closing(script))};`,
    `export const STYLE = ${JSON.stringify(style)};`,
    "",
  ].join("\n");
}
