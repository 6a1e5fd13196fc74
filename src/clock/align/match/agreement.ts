import { timeOf } from "./shared.js";
import type { Sighting } from "./sighting.js";

/** No two clocks drift apart faster than this: each is slewed by at most 500 ppm, adjtimex(2). */
export const DRIFT_APART = 1000e-6;

/** Two sightings that are taken for one happening; the key is the place of what they share in its list. */
export interface Candidate {
  key: number;
  a: Sighting;
  b: Sighting;
}

/** c(b) - c(a) as a match of two stamped clocks bounds it, µs. */
export const lowOf = ({ a, b }: Candidate): number => a.lo - b.hi;
export const highOf = ({ a, b }: Candidate): number => a.hi - b.lo;

/** Candidates that have a common offset, and how many keys of these there are; `rival`: as many keys have another offset. */
export interface Agreement {
  candidates: Candidate[];
  keys: number;
  rival: number;
}

/**
 * The offset on which most keys agree, by sweeping over the ends of what each candidate allows, widened by the drift
 * between its time and the middle. O(n log n).
 */
export function agreementOf(candidates: readonly Candidate[]): Agreement {
  const times = candidates.map(({ a }) => timeOf(a));
  const middle = (Math.min(...extremes(times)) + Math.max(...extremes(times))) / 2;
  const ends: { at: number; opens: boolean; index: number }[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const slack = DRIFT_APART * Math.abs(times[index]! - middle);
    ends.push({ at: lowOf(candidate) - slack, opens: true, index });
    ends.push({ at: highOf(candidate) + slack, opens: false, index });
  }
  // Ends are included: at one place, what begins there comes before what ends there.
  ends.sort((x, y) => (x.at === y.at ? Number(y.opens) - Number(x.opens) : x.at < y.at ? -1 : 1));
  const { from, to, keys } = densest(ends, candidates);
  const agreeing = candidates.filter((_, index) => {
    const slack = DRIFT_APART * Math.abs(times[index]! - middle);
    return lowOf(candidates[index]!) - slack <= from && highOf(candidates[index]!) + slack >= to;
  });
  const within = new Set(agreeing);
  const others = ends.filter(({ index }) => !within.has(candidates[index]!));
  return { candidates: agreeing, keys, rival: densest(others, candidates).keys };
}

/** The stretch between two neighbouring ends that most keys allow; the first of several. */
function densest(
  ends: readonly { at: number; opens: boolean; index: number }[],
  candidates: readonly Candidate[],
): { from: number; to: number; keys: number } {
  const open = new Map<number, number>();
  let best = { from: 0, to: 0, keys: 0 };
  for (const [i, { at, opens, index }] of ends.entries()) {
    const { key } = candidates[index]!;
    const count = (open.get(key) ?? 0) + (opens ? 1 : -1);
    if (count === 0) open.delete(key);
    else open.set(key, count);
    if (opens && open.size > best.keys) best = { from: at, to: ends[i + 1]!.at, keys: open.size };
  }
  return best;
}

/** Smallest and largest, for lists that are too long to be spread. */
export function extremes(values: readonly number[]): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
