import { inferClocks } from "../clock/infer.js";
import type { Inferred } from "../clock/inferred.js";
import type { Event } from "../model/event.js";
import type { Problem, Source } from "../model/source.js";
import { merge } from "../timeline/merge.js";
import { aligned } from "./align/index.js";
import type { AnalyzeOptions } from "./analyze-options.js";
import { contextOf } from "./context.js";
import { archiveSources, type Evidence, findFiles } from "./found.js";
import { observations } from "./hosts.js";
import { islandsOf } from "./islands.js";
import { outside } from "./judge.js";
import { readSource } from "./read.js";
import { type Surveyed, survey, toolboxOf } from "./survey.js";

/** What the stream of all records takes. */
export interface StreamOptions extends Omit<AnalyzeOptions, "rules" | "prefilter" | "jobs" | "stats"> {
  /** Only sources that this accepts, by their path. */
  source?: (path: string) => boolean;
}

/** Some events of the one order, each with its record's text under `event.original` where it has one. */
export interface EventBatch {
  events: readonly Event[];
  /** The source with this number: {@link Event.source}. */
  sourceOf: (id: number) => Source;
  /** The clock of the source with this number. */
  clockOf: (id: number) => Inferred["clock"];
}

/**
 * All records of all sources in one order, streaming: those on the common clock first, then each group of sources whose date is
 * unknown, then those without any time. Nothing is judged, and nothing but what lies outside of the window is left out.
 *
 * @returns the problems met, complete when the generator is done
 */
export async function* eventStream(
  evidence: readonly Evidence[],
  options: StreamOptions,
): AsyncGenerator<EventBatch, Problem[]> {
  const found = await findFiles(evidence, options.tmp, options.signal);
  try {
    const { files, archives, problems } = found;
    const toolbox = toolboxOf(options.grammars);
    const surveyed: Surveyed[] = [];
    for (const [id, file] of files.entries()) surveyed.push(await survey(file, id, toolbox));
    const clocks = inferClocks(observations(surveyed, found.links), options);
    await aligned(surveyed, clocks, { toolbox, wanted: undefined, prefilter: true }, options);
    const total = files.reduce((sum, file) => sum + file.bytes, 0);
    const context = contextOf(
      { toolbox, wanted: undefined, prefilter: false },
      {
        spill: { dir: options.tmp },
        signal: options.signal,
        progress: options.progress && ((bytes: number) => options.progress!(bytes, total)),
      },
    );
    const sourceOf = (id: number) => surveyed[id]!.source;
    const clockOf = (id: number) => clocks.get(id)!.clock;
    for (const island of islandsOf(surveyed, clocks)) {
      const members = island.filter(({ source }) => options.source?.(source.path) ?? true);
      const streams = members.map((member) =>
        readSource(member, { whole: true, clock: clocks.get(member.source.id)!, context }),
      );
      for await (const batch of merge(streams)) {
        options.signal?.throwIfAborted();
        yield { events: batch.filter((event) => !outside(event, options)), sourceOf, clockOf };
      }
    }
    const sources = [...surveyed.map(({ source }) => source), ...archiveSources(archives, surveyed.length)];
    return [...problems, ...sources.flatMap((source) => source.problems)];
  } finally {
    found.close();
  }
}
