import type { GrammarFile } from "../grammar/file.js";
import type { Grammar } from "../grammar/types.js";
import type { Job, Segment } from "./jobs.js";
import { canBeMade, type KitParts } from "./kit.js";
import type { Threads } from "./pool.js";
import type { Surveyed } from "./survey.js";

/** How evidence is shared out among threads. Nothing here changes a result: tests set it, to have small files shared out too. */
export interface Tuning {
  /** Less evidence than this is read by one thread: starting others would take longer than they spare. Bytes of logs; see `effortOf`. */
  aloneBelow?: number;
  /** Files are cut into stretches of so many bytes. */
  stretchBytes?: number;
  /** The program of the threads. */
  threadFile?: string;
}

const ALONE_BELOW = 384 << 20;
/** Reading a capture takes so many times as long as reading a log of the same length. */
const CAPTURE_EFFORT = 4;

/** What other threads could take over of reading these sources, in bytes of logs. What is packed has to be unpacked in sequence. */
const effortOf = (sources: readonly Surveyed[]): number =>
  sources.reduce((sum, { kind, packing, file }) => {
    if (packing !== "plain" || kind === "nothing") return sum;
    return sum + file.bytes * (kind === "packets" ? CAPTURE_EFFORT : 1);
  }, 0);

/** What decides whether other threads can help, and with what. */
export interface HelpersOptions {
  /** Threads that read, the calling one among them. */
  jobs: number;
  sources: readonly Surveyed[];
  grammars: readonly Grammar[];
  grammarFiles: readonly GrammarFile[];
  tuning: Tuning;
}

/** Starts the threads that read beside the calling one; none when they would not pay, or could not do its work. */
export async function startHelpers(
  { jobs, sources, grammars, grammarFiles, tuning }: HelpersOptions,
  parts: Omit<KitParts, "grammarFiles">,
): Promise<Threads<Job, Segment> | undefined> {
  if (jobs < 2 || effortOf(sources) < (tuning.aloneBelow ?? ALONE_BELOW)) return undefined;
  if (!canBeMade(grammars, grammarFiles)) return undefined;
  const { Threads, threadFile } = await import("./pool.js");
  const file = tuning.threadFile ?? threadFile();
  if (file === undefined) return undefined;
  return Threads.start<Job, Segment>(jobs - 1, file, { ...parts, grammarFiles } satisfies KitParts);
}
