import os from "node:os";
import type { SpillOptions } from "./spill.js";
import { type StageClock, UNTIMED } from "./stages.js";
import { noWork, type Work } from "./work.js";

/** More threads than these gain nothing: the main one could not keep up with what they bring. */
const MOST_JOBS = 8;

/** What `--jobs` is when nobody says. */
export const defaultJobs = (): number => Math.min(MOST_JOBS, os.availableParallelism());

/** What the sources of one analysis share while they are read. */
export interface RunContext {
  spill: SpillOptions;
  work: Work;
  stages: StageClock;
  /** Called with the bytes read since the last call, for a progress line. */
  progress?: ((bytes: number) => void) | undefined;
}

/** For a look at a source that is no part of the analysis proper: nothing is counted or timed. */
export const lookAhead = (): RunContext => ({ spill: {}, work: noWork(), stages: UNTIMED });
