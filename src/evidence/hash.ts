import fs from "node:fs";
import { createRequire } from "node:module";
import type { Worker } from "node:worker_threads";
import { crypto } from "./crypto.js";

// Little evidence needs no threads.
const require = createRequire(import.meta.url);

/** Less evidence than this is hashed when the result is asked for: a thread would cost more than it spares. */
const BESIDE_FROM = 16 << 20;

/** Files are read in pieces of this size, which the second-level cache holds: hashing then finds them where reading left them. */
const PIECE_BYTES = 256 << 10;

/**
 * Runs in threads of their own. Each takes the next file of the common list until there is none left; the counter is shared, so
 * that no thread has to wait for the main one, which is busy.
 */
const THREAD = `
  const { parentPort, workerData: { files, next, pieces, pieceBytes } } = require("node:worker_threads");
  const fs = require("node:fs");
  const { createHash } = require("node:crypto");
  const piece = Buffer.allocUnsafeSlow(pieceBytes);
  for (let i; (i = Atomics.add(next, 0, 1)) < files.length; ) {
    const begun = performance.now();
    try {
      const hash = createHash("sha256");
      const fd = fs.openSync(files[i], "r");
      let at = 0;
      try {
        for (let n; (n = fs.readSync(fd, piece, 0, piece.length, at)) > 0; at += n) {
          hash.update(n === piece.length ? piece : piece.subarray(0, n));
          Atomics.add(pieces, 0, 1);
        }
      } finally {
        fs.closeSync(fd);
      }
      parentPort.postMessage({ file: files[i], sha256: hash.digest("hex"), bytes: at, ms: performance.now() - begun });
    } catch (error) {
      parentPort.postMessage({ file: files[i], error: error.message, bytes: 0, ms: performance.now() - begun });
    }
  }
`;

interface Told {
  file: string;
  sha256?: string;
  error?: string;
  bytes: number;
  ms: number;
}

interface Pending {
  promise: Promise<string>;
  resolve: (sha256: string) => void;
  reject: (error: Error) => void;
}

/**
 * Takes the SHA-256 of the files of an analysis, as their bytes lie on disk: in threads that begin at once, the largest file first (a
 * hash is serial, and takes longer than reading a log), or, where there is little evidence, when it is asked for.
 */
export class Hasher {
  /** Time that the threads were busy so far, in seconds, and the bytes they took. */
  seconds = 0;
  bytes = 0;
  private readonly pending = new Map<string, Pending>();
  private readonly threads: Worker[] = [];
  /** How many pieces the threads took so far, and about how many there are. */
  private readonly pieces = new Int32Array(new SharedArrayBuffer(4));
  private readonly most: number;
  private readonly begun = performance.now();

  /**
   * @param files paths and lengths in bytes
   * @param threads how many may run at once
   */
  constructor(files: readonly { absolute: string; bytes: number }[], threads: number) {
    const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.most = Math.ceil(all / PIECE_BYTES);
    if (all < BESIDE_FROM) return;
    const largestFirst = [...files].sort((a, b) => b.bytes - a.bytes);
    for (const { absolute } of largestFirst) this.pending.set(absolute, pending());
    const { Worker } = require("node:worker_threads") as typeof import("node:worker_threads");
    const workerData = {
      files: largestFirst.map(({ absolute }) => absolute),
      next: new Int32Array(new SharedArrayBuffer(4)),
      pieces: this.pieces,
      pieceBytes: PIECE_BYTES,
    };
    let alive = Math.min(threads, files.length);
    for (let i = alive; i > 0; i--) {
      // It makes hardly any garbage: small spaces keep its memory small.
      const worker = new Worker(THREAD, {
        eval: true,
        workerData,
        resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 },
      });
      worker.on("message", (told: Told) => this.take(told));
      worker.on("error", (error) => this.fail(error));
      worker.on("exit", () => {
        if (--alive === 0) this.fail(new Error("the thread that takes it has ended"));
      });
      this.threads.push(worker);
    }
  }

  /** For about how long the threads will still be busy, by how fast they were so far: in seconds. */
  get secondsLeft(): number {
    if (this.threads.length === 0) return 0;
    const done = Atomics.load(this.pieces, 0);
    const ms = performance.now() - this.begun;
    return (Math.max(0, this.most - done) * ms) / Math.max(1, done) / 1000;
  }

  /** Lower-case hex, when it is there. Rejects when the file can't be read. */
  async digest(file: string): Promise<string> {
    return (
      this.pending.get(file)?.promise ??
      crypto().createHash("sha256").update(fs.readFileSync(file)).digest("hex")
    );
  }

  /** Ends the threads, also those that are not done. */
  async close(): Promise<void> {
    await Promise.all(this.threads.map((worker) => worker.terminate()));
  }

  private take({ file, sha256, error, bytes, ms }: Told): void {
    this.seconds += ms / 1000;
    this.bytes += bytes;
    const { resolve, reject } = this.pending.get(file)!;
    if (sha256 !== undefined) resolve(sha256);
    else reject(new Error(error));
  }

  /** What has not been told can't be any more. */
  private fail(error: Error): void {
    for (const { reject } of this.pending.values()) reject(error);
  }
}

function pending(): Pending {
  let resolve!: Pending["resolve"];
  let reject!: Pending["reject"];
  const promise = new Promise<string>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // What fails is asked for, and told, when the source has been read.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
