import { EPSILON, RATE } from "./rate.js";
import { type Bounds, before } from "./relax.js";
import type { System } from "./system.js";

/** A bound is followed over at most so many constraints; they go through each clock a few times at most. */
const LONGEST = 4096;

/**
 * A set of constraints that cannot all hold, and can without any one of them: those on a cycle of negative length (Cormen et al.,
 * Introduction to
 * Algorithms, ch. 24.4). Found by following the two bounds of a knot where they contradict each other back to where both come from.
 */
export function contradictionAt(system: System, bounds: Bounds, knot: number): number[] {
  const lower = wayBack(system, bounds.loFrom, false, knot);
  const upper = wayBack(system, bounds.hiFrom, true, knot);
  const loop = lower.loop ?? upper.loop;
  if (loop) return loop;
  const [i, j] = firstMeeting(system, bounds, lower.knots, upper.knots);
  return [...new Set([...lower.constraints.slice(0, i), ...upper.constraints.slice(0, j)])];
}

interface Way {
  /** The knot at the beginning, and those at the far ends of the constraints. */
  knots: number[];
  constraints: number[];
  /** The constraints between two visits of one knot. */
  loop?: number[];
}

function wayBack(system: System, from: Int32Array, upper: boolean, start: number): Way {
  const way: Way = { knots: [start], constraints: [] };
  const passed = new Map([[start, 0]]);
  let at = before(system, from, upper, start);
  while (at && way.constraints.length < LONGEST) {
    if (at.constraint !== undefined) {
      way.constraints.push(at.constraint);
      way.knots.push(at.knot);
    }
    const earlier = passed.get(at.knot);
    if (earlier !== undefined) return { ...way, loop: way.constraints.slice(earlier) };
    passed.set(at.knot, way.constraints.length);
    at = before(system, from, upper, at.knot);
  }
  return way;
}

/**
 * How many constraints of either way are needed: they are cut where both pass one piece so near to each other that drift does not explain
 * the contradiction. At the latest that is at the reference, where both begin.
 */
function firstMeeting(
  { piece, stamps }: System,
  { lo, hi }: Bounds,
  lower: readonly number[],
  upper: readonly number[],
): [number, number] {
  const start = lower[0]!;
  const most = lower.length + upper.length - 2;
  for (let sum = 1; sum < most; sum++) {
    for (let i = Math.max(0, sum - upper.length + 1); i <= Math.min(sum, lower.length - 1); i++) {
      const [l, u] = [lower[i]!, upper[sum - i]!];
      if (piece[l] !== piece[u]) continue;
      const excess = lo[start]! - lo[l]! + hi[u]! - hi[start]!;
      if (excess > RATE * Math.abs(stamps[l]! - stamps[u]!) + EPSILON) return [i, sum - i];
    }
  }
  return [lower.length - 1, upper.length - 1];
}
