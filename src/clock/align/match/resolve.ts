import { type Alignment, pieceAt } from "../solution.js";
import type { Candidate } from "./agreement.js";
import type { DecidedPair } from "./decide.js";
import type { Sighting } from "./sighting.js";

/** About where a sighting lies on the reference clock, µs. */
interface Reach {
  lo: number;
  hi: number;
}

/** Keys with more sightings than these are left open. */
const FEW = 16;

/** Two sightings are of one sending if they are nearer than this part of the time from one sending to the next. */
const NEAR = 0.25;

/**
 * The open keys of a pair whose sightings the bounds found so far leave only one way to put together: each sighting of the side
 * that has fewer lies near one of the other side, compared with how far a source's own sightings are apart. That there is no
 * other it could be does not suffice: the right one may have been missed.
 *
 * @returns candidates by key; what is told is no longer open
 */
export function resolveOpen(pair: DecidedPair, a: Alignment, b: Alignment): Candidate[] {
  const told: Candidate[] = [];
  pair.open = pair.open.filter((key) => {
    const shared = pair.keys[key]!;
    if ((a.placed ?? b.placed) && !Number.isFinite(shared.identity.again)) return true;
    const found = oneWay(
      shared.a.map((sighting) => reachOf(sighting, a)),
      shared.b.map((sighting) => reachOf(sighting, b)),
    );
    for (const [i, j] of found) told.push({ key, a: shared.a[i]!, b: shared.b[j]! });
    return found.length === 0;
  });
  return told;
}

/** Pairs of indexes; empty when there is more than one way, or none. */
function oneWay(as: readonly Reach[], bs: readonly Reach[]): [number, number][] {
  if (as.length > FEW || bs.length > FEW) return [];
  const near = NEAR * Math.min(leastDistance(as), leastDistance(bs));
  const ways: [number, number][] = [];
  for (const [i, x] of as.entries())
    for (const [j, y] of bs.entries())
      if (Math.max(x.hi, y.hi) - Math.min(x.lo, y.lo) <= near) ways.push([i, j]);
  const fewer = Math.min(as.length, bs.length);
  const isOneToOne =
    ways.length === fewer &&
    new Set(ways.map(([i]) => i)).size === fewer &&
    new Set(ways.map(([, j]) => j)).size === fewer;
  return isOneToOne ? ways : [];
}

/** From one of a source's sightings to the next, at least; infinite when there is only one. */
function leastDistance(reaches: readonly Reach[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [i, { lo }] of reaches.slice(1).entries()) least = Math.min(least, lo - reaches[i]!.hi);
  return Math.max(0, least);
}

/** A window that is open on one side begins or ends at what was seen. */
function reachOf({ lo, hi }: Sighting, { pieces, placed }: Alignment): Reach {
  const [from, to] = [Number.isFinite(lo) ? lo : hi, Number.isFinite(hi) ? hi : lo];
  if (placed) return { lo: placed.interval(from).earliest, hi: placed.interval(to).latest };
  return {
    lo: from - pieceAt(pieces, from).offsetAt(from).max,
    hi: to - pieceAt(pieces, to).offsetAt(to).min,
  };
}
