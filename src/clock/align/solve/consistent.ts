import type { Agreement } from "./agreement.js";
import { contradictionAt } from "./cycle.js";
import { MAJORITY } from "./moments.js";
import { type Bounds, relax } from "./relax.js";
import type { Constraints, System } from "./system.js";

/** A pair of clocks that is part of so many contradictions is not believed any more. */
const STRIKES = 4;
/** After so many contradictions nothing of the group is believed. */
const MOST_CONTRADICTIONS = 128;

/** What remains of a system once nothing in it contradicts anything else. */
export interface Consistent {
  /** undefined: there was no end of contradictions. */
  bounds: Bounds | undefined;
  /** Constraints that were left out. */
  without: ReadonlySet<number>;
  /** Sets of constraints that cannot all hold, each the smallest. */
  contradictions: number[][];
}

/**
 * Solves a system, leaving out what contradicts itself. Of a set that cannot hold, the pair of clocks whose matches have by far the fewest
 * moments is wrong; where no pair is, the whole set is left out, for any of it may be wrong. Either way what stays cannot be more
 * wrong than before.
 */
export function consistent(
  system: System,
  reference: number,
  constraints: Constraints,
  agreements: readonly Agreement[],
): Consistent {
  const without = new Set<number>();
  const contradictions: number[][] = [];
  const strikes = new Map<number, number>();
  const leaveOutPair = (agreement: number) => {
    for (let e = 0; e < constraints.length; e++) if (constraints.agreement[e] === agreement) without.add(e);
  };
  while (contradictions.length < MOST_CONTRADICTIONS) {
    const { bounds, contradicted } = relax(system, reference, without);
    if (contradicted === undefined) return { bounds, without, contradictions };
    const set = contradictionAt(system, bounds, contradicted);
    contradictions.push(set);
    const pairs = [...new Set(set.map((e) => constraints.agreement[e]!))];
    pairs.sort((p, q) => agreements[p]!.moments - agreements[q]!.moments);
    const [weakest, next] = pairs.map((pair) => agreements[pair]!.moments);
    if (next !== undefined && weakest! * MAJORITY <= next) leaveOutPair(pairs[0]!);
    else {
      for (const e of set) without.add(e);
      for (const pair of pairs) {
        strikes.set(pair, (strikes.get(pair) ?? 0) + 1);
        if (strikes.get(pair) === STRIKES) leaveOutPair(pair);
      }
    }
    if (set.length === 0) break;
  }
  return { bounds: undefined, without, contradictions };
}
