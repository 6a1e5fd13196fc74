import { MaxHeap } from "./heap.js";
import type { Sight } from "./lines.js";
import { EPSILON } from "./rate.js";

/**
 * Takes out pairs of sights that run backwards in file order until none is left: what is certainly over before another begins cannot be later. As with
 * stamped clocks, which of the two is wrong need not be known.
 *
 * @returns the contradicting pairs, the earlier in the file first
 */
export function backwardPairs(sights: readonly Sight[]): [Sight, Sight][] {
  /** At a line, what is over comes before what begins. */
  const events = sights
    .flatMap((sight) => [
      { line: sight.to, begins: 0, sight },
      { line: sight.from, begins: 1, sight },
    ])
    .sort((p, q) => p.line - q.line || p.begins - q.begins || p.sight.row - q.sight.row);
  const over = new MaxHeap();
  const sightsOver: Sight[] = [];
  const gone = new Set<Sight>();
  const pairs: [Sight, Sight][] = [];
  for (const { begins, sight } of events) {
    if (gone.has(sight)) continue;
    if (begins === 0) {
      over.push(sight.earliest, sightsOver.length);
      sightsOver.push(sight);
      continue;
    }
    while (over.top >= 0 && gone.has(sightsOver[over.top]!)) over.pop();
    if (over.key <= sight.latest + EPSILON) continue;
    const earlier = sightsOver[over.top]!;
    pairs.push([earlier, sight]);
    gone.add(earlier).add(sight);
  }
  return pairs;
}
