import fs from "node:fs";
import { fileURLToPath } from "node:url";
import type { Piscina } from "piscina";
import type { Pool } from "./executor.js";

/** A result, and how long its thread was busy with it. */
export interface Timed<Result> {
  result: Result;
  /** Milliseconds. */
  ms: number;
}

/**
 * V8 gives every thread a heap of its own. What readers make dies young or is sent away: a small young generation holds it, in the
 * second-level cache; without the limit each thread would grow by 48 MB before its first collection. Of 6 MB two halves of 2 MiB are used, of 8 MB
 * two of 4: V8 sets a third aside for large objects, and rounds up to a power of two.
 */
const YOUNG_MB = 6;

/** Each thread has one job in hand and two in store: the main thread is too busy to hand out the next at once. More only cost memory. */
const JOBS_EACH = 3;

/** Where the threads' program lies: beside this one in `dist/`. Nothing where there is none, as in tests of the sources. */
export function threadFile(): string | undefined {
  for (const place of ["./worker.js", "../worker.js"]) {
    const file = fileURLToPath(new URL(place, import.meta.url));
    if (fs.existsSync(file)) return file;
  }
  return undefined;
}

/** A thread's answer, whose memory is handed over, not copied. */
export async function sendable<Result>(timed: Timed<Result>, buffers: ArrayBuffer[]): Promise<Timed<Result>> {
  if (buffers.length === 0) return timed;
  const { move, transferableSymbol, valueSymbol } = await import("piscina");
  const answer = { [transferableSymbol]: buffers, [valueSymbol]: timed };
  return move(answer as unknown as ArrayBuffer) as unknown as Timed<Result>;
}

/** A pool of worker threads that share a program. */
export class Threads<Job, Result> implements Pool<Job, Result> {
  /** Time that the threads were busy, in seconds. */
  seconds = 0;
  readonly slots: number;
  private hasEnded = false;

  private constructor(
    private readonly piscina: Piscina,
    readonly threads: number,
  ) {
    this.slots = threads * JOBS_EACH;
    // What goes wrong with a job is told to whoever waits for it. This is a thread that ended without one, as where its program cannot be
    // loaded: it is not replaced, and jobs in line for it would wait for ever.
    piscina.on("error", () => {
      this.hasEnded = true;
      void piscina.destroy();
    });
  }

  /**
   * @param file the threads' program, which exports a function from a job to a {@link Timed} result
   * @param workerData what every thread gets at its start
   */
  static async start<Job, Result>(
    threads: number,
    file: string,
    workerData: unknown,
  ): Promise<Threads<Job, Result>> {
    const { Piscina } = await import("piscina");
    const piscina = new Piscina({
      filename: file,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: JOBS_EACH,
      idleTimeout: Number.POSITIVE_INFINITY,
      recordTiming: false,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
      workerData,
    });
    return new Threads(piscina, threads);
  }

  /** Rejects when the job failed, or its thread ended: the job can be done elsewhere. */
  async run(job: Job): Promise<Result> {
    if (this.hasEnded) throw new Error("the threads have ended");
    const { result, ms } = (await this.piscina.run(job)) as Timed<Result>;
    this.seconds += ms / 1000;
    return result;
  }

  async close(): Promise<void> {
    await this.piscina.destroy();
  }
}
