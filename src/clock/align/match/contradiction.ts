import { type Candidate, DRIFT_APART, highOf, lowOf } from "./agreement.js";
import type { PairContext } from "./proof.js";
import { timeOf } from "./shared.js";
import type { Sighting } from "./sighting.js";

/** Two candidates that cannot both be right, whatever the clocks did, if there are any among these. */
export function contradictionAmong(
  candidates: readonly Candidate[],
  { aSpan, bSpan }: PairContext,
): readonly [Candidate, Candidate] | undefined {
  if (candidates.length < 2) return undefined;
  return aSpan && bSpan ? apart(candidates) : backward(candidates, aSpan === undefined);
}

/** The two whose offsets are farthest from each other, if drift does not explain it. */
function apart(candidates: readonly Candidate[]): [Candidate, Candidate] | undefined {
  const least = candidates.reduce((x, y) => (highOf(y) < highOf(x) ? y : x));
  const most = candidates.reduce((x, y) => (lowOf(y) > lowOf(x) ? y : x));
  const drift = DRIFT_APART * Math.abs(timeOf(least.a) - timeOf(most.a));
  return lowOf(most) > highOf(least) + drift ? [least, most] : undefined;
}

/** Two of which the one that comes first in the file without stamps certainly happened later. */
function backward(
  candidates: readonly Candidate[],
  aIsUnstamped: boolean,
): [Candidate, Candidate] | undefined {
  const lines = ({ a, b }: Candidate): Sighting => (aIsUnstamped ? a : b);
  const stamps = ({ a, b }: Candidate): Sighting => (aIsUnstamped ? b : a);
  const byBegin = [...candidates].sort((x, y) => lines(x).lo - lines(y).lo);
  const byEnd = [...candidates].sort((x, y) => lines(x).hi - lines(y).hi);
  let over = 0;
  let latest: Candidate | undefined;
  for (const candidate of byBegin) {
    for (; over < byEnd.length && lines(byEnd[over]!).hi <= lines(candidate).lo; over++)
      if (!latest || stamps(byEnd[over]!).lo > stamps(latest).lo) latest = byEnd[over]!;
    if (latest && stamps(latest).lo > stamps(candidate).hi) return [latest, candidate];
  }
  return undefined;
}
