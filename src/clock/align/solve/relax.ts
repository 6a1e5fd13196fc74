import { EPSILON, RATE } from "./rate.js";
import type { System } from "./system.js";

/** Where a bound comes from: a constraint (0 and more), a neighbouring knot (its number from -2 downwards), or nothing. */
const NOTHING = -1;
const neighbour = (knot: number) => -2 - knot;

/** Bounds of the corrections at knots, without the shifts, and what each rests on. */
export interface Bounds {
  lo: Float64Array;
  hi: Float64Array;
  loFrom: Int32Array;
  hiFrom: Int32Array;
}

/** One turn in this many for each piece: systems that hold together settle after a few. */
const TURNS = 64;

/**
 * The tightest bounds: shortest paths from the reference, the lower ones from it and the upper ones to it (difference
 * constraints: Bellman, "On a
 * routing problem", 1958; Cormen et al., Introduction to Algorithms, ch. 24.4). Relaxed piece by piece: along its knots forwards
 * and backwards, and then
 * over the constraints that leave it; only pieces where something changed are looked at again.
 *
 * @param without constraints that are left out
 * @returns the bounds, and a knot where they contradict each other: its lower bound is above the upper one, or rests on itself
 */
export function relax(
  system: System,
  reference: number,
  without: ReadonlySet<number>,
): { bounds: Bounds; contradicted: number | undefined } {
  const { first, stamps, piece, x, y, least, firstOf, touching } = system;
  const knots = stamps.length;
  const pieces = first.length - 1;
  const lo = new Float64Array(knots).fill(Number.NEGATIVE_INFINITY);
  const hi = new Float64Array(knots).fill(Number.POSITIVE_INFINITY);
  const loFrom = new Int32Array(knots).fill(NOTHING);
  const hiFrom = new Int32Array(knots).fill(NOTHING);
  const bounds = { lo, hi, loFrom, hiFrom };
  lo.fill(0, first[reference], first[reference + 1]);
  hi.fill(0, first[reference], first[reference + 1]);

  /** Takes over what knot `from` says of its neighbour. */
  const step = (from: number, to: number) => {
    const drift = RATE * Math.abs(stamps[to]! - stamps[from]!);
    if (lo[from]! - drift > lo[to]! + EPSILON) {
      lo[to] = lo[from]! - drift;
      loFrom[to] = neighbour(from);
    }
    if (hi[from]! + drift < hi[to]! - EPSILON) {
      hi[to] = hi[from]! + drift;
      hiFrom[to] = neighbour(from);
    }
  };

  const queue: number[] = [reference];
  const queued = new Uint8Array(pieces);
  const changed = (knot: number) => {
    const p = piece[knot]!;
    if (queued[p]) return;
    queued[p] = 1;
    queue.push(p);
  };
  for (let turn = 0; turn < queue.length; turn++) {
    const p = queue[turn]!;
    queued[p] = 0;
    const [from, to] = [first[p]!, first[p + 1]!];
    if (turn > TURNS * pieces) return { bounds, contradicted: restingOnItself(system, bounds) };
    if (p !== reference) {
      for (let knot = from + 1; knot < to; knot++) step(knot - 1, knot);
      for (let knot = to - 2; knot >= from; knot--) step(knot + 1, knot);
      for (let knot = from; knot < to; knot++)
        if (lo[knot]! > hi[knot]! + EPSILON) return { bounds, contradicted: knot };
    }
    for (let n = firstOf[p]!; n < firstOf[p + 1]!; n++) {
      const e = touching[n]!;
      if (without.has(e)) continue;
      const [early, late] = [x[e]!, y[e]!];
      if (lo[early]! + least[e]! > lo[late]! + EPSILON) {
        lo[late] = lo[early]! + least[e]!;
        loFrom[late] = e;
        if (lo[late]! > hi[late]! + EPSILON) return { bounds, contradicted: late };
        changed(late);
      }
      if (hi[late]! - least[e]! < hi[early]! - EPSILON) {
        hi[early] = hi[late]! - least[e]!;
        hiFrom[early] = e;
        if (lo[early]! > hi[early]! + EPSILON) return { bounds, contradicted: early };
        changed(early);
      }
    }
  }
  return { bounds, contradicted: undefined };
}

/** The knot that a bound rests on, and the constraint between, if it is not just the neighbour. */
export function before(
  { x, y }: System,
  from: Int32Array,
  upper: boolean,
  knot: number,
): { knot: number; constraint: number | undefined } | undefined {
  const way = from[knot]!;
  if (way === NOTHING) return undefined;
  if (way < NOTHING) return { knot: -2 - way, constraint: undefined };
  return { knot: (upper ? y : x)[way]!, constraint: way };
}

/** A knot whose bound rests on itself (bounds of one side only grow for ever), found by following each bound back; linear. */
function restingOnItself(system: System, { loFrom, hiFrom }: Bounds): number | undefined {
  for (const from of [loFrom, hiFrom]) {
    const seen = new Int32Array(from.length).fill(-1);
    for (let start = 0; start < from.length; start++) {
      let knot: number | undefined = start;
      while (knot !== undefined && seen[knot] === -1) {
        seen[knot] = start;
        knot = before(system, from, from === hiFrom, knot)?.knot;
      }
      if (knot !== undefined && seen[knot] === start) return knot;
    }
  }
  return undefined;
}
