import { MAJORITY, momentsOf } from "./moments.js";
import { type Quarrels, quarrelsOf } from "./quarrels.js";
import type { Track } from "./track.js";

/** So many separate moments on either side have to contradict the other side: fewer are taken for wrong matches. */
const STEP_MOMENTS = 3;

/**
 * Where a stretch of a track falls into two that agree within themselves and not with each other. Contradictions among the first
 * k and among
 * the others are counted for every k, by going once forwards and once backwards; the least sum is the place of the step.
 *
 * @param forward the quarrels of `indexes`
 * @returns how many of the indexes are certainly before it, and from which on they are after it: what agrees with both sides
 * belongs to neither.
 * undefined: contradictions are no step's
 */
export function stepIn(
  track: Track,
  indexes: Uint32Array,
  forward: Quarrels,
): { before: number; after: number } | undefined {
  const count = indexes.length;
  if (forward.first.length < STEP_MOMENTS) return undefined;
  const backward = quarrelsOf(track, indexes, true);
  const sum = (k: number) => forward.upTo[k]! + backward.upTo[count - k]!;
  let before = 0;
  let after = 0;
  for (let k = 1; k < count; k++) {
    if (before === 0 || sum(k) < sum(before)) before = k;
    if (sum(k) <= sum(before)) after = k;
  }
  // With many contradictions left on either side, it is no step but noise.
  if (2 * sum(before) * MAJORITY > count) return undefined;
  const lastBefore = indexes[before - 1]!;
  const firstAfter = indexes[after]!;
  const early: number[] = [];
  const late: number[] = [];
  for (const [n, first] of forward.first.entries()) {
    const second = forward.second[n]!;
    if (first > lastBefore || second < firstAfter) continue;
    early.push(first);
    late.push(second);
  }
  const ascending = (i: number, j: number) => i - j;
  const moments = Math.min(momentsOf(track, early.sort(ascending)), momentsOf(track, late.sort(ascending)));
  return moments >= STEP_MOMENTS ? { before, after } : undefined;
}
