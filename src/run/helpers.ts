import { mainFormat } from "../decode/text/claim.js";
import type { GrammarFile } from "../grammar/file.js";
import type { Grammar } from "../grammar/types.js";
import type { Executor } from "./executor.js";
import type { Job, Segment } from "./jobs.js";
import { canBeMade, type KitParts } from "./kit.js";
import type { Threads } from "./pool.js";
import { Recruiter } from "./recruiter.js";
import { isAsItLies, type Surveyed } from "./survey.js";

/** How evidence is shared out among threads. Nothing here changes a result: tests set it, to have small files shared out too. */
export interface Tuning {
  /** So much evidence is worth starting threads at once. Bytes of logs of which every line is looked at; see `effortOf`. */
  aloneBelow?: number;
  /** Files are cut into stretches of so many bytes. */
  stretchBytes?: number;
  /** Threads are waited for while they start: they get their share of evidence that would be read by then. */
  patient?: boolean;
  /** The program of the threads. */
  threadFile?: string;
}

const ALONE_BELOW = 384 << 20;
/** Reading a capture takes so many times as long as reading a trace of the same length. */
const CAPTURE_EFFORT = 4;

/** Bytes that other threads could take over. What is packed has to be unpacked in sequence. */
const shareable = (surveyed: Surveyed): number =>
  (surveyed.kind === "packets" || surveyed.kind === "text") && isAsItLies(surveyed) ? surveyed.file.bytes : 0;

const sum = (sources: readonly Surveyed[], of: (surveyed: Surveyed) => number): number =>
  sources.reduce((all, surveyed) => all + of(surveyed), 0);

/** What other threads are sure to be of use for, in bytes. Most lines of other logs are only counted, as a rule. */
function effortOf(surveyed: Surveyed): number {
  if (surveyed.kind === "packets") return shareable(surveyed) * CAPTURE_EFFORT;
  return mainFormat(surveyed.detection)?.judge ? shareable(surveyed) : 0;
}

/** What decides whether other threads can help, and with what. */
export interface HelpersOptions {
  /** Threads that read, the calling one among them. */
  jobs: number;
  sources: readonly Surveyed[];
  grammars: readonly Grammar[];
  grammarFiles: readonly GrammarFile[];
  tuning: Tuning;
  /** Seconds for which the cores are still busy with other work. */
  busy: () => number;
}

/** The threads that read beside the calling one: started at once where they are sure to pay, or when it shows that they would. */
export class Helpers {
  /** Those that were started. */
  threads: Threads<Job, Segment> | undefined;
  private starting: Promise<void> | undefined;
  private recruiter: Recruiter | undefined;
  private executor: Executor<Job, Segment> | undefined;

  private constructor(private readonly start: () => Promise<Threads<Job, Segment> | undefined>) {}

  /** None where they could not do the calling thread's work. */
  static of(
    { jobs, sources, grammars, grammarFiles, tuning, busy }: HelpersOptions,
    parts: Omit<KitParts, "grammarFiles">,
  ): Helpers | undefined {
    if (jobs < 2 || !canBeMade(grammars, grammarFiles)) return undefined;
    const kit = { ...parts, grammarFiles } satisfies KitParts;
    const helpers = new Helpers(async () => {
      const { Threads, threadFile } = await import("./pool.js");
      const file = tuning.threadFile ?? threadFile();
      return file === undefined ? undefined : Threads.start<Job, Segment>(jobs - 1, file, kit);
    });
    if (sum(sources, effortOf) < (tuning.aloneBelow ?? ALONE_BELOW))
      helpers.recruiter = new Recruiter({ bytes: sum(sources, shareable), busy });
    return helpers;
  }

  /** Starts them where they are sure to pay. */
  async begin(): Promise<void> {
    if (!this.recruiter) this.threads ??= await this.start();
  }

  /** How many there are, and for how many seconds they were busy. */
  get done(): { threads: number; seconds: number } {
    const { threads = 0, seconds = 0 } = this.threads ?? {};
    return { threads, seconds };
  }

  /** Whom threads that come later are to help. */
  lend(executor: Executor<Job, Segment>): void {
    this.executor = executor;
  }

  /** Is told of bytes that were read and that threads could have read. */
  took(bytes: number): void {
    if (!this.recruiter?.took(bytes)) return;
    this.recruiter = undefined;
    this.executor!.expect();
    this.starting = this.start().then((threads) => {
      this.threads = threads;
      if (threads) this.executor!.join(threads);
    });
    // What goes wrong is thrown when they are to end.
    this.starting.catch(() => {});
  }

  /** Ends the threads. Throws when they could not be started. */
  async close(): Promise<void> {
    await this.starting;
    await this.threads?.close();
  }
}
