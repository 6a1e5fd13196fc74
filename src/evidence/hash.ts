import { createRequire } from "node:module";

// An import would load all of Web Crypto as well, at every start.
const require = createRequire(import.meta.url);

/** Smaller files are hashed on the way: a thread would cost more than it spares. */
const BESIDE_FROM = 16 << 20;

/** Runs in a thread of its own: reads the file in aligned pieces and gives its SHA-256. */
const THREAD = `
  const { parentPort, workerData } = require("node:worker_threads");
  const fs = require("node:fs");
  const hash = require("node:crypto").createHash("sha256");
  const fd = fs.openSync(workerData, "r");
  const piece = Buffer.allocUnsafeSlow(1 << 20);
  for (let at = 0, n; (n = fs.readSync(fd, piece, 0, piece.length, at)) > 0; at += n) hash.update(piece.subarray(0, n));
  fs.closeSync(fd);
  parentPort.postMessage(hash.digest("hex"));
`;

/** The SHA-256 of a source's bytes as they lie on disk. */
export interface Hashing {
  /** Takes the next bytes, where they are hashed on the way. */
  update(raw: Buffer): void;
  /** Lower-case hex; when all bytes have been taken. */
  digest(): Promise<string>;
}

/**
 * Hashes a file: a large one beside the reading, in its own thread (a hash is serial, and takes a tenth to a fifth of the time that
 * reading a log takes), a small one on the way.
 * @param bytes the file's length
 */
export function hashing(file: string, bytes: number): Hashing {
  if (bytes >= BESIDE_FROM) {
    const { Worker } = require("node:worker_threads") as typeof import("node:worker_threads");
    const beside = new Promise<string>((resolve, reject) => {
      const worker = new Worker(THREAD, { eval: true, workerData: file });
      worker.once("message", resolve);
      worker.once("error", reject);
    });
    // What fails here is asked for, and told, at the end.
    beside.catch(() => {});
    return { update: () => {}, digest: () => beside };
  }
  const hash = (require("node:crypto") as typeof import("node:crypto")).createHash("sha256");
  return { update: (raw) => void hash.update(raw), digest: async () => hash.digest("hex") };
}
