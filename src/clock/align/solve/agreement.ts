import type { MatchTable } from "../match.js";
import { MAJORITY, momentsOf } from "./moments.js";
import type { Pair } from "./pairs.js";
import { agrees, type Quarrels, quarrelsOf } from "./quarrels.js";
import { EPSILON, RATE } from "./rate.js";
import { stepIn } from "./step.js";
import { type Track, trackOf } from "./track.js";

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
  if (byA.sure && byA.stretches.length === 1) return byA;
  const byB = judged(pair, trackOf(pair, matches, true));
  const inOrder = [byA, byB].filter((agreement) => inFileOrder(agreement, matches));
  if (inOrder.length === 1) return inOrder[0]!;
  const best = keptBy(byB) > keptBy(byA) ? byB : byA;
  return inOrder.length > 0 ? best : { ...best, sure: false };
}

/**
 * Files are written in the order of time: what comes before a step by the stamps of one clock must not come behind it in the
 * files. Then the clock
 * that was set back is the other one.
 */
function inFileOrder({ track, stretches }: Agreement, matches: MatchTable): boolean {
  const middles = stretches
    .filter(({ length }) => length > 0)
    .map((stretch) => matches.at(track.rows[stretch[stretch.length >> 1]!]!));
  return middles.every((match, i) => {
    const next = middles[i + 1];
    return !next || (match.aRecord.line <= next.aRecord.line && match.bRecord.line <= next.bRecord.line);
  });
}

const keptBy = ({ stretches }: Agreement): number => stretches.reduce((sum, { length }) => sum + length, 0);

function judged(pair: Pair, track: Track): Agreement {
  const all = new Uint32Array(track.rows.length);
  for (let i = 0; i < all.length; i++) all[i] = i;
  const verdict: Agreement = {
    pair,
    track,
    stretches: [],
    moments: 0,
    sure: true,
    quarrel: undefined,
    leftOut: 0,
  };
  if (agrees(track, 0, all.length)) return { ...verdict, stretches: [all], moments: momentsOf(track, all) };
  judge(track, all, verdict);
  return verdict;
}

/** Adds up what is found of some matches of a pair, and of those on either side of a step in turn. */
function judge(track: Track, indexes: Uint32Array, verdict: Agreement): void {
  const quarrels = quarrelsOf(track, indexes);
  if (quarrels.first.length > 0) verdict.quarrel ??= [quarrels.first[0]!, quarrels.second[0]!];
  const step = verdict.stretches.length < MOST_STEPS ? stepIn(track, indexes, quarrels) : undefined;
  if (step) {
    judge(track, indexes.subarray(0, step.before), verdict);
    judge(track, indexes.subarray(step.after), verdict);
    return;
  }
  const kept = keptOf(track, indexes, quarrels);
  const out = missing(indexes, kept);
  const moments = momentsOf(track, kept);
  verdict.stretches.push(kept);
  verdict.leftOut += out.length;
  verdict.moments += moments;
  verdict.sure &&= moments >= MAJORITY * momentsOf(track, out);
}

/** What the second of two ascending lists has not got of the first. */
function missing(all: Uint32Array, some: Uint32Array): number[] {
  const out: number[] = [];
  let next = 0;
  for (const one of all) {
    if (some[next] === one) next++;
    else out.push(one);
  }
  return out;
}

/** All that no quarrel took out, and of those that were taken out the ones that only one of them contradicts. */
function keptOf(track: Track, indexes: Uint32Array, { first, gone }: Quarrels): Uint32Array {
  if (first.length === 0) return indexes;
  const fitting = fitsWith(track, indexes, gone);
  const candidates = indexes.filter((_, n) => fitting[n] === 1);
  const again = quarrelsOf(track, candidates);
  return again.first.length === 0 ? candidates : candidates.filter((i) => again.gone[i] === 0);
}

/** For each match whether it agrees with all that are not gone: what these say, from the left and from the right. */
function fitsWith({ at, low, high }: Track, indexes: Uint32Array, gone: Uint8Array): Uint8Array {
  const fits = new Uint8Array(indexes.length).fill(1);
  for (const backwards of [false, true]) {
    let least = Number.NEGATIVE_INFINITY;
    let most = Number.POSITIVE_INFINITY;
    for (let step = 0; step < indexes.length; step++) {
      const n = backwards ? indexes.length - 1 - step : step;
      const i = indexes[n]!;
      const drift = RATE * (backwards ? -at[i]! : at[i]!);
      if (low[i]! - drift > most + EPSILON || high[i]! + drift < least - EPSILON) fits[n] = 0;
      if (gone[i]) continue;
      if (low[i]! + drift > least) least = low[i]! + drift;
      if (high[i]! - drift < most) most = high[i]! - drift;
    }
  }
  return fits;
}
