import type { RunContext } from "./context.js";
import { type Job, type Plan, type Segment, weightOf } from "./jobs.js";
import { Segments } from "./segments.js";

/**
 * The segments of a plain file in order, read by whoever has time.
 *
 * @param first offset of the first record, in bytes
 */
export function stretchesOf(
  { executor, ahead, stretchBytes, work, progress }: RunContext,
  file: { absolute: string; bytes: number },
  plan: Plan,
  first: number,
): Segments<Job, Segment> {
  return new Segments({
    executor,
    first,
    size: file.bytes,
    stretchBytes,
    job: (stretch, sure) => ({ file: file.absolute, plan, stretch, sure }),
    ahead,
    weigh: weightOf,
    taken: ({ begin, end }) => {
      work.stretches++;
      work.bytes += end - begin;
      progress(end - begin);
    },
  });
}
