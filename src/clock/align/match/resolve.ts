import { type Alignment, pieceAt } from "../solution.js";
import type { Candidate } from "./agreement.js";
import type { DecidedPair } from "./decide.js";
import type { Sighting } from "./sighting.js";

/** Where a sighting can lie on the reference clock, µs. */
interface Reach {
  lo: number;
  hi: number;
}

/** Keys with more sightings than these are left open. */
const FEW = 16;

/**
 * The open keys of a pair whose sightings the bounds found so far leave only one way to put together: each sighting of the side
 * that has fewer can be only one of the other side, and that one no other.
 *
 * @returns candidates by key; what is told is no longer open
 */
export function resolveOpen(pair: DecidedPair, a: Alignment, b: Alignment): Candidate[] {
  const told: Candidate[] = [];
  pair.open = pair.open.filter((key) => {
    const shared = pair.keys[key]!;
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
  const ways: [number, number][] = [];
  for (const [i, x] of as.entries())
    for (const [j, y] of bs.entries()) if (x.lo <= y.hi && y.lo <= x.hi) ways.push([i, j]);
  const fewer = Math.min(as.length, bs.length);
  const isOneToOne =
    ways.length === fewer &&
    new Set(ways.map(([i]) => i)).size === fewer &&
    new Set(ways.map(([, j]) => j)).size === fewer;
  return isOneToOne ? ways : [];
}

function reachOf({ lo, hi }: Sighting, { pieces, placed }: Alignment): Reach {
  if (placed) return { lo: placed.interval(lo).earliest, hi: placed.interval(hi).latest };
  return {
    lo: Number.isFinite(lo) ? lo - pieceAt(pieces, lo).offsetAt(lo).max : lo,
    hi: Number.isFinite(hi) ? hi - pieceAt(pieces, hi).offsetAt(hi).min : hi,
  };
}
