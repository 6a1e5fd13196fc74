import fs from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

/** As the build wraps scripts (`scripts/ready.mjs`). */
type Wrapped = (
  module: { exports: unknown },
  exports: unknown,
  require: (name: string) => unknown,
  filename: string,
) => void;

/**
 * A part of the program that the build has made ready (`scripts/ready.mjs`): scripts that load each other, and beside those that a run of
 * the build needed what V8 made of them then. Taking both is a third of the work of loading and compiling the modules that it was made of.
 *
 * @param folder where they lie, with a slash at its end
 * @param name `main` of `main.cjs` and `main-v20.20.2-linux-x64.bin`
 * @returns what the script exports; `undefined` where nothing was made ready for this Node, or it was told by flags to run code in other ways
 */
export function readyScript<Exports>(folder: URL, name: string): Exports | undefined {
  const at = fileURLToPath(folder);
  const required = createRequire(at);
  const loaded = new Map<string, { exports: unknown }>();
  const load = (script: vm.Script, file: string): unknown => {
    const module = { exports: {} };
    loaded.set(file, module);
    (script.runInThisContext() as Wrapped)(module, module.exports, require, at + file);
    return module.exports;
  };
  const require = (wanted: string): unknown => {
    if (!wanted.startsWith("./")) return required(wanted);
    const file = wanted.slice(2);
    return loaded.has(file) ? loaded.get(file)!.exports : load(compiled(at, file), file);
  };
  const file = `${name}.cjs`;
  if (!fs.existsSync(codeOf(at, file))) return undefined;
  const script = compiled(at, file);
  return script.cachedDataRejected === false ? (load(script, file) as Exports) : undefined;
}

/** WebAssembly gives memory in multiples of so many bytes. */
const WASM_PAGE = 64 << 10;

/** Less is malloc's: bytes. */
const LARGE = 256 << 10;

/**
 * Node's version, not V8's: V8 asks for its own version and flags alone, and takes code that then crashes it where Node mended the V8 of a release
 * (20.20.2 keeps names in another way than 20.20.1 and calls its V8 the same: github.com/nodejs/node/issues/62781).
 */
const CODE_ENDING = `-${process.version}-${process.platform}-${process.arch}.bin`;

const codeOf = (at: string, file: string) => `${at}${file.slice(0, -4)}${CODE_ENDING}`;

function compiled(at: string, file: string): vm.Script {
  // It is ASCII (the build sees to that).
  const source = contentsOf(at + file).toString("latin1");
  let cachedData: Buffer | undefined;
  try {
    cachedData = contentsOf(codeOf(at, file));
  } catch {
    // The build did not need it.
  }
  return new vm.Script(source, { filename: at + file, cachedData });
}

/**
 * Memory for so many bytes that are needed for a moment. Much of it is WebAssembly's, as malloc's would cost more than it holds: when glibc gets back a
 * block of megabytes, it takes such blocks for usual (mallopt(3), M_MMAP_THRESHOLD), and from then on the arena of every thread keeps smaller ones,
 * and twice as much unused.
 */
function roomFor(bytes: number): Buffer {
  if (bytes < LARGE) return Buffer.allocUnsafeSlow(bytes);
  const pages = Math.ceil(bytes / WASM_PAGE);
  try {
    return Buffer.from(new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer);
  } catch {
    // Some machines forbid it, or have no address space to reserve.
    return Buffer.allocUnsafeSlow(bytes);
  }
}

/** A whole file. Throws the system's error. */
function contentsOf(file: string): Buffer {
  const fd = fs.openSync(file, "r");
  try {
    const room = roomFor(fs.fstatSync(fd).size);
    let length = 0;
    for (let n: number; (n = fs.readSync(fd, room, length, room.length - length, length)) > 0; ) length += n;
    return room.subarray(0, length);
  } finally {
    fs.closeSync(fd);
  }
}
