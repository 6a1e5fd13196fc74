import type { Start } from "../decode/segment.js";
import { KeptSegments } from "./cache/kept.js";
import type { RunContext } from "./context.js";
import { type Job, type Plan, type Segment, weightOf } from "./jobs.js";
import { Segments } from "./segments.js";

/** The segments of a file in order. */
export interface Stretches<S extends Segment = Segment> extends AsyncIterable<S> {
  /** Has the first stretch read when somebody has time: it will be asked for soon. */
  prepare(): void;
}

/** A plain file, and how many bytes of it are read. */
interface PlainFile {
  absolute: string;
  bytes: number;
}

/**
 * The segments of a plain file in order, kept by an earlier analysis or read by whoever has time.
 *
 * @param first offset of the first record, in bytes
 */
export function stretchesOf(context: RunContext, file: PlainFile, plan: Plan, first: number): Stretches {
  const { cache, progress } = context;
  if (!cache) return readStretches(context, file, plan, { at: first });
  return new KeptSegments(cache, {
    file: file.absolute,
    how: [plan, first, file.bytes],
    first,
    read: (start) => readStretches(context, file, plan, start),
    spared: progress,
  });
}

function readStretches(
  { executor, ahead, stretchBytes, work, progress, shareable }: RunContext,
  file: PlainFile,
  plan: Plan,
  start: Start,
): Segments<Job, Segment> {
  return new Segments({
    executor,
    start,
    size: file.bytes,
    stretchBytes,
    job: (stretch, sure, open) => ({ file: file.absolute, plan, stretch, sure, ...(open && { open }) }),
    ahead,
    weigh: weightOf,
    taken: ({ begin, end, partial }) => {
      if (!partial) work.stretches++;
      work.bytes += end - begin;
      progress(end - begin);
      shareable(end - begin);
    },
  });
}
