import type { Inferred } from "../clock/inferred.js";
import { beginningOf } from "../clock/observed.js";
import type { Batch, BatchStream } from "../timeline/lanes.js";
import type { RunContext } from "./context.js";
import type { Lane } from "./read.js";
import type { Surveyed } from "./survey.js";

/**
 * The sources' batches for the merge, which asks for those that begin first: what it will ask for next is read meanwhile.
 *
 * @param lanes one for each of `sources`, in the same order
 */
export function begunInTime(
  lanes: readonly Lane[],
  sources: readonly Surveyed[],
  clocks: ReadonlyMap<number, Inferred>,
  { executor }: RunContext,
): BatchStream[] {
  const begins = sources.map(({ source: { id, path }, samples, range }) =>
    beginningOf({ source: id, path, samples, range }, clocks.get(id)!),
  );
  const when = (place: number) => begins[place] ?? Number.NEGATIVE_INFINITY;
  const places = [...lanes.keys()].sort((a, b) => (when(a) === when(b) ? a - b : when(a) < when(b) ? -1 : 1));
  const turns = new Map(places.map((place, turn) => [place, turn]));
  async function* begun(place: number): AsyncGenerator<Batch> {
    const turn = turns.get(place)! + 1;
    for (const next of places.slice(turn, turn + executor.width)) lanes[next]!.prepare();
    yield* lanes[place]!.batches;
  }
  return lanes.map((_, place) => Object.assign(begun(place), { begins: begins[place] }));
}
