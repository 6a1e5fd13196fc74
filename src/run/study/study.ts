import type { Study } from "../../report/study.js";
import { reportOn } from "../analyze.js";
import type { AnalyzeOptions } from "../analyze-options.js";
import { type Evidence, findFiles } from "../found.js";
import { Stopwatch } from "../stages.js";
import { contextsOf } from "./contexts.js";
import { densitiesOf, SOURCE_BINS } from "./densities.js";
import { laddersOf } from "./ladders.js";
import { PICTURE_LIMITS, type PictureLimits, pictureOf } from "./picture.js";
import { storyStretches } from "./stretches.js";
import { PictureTaker } from "./taker.js";
import { weightOf } from "./weight.js";

/** What a study takes: an analysis' options, and how much is drawn. */
export interface StudyOptions extends Omit<AnalyzeOptions, "onlooker" | "onMatch" | "milestones"> {
  limits?: PictureLimits | undefined;
}

/** Evidence of at most so many bytes is decoded whole, so that all of its events and transactions can be drawn. */
const DECODED_WHOLE_BYTES = 32 << 20;

/**
 * Analyses evidence and gathers what is drawn beside the report, which is the same that {@link analyze} gives. Of large evidence the events
 * and transactions are drawn that an analysis looks at; of small evidence all. Records are counted in any case.
 *
 * @param evidence as {@link analyze} takes it
 */
export async function study(evidence: readonly Evidence[], options: StudyOptions): Promise<Study> {
  const watch = options.stats && new Stopwatch();
  watch?.enter("walk");
  const found = await findFiles(evidence, options.tmp, options.signal);
  try {
    const taker = new PictureTaker(SOURCE_BINS);
    const isSmall = weightOf(found.files) <= DECODED_WHOLE_BYTES;
    const watched = {
      ...options,
      prefilter: options.prefilter !== false && !isSmall,
      onlooker: taker,
      onMatch: taker.match,
      milestones: taker,
    };
    const { report, investigation } = await reportOn(found, watched, watch);
    const { surveyed, toolbox, clocks, diagnosis } = investigation;
    const hosts = new Map(
      surveyed.flatMap(({ source: { id } }) => {
        const host = clocks.get(id)?.clock.host;
        return host === undefined ? [] : [[id, host] as const];
      }),
    );
    const densities = await densitiesOf(surveyed, clocks, toolbox, taker.tallies, storyStretches(diagnosis));
    const paths = report.sources.map(({ path }) => path);
    const picture = pictureOf({
      taker,
      densities,
      diagnosis,
      paths,
      hosts,
      limits: options.limits ?? PICTURE_LIMITS,
    });
    const cited = diagnosis.findings.flatMap(({ evidence }) => evidence);
    return {
      report,
      picture,
      ladders: laddersOf(diagnosis, taker.matched, taker.ways, paths),
      contexts: await contextsOf(surveyed, cited, paths, toolbox),
    };
  } finally {
    found.close();
  }
}
