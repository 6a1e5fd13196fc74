import { inferClocks } from "../clock/infer.js";
import { describeFields } from "../decode/packet/describe.js";
import type { Problem } from "../model/source.js";
import type { TimelineLine } from "../report/timeline.js";
import { merge } from "../timeline/merge.js";
import { aligned } from "./align/index.js";
import type { AnalyzeOptions } from "./analyze-options.js";
import { contextOf } from "./context.js";
import { archiveSources, type Found, findFiles } from "./found.js";
import { observations } from "./hosts.js";
import { islandsOf } from "./islands.js";
import { outside } from "./judge.js";
import { readSource } from "./read.js";
import { type Surveyed, survey, toolboxOf } from "./survey.js";

/** What the merged timeline shows. */
export interface TimelineOptions extends Omit<AnalyzeOptions, "rules" | "prefilter" | "jobs" | "stats"> {
  /** Only sources that this accepts, by their path. */
  source?: (path: string) => boolean;
}

/**
 * All records of all sources in one order, streaming: those on the common clock first, then each group of sources whose date is
 * unknown, then those without any time. Nothing is judged.
 *
 * @returns the problems met, complete when the generator is done
 */
export async function* timeline(
  paths: readonly string[],
  options: TimelineOptions,
): AsyncGenerator<TimelineLine[], Problem[]> {
  const found = await findFiles(paths, options.tmp);
  try {
    return yield* linesOf(found, options);
  } finally {
    found.close();
  }
}

async function* linesOf(found: Found, options: TimelineOptions): AsyncGenerator<TimelineLine[], Problem[]> {
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
      progress: options.progress && ((bytes: number) => options.progress!(bytes, total)),
    },
  );
  for (const island of islandsOf(surveyed, clocks)) {
    const members = island.filter(({ source }) => options.source?.(source.path) ?? true);
    const streams = members.map((member) =>
      readSource(member, {
        whole: true,
        clock: clocks.get(member.source.id)!,
        context,
      }),
    );
    for await (const batch of merge(streams)) {
      yield batch
        .filter((event) => !outside(event, options))
        .map(({ time, ns, latest, stamped, source, line, action, fields }) => {
          const original = fields["event.original"];
          return {
            time,
            ns,
            latest,
            stamped,
            line,
            action,
            stamp: clocks.get(source)!.clock.kind,
            source: surveyed[source]!.source.path,
            text: typeof original === "string" ? original : describeFields(action, fields),
          };
        });
    }
  }
  const sources = [...surveyed.map(({ source }) => source), ...archiveSources(archives, surveyed.length)];
  return [...problems, ...sources.flatMap((source) => source.problems)];
}
