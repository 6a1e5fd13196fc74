import type { MatchTable } from "../match.js";
import { momentsOf } from "./moments.js";
import type { Pair } from "./pairs.js";
import { agrees, type Quarrels, quarrelsOf } from "./quarrels.js";
import { EPSILON, RATE } from "./rate.js";
import { stepIn } from "./step.js";
import { type Track, trackOf } from "./track.js";

/** Those that agree must be so many times as many moments as those that contradict them; else nobody can tell which are right. */
export const MAJORITY = 4;

/** A clock is not stepped more often while it is watched: what looks like it is noise. */
const MOST_STEPS = 7;

/** What the matches of two clocks amount to. */
export interface Agreement {
  pair: Pair;
  track: Track;
  /** Places in the track of those that hold together, ascending: one list, and one more after each step of either clock. */
  stretches: Uint32Array[];
  /** Moments that support it. */
  moments: number;
  /** Are those that were left out few enough for the others to be believed? */
  sure: boolean;
  /** Two matches (places in the track) that contradict each other, the earlier one first; undefined: none do. */
  quarrel: readonly [number, number] | undefined;
  /** How many matches were left out for contradicting others. */
  leftOut: number;
}

/**
 * Tells the matches of two clocks that hold together from isolated wrong ones and from those before or after a step.
 * O(n log n), and linear where all agree.
 */
export function agreementOf(pair: Pair, matches: MatchTable): Agreement {
  const byA = judged(pair, trackOf(pair, matches, false));
  if (byA.leftOut === 0 && byA.stretches.length === 1) return byA;
  const byB = judged(pair, trackOf(pair, matches, true));
  return keptBy(byB) > keptBy(byA) ? byB : byA;
}

const keptBy = ({ stretches }: Agreement): number => stretches.reduce((sum, { length }) => sum + length, 0);

function judged(pair: Pair, track: Track): Agreement {
  const all = Uint32Array.from(track.rows.keys());
  const agreement = { pair, track, quarrel: undefined, leftOut: 0 };
  if (agrees(track, 0, all.length))
    return { ...agreement, stretches: [all], moments: momentsOf(track, all), sure: true };
  const judgement: Judgement = { stretches: [], leftOut: 0, moments: 0, sure: true };
  judge(track, all, judgement);
  const { first, second } = quarrelsOf(track, all);
  return { ...agreement, ...judgement, quarrel: [first[0]!, second[0]!] };
}

interface Judgement {
  stretches: Uint32Array[];
  leftOut: number;
  moments: number;
  sure: boolean;
}

function judge(track: Track, indexes: Uint32Array, judgement: Judgement): void {
  const quarrels = quarrelsOf(track, indexes);
  const step = judgement.stretches.length < MOST_STEPS ? stepIn(track, indexes, quarrels) : undefined;
  if (step) {
    judge(track, indexes.subarray(0, step.before), judgement);
    judge(track, indexes.subarray(step.after), judgement);
    return;
  }
  const kept = keptOf(track, indexes, quarrels);
  const within = new Set(kept);
  const out = indexes.filter((i) => !within.has(i));
  const moments = momentsOf(track, kept);
  judgement.stretches.push(kept);
  judgement.leftOut += out.length;
  judgement.moments += moments;
  judgement.sure &&= moments >= MAJORITY * momentsOf(track, out);
}

/** All that no quarrel took out, and of those that were taken out the ones that only one of them contradicts. */
function keptOf(track: Track, indexes: Uint32Array, { first, second }: Quarrels): Uint32Array {
  const gone = new Set([...first, ...second]);
  if (gone.size === 0) return indexes;
  const fitting = fitsWith(track, indexes, gone);
  const candidates = indexes.filter((_, n) => fitting[n] === 1);
  const again = quarrelsOf(track, candidates);
  const out = new Set([...again.first, ...again.second]);
  return candidates.filter((i) => !out.has(i));
}

/** For each match whether it agrees with all that are not gone: what these say, from the left and from the right. */
function fitsWith({ at, low, high }: Track, indexes: Uint32Array, gone: ReadonlySet<number>): Uint8Array {
  const fits = new Uint8Array(indexes.length).fill(1);
  for (const backwards of [false, true]) {
    let least = Number.NEGATIVE_INFINITY;
    let most = Number.POSITIVE_INFINITY;
    for (let step = 0; step < indexes.length; step++) {
      const n = backwards ? indexes.length - 1 - step : step;
      const i = indexes[n]!;
      const drift = RATE * (backwards ? -at[i]! : at[i]!);
      if (low[i]! - drift > most + EPSILON || high[i]! + drift < least - EPSILON) fits[n] = 0;
      if (gone.has(i)) continue;
      if (low[i]! + drift > least) least = low[i]! + drift;
      if (high[i]! - drift < most) most = high[i]! - drift;
    }
  }
  return fits;
}
