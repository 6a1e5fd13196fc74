import type { MatchTable } from "../match.js";
import type { Agreement } from "./agreement.js";
import { RATE } from "./rate.js";
import type { Track } from "./track.js";

/** What is said of the step of one clock. */
export interface Jump {
  clock: number;
  /**
   * Its last own stamp that was certainly before, and the first that was certainly after, µs: the later of the two may come
   * first, when it was set
   * back.
   */
  after: number;
  before: number;
  /** What its offset changed by, µs. */
  by: Range;
}

export interface Range {
  min: number;
  max: number;
}

/** A place in the time of two clocks where what their matches say changes: the one jumped, or the other. */
export interface Split {
  /** Place of the agreement, and of its last stretch before the jump. */
  agreement: number;
  stretch: number;
  either: readonly [Jump, Jump];
}

/** The places where stretches of an agreement meet. */
export function splitsOf(agreement: Agreement, place: number, matches: MatchTable): Split[] {
  const { pair, track, stretches } = agreement;
  return stretches.slice(1).map((now, stretch) => {
    const old = stretches[stretch]!;
    const at = track.at[now[0]!]!;
    const change = changeOf(valueAt(track, old, at), valueAt(track, now, at));
    const jumpOf = (clock: number): Jump => ({
      clock,
      after: lastBegin(agreement, old, clock, matches),
      before: firstEnd(agreement, now, clock, matches),
      by: offsetChange(agreement, clock, change),
    });
    return { agreement: place, stretch, either: [jumpOf(pair.a), jumpOf(pair.b)] };
  });
}

/**
 * Whether two clocks held together while one of them is said to have jumped: what their matches say before and after excludes it.
 * A clock with which
 * only one side is bounded may not show it.
 */
export function excludes(
  agreement: Agreement,
  { clock, after, before, by }: Jump,
  matches: MatchTable,
): boolean {
  const { track, stretches } = agreement;
  const [lo, hi] = windowsOf(agreement, clock, matches);
  const [first, last] = [Math.min(after, before), Math.max(after, before)];
  return stretches.some((stretch) => {
    const old = stretch.filter((i) => hi[track.rows[i]!]! <= first);
    const now = stretch.filter((i) => lo[track.rows[i]!]! >= last);
    if (old.length === 0 || now.length === 0) return false;
    const at = track.at[now[0]!]!;
    const change = changeOf(valueAt(track, old, at), valueAt(track, now, at));
    const { min, max } = offsetChange(agreement, clock, change);
    return by.max < min || by.min > max;
  });
}

/** The places where a pair's matches end, or begin, with some that contradict the others: wrong ones, or too few to show a step. */
export function frayedEnds(agreement: Agreement, place: number, matches: MatchTable): Split[] {
  const { pair, track, stretches } = agreement;
  const ends: Split[] = [];
  const first = stretches[0]!;
  const last = stretches.at(-1)!;
  const add = (kept: Uint32Array, out: Uint32Array, outIsNow: boolean) => {
    if (out.length === 0) return;
    const [old, now] = outIsNow ? [kept, out] : [out, kept];
    const change = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
    for (const i of out) {
      const here = valueAt(track, kept, track.at[i]!);
      const there = valueAt(track, Uint32Array.of(i), track.at[i]!);
      const one = outIsNow ? changeOf(here, there) : changeOf(there, here);
      change.min = Math.min(change.min, one.min);
      change.max = Math.max(change.max, one.max);
    }
    const jumpOf = (clock: number): Jump => ({
      clock,
      after: lastBegin(agreement, old, clock, matches),
      before: firstEnd(agreement, now, clock, matches),
      by: offsetChange(agreement, clock, change),
    });
    ends.push({
      agreement: place,
      stretch: outIsNow ? stretches.length - 1 : -1,
      either: [jumpOf(pair.a), jumpOf(pair.b)],
    });
  };
  const places = (from: number, to: number) =>
    Uint32Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
  add(first, places(0, first[0]!), false);
  add(last, places(last.at(-1)! + 1, track.rows.length), true);
  return ends;
}

/** What matches say of D at a place in their track. */
function valueAt({ at, low, high }: Track, indexes: Uint32Array, place: number): Range {
  const value = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
  for (const i of indexes) {
    const drift = RATE * Math.abs(at[i]! - place);
    value.min = Math.max(value.min, low[i]! - drift);
    value.max = Math.min(value.max, high[i]! + drift);
  }
  return value;
}

const changeOf = (old: Range, now: Range): Range => ({ min: now.min - old.max, max: now.max - old.min });

/** D = c(b) - c(a) grows when a comes to be further ahead, or b further behind. */
const offsetChange = ({ pair }: Agreement, clock: number, change: Range): Range =>
  clock === pair.a ? change : { min: -change.max, max: -change.min };

function windowsOf({ pair }: Agreement, clock: number, matches: MatchTable): [Float64Array, Float64Array] {
  return clock === pair.a ? [matches.aLo, matches.aHi] : [matches.bLo, matches.bHi];
}

/** The latest begin of a window: an end that is open is no stamp. */
function lastBegin(agreement: Agreement, stretch: Uint32Array, clock: number, matches: MatchTable): number {
  const [lo, hi] = windowsOf(agreement, clock, matches);
  let last = Number.NEGATIVE_INFINITY;
  for (const i of stretch) {
    const row = agreement.track.rows[i]!;
    last = Math.max(last, Number.isFinite(lo[row]!) ? lo[row]! : hi[row]!);
  }
  return last;
}

/** The earliest end of a window. */
function firstEnd(agreement: Agreement, stretch: Uint32Array, clock: number, matches: MatchTable): number {
  const [lo, hi] = windowsOf(agreement, clock, matches);
  let first = Number.POSITIVE_INFINITY;
  for (const i of stretch) {
    const row = agreement.track.rows[i]!;
    first = Math.min(first, Number.isFinite(hi[row]!) ? hi[row]! : lo[row]!);
  }
  return first;
}
