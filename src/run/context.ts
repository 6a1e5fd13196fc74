import os from "node:os";
import { Hasher } from "../evidence/hash.js";
import type { FoundFile } from "../evidence/walk.js";
import type { SpillOptions } from "./spill.js";
import { type StageClock, UNTIMED } from "./stages.js";
import { noWork, type Work } from "./work.js";

/** More threads than these gain nothing: the main one could not keep up with what they bring. */
const MOST_JOBS = 8;

/** What `--jobs` is when nobody says. */
export const defaultJobs = (): number => Math.min(MOST_JOBS, os.availableParallelism());

/** What the sources of one analysis share while they are read. */
export interface RunContext {
  /** Takes the SHA-256 of files; absent: nobody wants it. */
  hasher?: Hasher;
  spill: SpillOptions;
  work: Work;
  stages: StageClock;
  /** Called with the bytes read since the last call, for a progress line. */
  progress?: ((bytes: number) => void) | undefined;
}

/** For a look at a source that is no part of the analysis proper: nothing is hashed, counted or timed. */
export const lookAhead = (): RunContext => ({ spill: {}, work: noWork(), stages: UNTIMED });

/** Hash threads beyond these would only take the readers' time. */
const MOST_HASHES = 4;

/** Begins to hash large files: the sooner, the better, as no other part of reading one file is as serial. */
export const beginHashing = (files: readonly FoundFile[], jobs: number): Hasher =>
  new Hasher(files, Math.min(jobs, MOST_HASHES));
