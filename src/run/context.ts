import os from "node:os";
import type { Inferred } from "../clock/inferred.js";
import type { PassOver } from "../decode/packet/reader.js";
import type { SharedScanners } from "../decode/text/scanners.js";
import { CHUNK_BYTES } from "../evidence/open.js";
import type { SegmentCache } from "./cache/store.js";
import { Executor, type Pool } from "./executor.js";
import { type Job, readJob, type Segment } from "./jobs.js";
import type { Kit } from "./kit.js";
import { ReadAhead } from "./segments.js";
import type { SpillOptions } from "./spill.js";
import { type StageClock, UNTIMED } from "./stages.js";
import { HeldTexts } from "./texts.js";
import { type Tidiness, tidier } from "./tidy.js";
import { noWork, type Work } from "./work.js";

/** More threads than these gain nothing: the main one could not keep up with what they bring. */
const MOST_JOBS = 8;

/** What `--jobs` is when nobody says. */
export const defaultJobs = (): number => Math.min(MOST_JOBS, os.availableParallelism());

/** Files are cut into stretches of this many bytes. It decides nothing but memory and time: results are the same with any. */
export const STRETCH_BYTES = 4 << 20;

/** Every source in the merge holds the stretch that it is at: of many sources, shorter ones. */
const STRETCHES_BYTES = 48 << 20;
const LEAST_STRETCH = 256 << 10;

/** How long the stretches are where so many sources are merged, in bytes. */
export const stretchFor = (sources: number): number =>
  Math.min(STRETCH_BYTES, Math.max(LEAST_STRETCH, STRETCHES_BYTES / Math.max(1, sources))) & ~0xffff;

/** So many bytes of results may lie ready, or be on their way, before anybody takes them. */
const READ_AHEAD_BYTES = 48 << 20;

/** Is told when records are, as far as somebody looks at their stamps: source after source, each in its file's order. */
export interface Milestones {
  /** @param line the record's line, or the packet's number; @param us µs since the epoch, NaN when it has no time */
  note(source: number, line: number, us: number): void;
}

/** What the sources of one analysis share while they are read. */
export interface RunContext {
  kit: Kit;
  executor: Executor<Job, Segment>;
  ahead: ReadAhead;
  stretchBytes: number;
  /** What is not read in stretches is read so many bytes at a time. */
  chunkBytes: number;
  spill: SpillOptions;
  work: Work;
  stages: StageClock;
  /** Where segments are kept from one analysis to the next; absent: nowhere. */
  cache?: SegmentCache | undefined;
  /** Takes texts that a report may quote. */
  texts: HeldTexts;
  milestones?: Milestones | undefined;
  /** Called with the bytes read since the last call. */
  progress: (bytes: number) => void;
  /** Called with those of them that any thread could have read. */
  shareable: (bytes: number) => void;
}

/** What takes the times of one source's records, where somebody wants them. */
export const timesOf = (
  { milestones }: RunContext,
  source: number,
): ((line: number, us: number) => void) | undefined =>
  milestones && ((line, us) => milestones.note(source, line, us));

/** How a source is to be read. */
export interface ReadOptions {
  clock: Inferred;
  context: RunContext;
  /** A batch is given for each piece that was read, though it be empty: whoever looks at so many bytes and no more wants to know. */
  everyPiece?: boolean;
  /** What a text is read with, by turns with others; absent: it has its own. */
  scanners?: SharedScanners | undefined;
  /**
   * Asked after each chunk of a text that runs forwards: is that enough? Its events then come a few hundred at a time; where it was enough, no end
   * was come to.
   */
  enough?: (() => boolean) | undefined;
  /** Packets that give no events, whatever they are. */
  passOver?: PassOver | undefined;
  /** For the timeline: every record gives an event, with its text under `event.original`, also what nobody claims. */
  whole?: boolean;
}

/** What a context may be given; without a pool the calling thread does everything. */
export type ContextOptions = Partial<
  Pick<RunContext, "spill" | "work" | "stages" | "cache" | "texts" | "milestones">
> & {
  pool?: Pool<Job, Segment> | undefined;
  /** Threads of the pool are waited for while they start. */
  patient?: boolean | undefined;
  /** Called with the bytes read since the last call, for a progress line. */
  progress?: ((bytes: number) => void) | undefined;
  shareable?: ((bytes: number) => void) | undefined;
  stretchBytes?: number | undefined;
  chunkBytes?: number | undefined;
  /** How much garbage may lie about. */
  tidiness?: Tidiness | undefined;
  /** Once aborted, whoever reads on meets its reason as an error. */
  signal?: AbortSignal | undefined;
};

export function contextOf(kit: Kit, options: ContextOptions = {}): RunContext {
  const {
    pool,
    patient,
    stretchBytes = STRETCH_BYTES,
    chunkBytes = CHUNK_BYTES,
    spill = {},
    work = noWork(),
    stages = UNTIMED,
    cache,
    texts = new HeldTexts(),
    milestones,
    progress,
    shareable = () => {},
    tidiness,
    signal,
  } = options;
  const tidy = tidier(tidiness);
  return {
    kit,
    executor: new Executor((job: Job, now) => readJob(job, kit, now), pool, stages, patient),
    ahead: new ReadAhead(READ_AHEAD_BYTES),
    stretchBytes,
    chunkBytes,
    spill,
    work,
    stages,
    cache,
    texts,
    milestones,
    shareable,
    progress: (bytes) => {
      signal?.throwIfAborted();
      progress?.(bytes);
      tidy(bytes);
    },
  };
}
