#!/usr/bin/env node
import { createRequire } from "node:module";
import { readyScript } from "../ready.js";
import { spareCompiler } from "./compiler.js";

type Program = typeof import("./main.js");

/**
 * Node's own modules that an analysis needs, to be loaded before V8's flags are set: Node has compiled code of them, which V8 takes only under those
 * that it was made with. (An import of the first would load all of Web Crypto as well.)
 */
const EARLY = ["crypto", "child_process", "os", "perf_hooks", "stream/promises", "worker_threads"];

/** Does what the command line says: by code that this very version of V8 has compiled when the program was built, where it has. */
async function run(argv: readonly string[]): Promise<void> {
  const ready = readyScript<Program>(new URL("./ready/", import.meta.url), "main");
  if (ready && (await ready.main(argv))) return;
  const { main } = await import("./main.js");
  await main(argv);
}

/** Node would still take its heap to pieces: 5 ms for a small analysis. */
function leave(): void {
  if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // `hindcast … | head`: the reader has seen enough.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

EARLY.forEach(createRequire(import.meta.url));
spareCompiler();
await run(process.argv);
// What could not be written is told first.
setImmediate(leave);
