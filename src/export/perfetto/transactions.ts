import type { Bar } from "../../report/study.js";
import { microseconds, type TraceEvent, type Tracks } from "./track.js";

/** Transactions stand above the single events of their source. */
const SORT_INDEX = 0;

/**
 * Transactions as slices in their source's process, on tracks by kind: those that overlap on several ones, since slices of one track must
 * nest.
 *
 * @param bars ordered by their beginnings
 * @param processOf the process of a source
 */
export function transactionSlices(
  bars: readonly Bar[],
  tracks: Tracks,
  processOf: (source: string) => number,
): TraceEvent[] {
  /** When the last slice of each track ends, by source and kind. */
  const ends = new Map<string, number[]>();
  const slices = bars.map((bar): TraceEvent => {
    const { source, line, action, label, outcome, from, to, entities, findingIds } = bar;
    const start = from.earliest;
    const end = Math.max(start, to.earliest);
    const place = JSON.stringify([source, action]);
    if (!ends.has(place)) ends.set(place, []);
    const lanes = ends.get(place)!;
    const free = lanes.findIndex((last) => last <= start);
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = end;
    const pid = processOf(source);
    return {
      name: label === "" ? action : label,
      cat: action,
      ph: "X",
      ts: microseconds(start),
      dur: microseconds(end - start),
      pid,
      tid: tracks.thread(pid, action, SORT_INDEX, `${action}/${lane}`),
      args: {
        action,
        outcome,
        ...entities,
        record: `${source}:${line}`,
        findings: findingIds,
        ...(from.latest > from.earliest && { begun_within_us: microseconds(from.latest - from.earliest) }),
        ...(to.latest > to.earliest && { ended_within_us: microseconds(to.latest - to.earliest) }),
      },
    };
  });
  return [...tracks.news(), ...slices];
}
