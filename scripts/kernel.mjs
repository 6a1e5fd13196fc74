// Compiles the scan kernel (src/scan/kernel, AssemblyScript) to WebAssembly, and wraps it in a module.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const FOLDER = "src/scan/kernel";
const FLAGS = [
  ...["-O3", "--converge", "--noAssert"],
  ...["--runtime", "stub", "--use", "abort="],
  ...["--enable", "simd"],
  ...["--importMemory", "--noExportMemory"],
];

/**
 * Gives the text of the module that holds the kernel. Compiling takes seconds, so the module names the sources that it was made
 * from, and is given back as it is when these are the same.
 * @param {string} root the project's folder
 * @param {string | undefined} before the module's text as it is now
 * @returns {Promise<string>}
 */
export async function buildKernel(root, before) {
  const { version } = JSON.parse(
    fs.readFileSync(path.join(root, "node_modules/assemblyscript/package.json"), "utf8"),
  );
  const hash = crypto.createHash("sha256").update(version).update(FLAGS.join(" "));
  for (const name of fs.readdirSync(path.join(root, FOLDER)).sort())
    hash.update(name).update(fs.readFileSync(path.join(root, FOLDER, name)));
  const head = `// Made by scripts/kernel.mjs from ${FOLDER} (${hash.digest("hex").slice(0, 16)}).\n`;
  if (before?.startsWith(head)) return before;
  const binary = await compile(root);
  return `${head}export const KERNEL =\n  "${Buffer.from(binary).toString("base64")}";\n`;
}

async function compile(root) {
  const { default: asc } = await import("assemblyscript/asc");
  let binary;
  const { error, stderr } = await asc.main(
    [`${FOLDER}/index.ts`, "--baseDir", root, "--outFile", "kernel.wasm", ...FLAGS],
    {
      writeFile(name, contents) {
        if (name.endsWith(".wasm")) binary = contents;
      },
    },
  );
  if (error || !binary)
    throw new Error(`the scan kernel does not compile: ${error?.message}\n${stderr.toString()}`);
  return binary;
}
