import type { Study } from "../../report/study.js";
import { reportOn } from "../analyze.js";
import type { AnalyzeOptions } from "../analyze-options.js";
import { type Evidence, findFiles } from "../found.js";
import type { Investigation } from "../investigate.js";
import { Stopwatch } from "../stages.js";
import { contextsOf } from "./contexts.js";
import { densitiesOf, SOURCE_BINS } from "./densities.js";
import { laddersOf } from "./ladders.js";
import { STUDY_LIMITS, type StudyLimits } from "./limits.js";
import { pictureOf } from "./picture.js";
import { storyStretches } from "./stretches.js";
import { PictureTaker } from "./taker.js";
import { weightOf } from "./weight.js";

/** What a study takes: an analysis' options, and how much is drawn. */
export interface StudyOptions extends Omit<AnalyzeOptions, "onlooker" | "onMatch" | "milestones"> {
  limits?: Partial<StudyLimits> | undefined;
}

/**
 * Analyses evidence and gathers what is drawn beside the report, which is the same that {@link analyze} gives. Of large evidence the events
 * and transactions are drawn that an analysis looks at; of small evidence all. Records are counted in any case.
 *
 * @param evidence as {@link analyze} takes it
 */
export async function study(evidence: readonly Evidence[], options: StudyOptions): Promise<Study> {
  const limits = { ...STUDY_LIMITS, ...options.limits };
  const watch = options.stats && new Stopwatch();
  watch?.enter("walk");
  const found = await findFiles(evidence, options.tmp, options.signal);
  try {
    const taker = new PictureTaker(SOURCE_BINS);
    const isSmall = weightOf(found.files) <= limits.exactBytes;
    const watched = {
      ...options,
      prefilter: options.prefilter !== false && !isSmall,
      onlooker: taker,
      onMatch: taker.match,
      milestones: taker,
    };
    const { report, investigation } = await reportOn(found, watched, watch);
    const { surveyed, toolbox, clocks, diagnosis } = investigation;
    const densities = await densitiesOf({
      surveyed,
      clocks,
      toolbox,
      milestones: taker.tallies,
      stretches: storyStretches(diagnosis),
      exactBytes: limits.exactBytes,
    });
    const paths = report.sources.map(({ path }) => path);
    const cited = diagnosis.findings.flatMap(({ evidence }) => evidence);
    return {
      report,
      picture: pictureOf({ taker, densities, diagnosis, paths, hosts: hostsOf(investigation), limits }),
      ladders: laddersOf(diagnosis, taker.matched, taker.ways, paths),
      contexts: await contextsOf(surveyed, cited, paths, toolbox),
    };
  } finally {
    found.close();
  }
}

/** Hosts that sources are of, where that is known. */
function hostsOf({ surveyed, clocks }: Investigation): ReadonlyMap<number, string> {
  const hosts = new Map<number, string>();
  for (const { source } of surveyed) {
    const host = clocks.get(source.id)?.clock.host;
    if (host !== undefined) hosts.set(source.id, host);
  }
  return hosts;
}
