import { createRequire } from "node:module";
import type { Worker } from "node:worker_threads";

// An import would load all of Web Crypto as well, at every start.
const require = createRequire(import.meta.url);

/** Smaller files are hashed on the way: a thread would cost more than it spares. */
const BESIDE_FROM = 16 << 20;

/** Files are read in pieces of this size, which the second-level cache holds: hashing then finds them where reading left them. */
const PIECE_BYTES = 256 << 10;

/**
 * Runs in threads of their own. Each takes the next file of the common list until there is none left; the counter is shared, so
 * that no thread has to wait for the main one, which is busy.
 */
const THREAD = `
  const { parentPort, workerData: { files, next, pieceBytes } } = require("node:worker_threads");
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
        for (let n; (n = fs.readSync(fd, piece, 0, piece.length, at)) > 0; at += n)
          hash.update(n === piece.length ? piece : piece.subarray(0, n));
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

/** The SHA-256 of a source's bytes as they lie on disk. */
export interface Hashing {
  /** Takes the next bytes, where they are hashed on the way. */
  update(raw: Buffer): void;
  /** Are they? Else nobody has to bring them. */
  readonly needsBytes: boolean;
  /** Lower-case hex; when all bytes have been taken. Rejects when the file could not be read. */
  digest(): Promise<string>;
}

interface Pending {
  promise: Promise<string>;
  resolve: (sha256: string) => void;
  reject: (error: Error) => void;
}

/**
 * Hashes the files of an analysis: large ones beside the reading, the largest first, in threads that begin at once (a hash is
 * serial, and takes as long as reading a log); small ones on the way.
 */
export class Hasher {
  /** CPU time that the threads spent so far, in seconds, and the bytes they took. */
  seconds = 0;
  bytes = 0;
  private readonly pending = new Map<string, Pending>();
  private readonly threads: Worker[] = [];

  /**
   * @param files paths and lengths in bytes
   * @param threads how many may run at once
   */
  constructor(files: readonly { absolute: string; bytes: number }[], threads: number) {
    const large = files.filter(({ bytes }) => bytes >= BESIDE_FROM).sort((a, b) => b.bytes - a.bytes);
    if (large.length === 0) return;
    for (const { absolute } of large) this.pending.set(absolute, pending());
    const { Worker } = require("node:worker_threads") as typeof import("node:worker_threads");
    const workerData = {
      files: large.map(({ absolute }) => absolute),
      next: new Int32Array(new SharedArrayBuffer(4)),
      pieceBytes: PIECE_BYTES,
    };
    let alive = Math.min(threads, large.length);
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

  /** How the hash of this file comes about. */
  of(file: string): Hashing {
    const beside = this.pending.get(file);
    if (beside) return { needsBytes: false, update: () => {}, digest: () => beside.promise };
    const hash = (require("node:crypto") as typeof import("node:crypto")).createHash("sha256");
    return {
      needsBytes: true,
      update: (raw) => void hash.update(raw),
      digest: async () => hash.digest("hex"),
    };
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
