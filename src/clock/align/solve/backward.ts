import { MaxHeap } from "./heap.js";
import type { Sight } from "./lines.js";
import { orderOf } from "./order.js";
import { EPSILON } from "./rate.js";

/**
 * Takes out pairs of sights that run backwards in file order until none is left: what is certainly over before another begins
 * cannot be later. As with
 * stamped clocks, which of the two is wrong need not be known. O(n log n).
 *
 * @returns the contradicting pairs, the earlier in the file first
 */
export function backwardPairs(sights: readonly Sight[]): [Sight, Sight][] {
  // At a line, what is over comes before what begins: in this order they are numbered.
  const overs = sights.filter(({ to, earliest }) => Number.isFinite(to) && Number.isFinite(earliest));
  const begins = sights.filter(({ from, latest }) => Number.isFinite(from) && Number.isFinite(latest));
  const lines = new Float64Array(overs.length + begins.length);
  for (const [i, { to }] of overs.entries()) lines[i] = to;
  for (const [i, { from }] of begins.entries()) lines[overs.length + i] = from;
  const over = new MaxHeap();
  const gone = new Set<Sight>();
  const pairs: [Sight, Sight][] = [];
  for (const i of orderOf(lines)) {
    const sight = i < overs.length ? overs[i]! : begins[i - overs.length]!;
    if (gone.has(sight)) continue;
    if (i < overs.length) {
      over.push(sight.earliest, i);
      continue;
    }
    while (over.top >= 0 && gone.has(overs[over.top]!)) over.pop();
    if (over.key <= sight.latest + EPSILON) continue;
    const earlier = overs[over.top]!;
    pairs.push([earlier, sight]);
    gone.add(earlier).add(sight);
  }
  return pairs;
}
