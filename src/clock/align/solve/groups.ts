import type { MatchTable } from "../match.js";
import type { SolvedClock } from "../solution.js";
import type { Agreement } from "./agreement.js";

/** Two clocks of one host, or kept by NTP, agree better than this, µs. */
const SAME = 250_000;
/** Windows that are wider than this are all alike, µs. */
const WIDE = 10e6;
/** So many matches of a pair of clocks, evenly taken, tell how wide the windows are. */
const SAMPLE = 256;

/** Clocks that agreements link, directly or over others. */
export interface Group {
  /** Ascending. */
  clocks: number[];
  /** Places of the agreements among them. */
  agreements: number[];
  /** The clock that the others are told in. */
  reference: number;
}

/**
 * @param agreements of clocks with stamps, those that are believed
 * @param wanted references that somebody chose: of each group the first that is in it
 */
export function groupsOf(
  clocks: readonly SolvedClock[],
  agreements: readonly Agreement[],
  matches: MatchTable,
  wanted: readonly number[],
): Group[] {
  const parent = clocks.map((_, clock) => clock);
  const find = (clock: number): number => {
    let root = clock;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
    return root;
  };
  for (const { pair } of agreements) {
    const [a, b] = [find(pair.a), find(pair.b)];
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const members = new Map<number, { clocks: number[]; agreements: number[] }>();
  for (const [place, { pair }] of agreements.entries()) {
    const group = members.get(find(pair.a)) ?? { clocks: [], agreements: [] };
    members.set(find(pair.a), group);
    group.agreements.push(place);
  }
  for (const clock of clocks.keys()) members.get(find(clock))?.clocks.push(clock);
  const merits = meritsOf(clocks, agreements, matches);
  return [...members.values()].map((group) => ({
    ...group,
    reference: referenceOf(group.clocks, merits, wanted),
  }));
}

/** What speaks for a clock as the one that the others are told in. */
interface Merit {
  isDated: boolean;
  /** How many others show the same time. */
  same: number;
  /** Mean width of its windows, µs, over a sample. */
  width: number;
}

function referenceOf(list: readonly number[], merits: readonly Merit[], wanted: readonly number[]): number {
  const chosen = wanted.find((clock) => list.includes(clock));
  if (chosen !== undefined) return chosen;
  return list.reduce((best, clock) => {
    const [one, other] = [merits[best]!, merits[clock]!];
    if (one.isDated !== other.isDated) return other.isDated ? clock : best;
    return other.same > one.same || (other.same === one.same && other.width < one.width) ? clock : best;
  });
}

function meritsOf(
  clocks: readonly SolvedClock[],
  agreements: readonly Agreement[],
  matches: MatchTable,
): Merit[] {
  const merits = clocks.map(({ undated }) => ({ isDated: undated !== true, same: 0, width: 0, matches: 0 }));
  const { aLo, aHi, bLo, bHi } = matches;
  for (const agreement of agreements) {
    const [a, b] = [merits[agreement.pair.a]!, merits[agreement.pair.b]!];
    if (showsSame(agreement)) {
      a.same++;
      b.same++;
    }
    const { rows } = agreement.track;
    const stride = Math.ceil(rows.length / SAMPLE);
    for (let i = 0; i < rows.length; i += stride) {
      const row = rows[i]!;
      a.width += Math.min(WIDE, aHi[row]! - aLo[row]!);
      b.width += Math.min(WIDE, bHi[row]! - bLo[row]!);
      a.matches++;
      b.matches++;
    }
  }
  return merits.map(({ isDated, same, width, matches }) => ({ isDated, same, width: width / matches }));
}

/** Bounded from both sides, by something that two clocks which are kept right can have. */
function showsSame({ track, stretches }: Agreement): boolean {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (const i of stretches[0]!) {
    low = Math.max(low, track.low[i]!);
    high = Math.min(high, track.high[i]!);
  }
  // Clocks that drift apart have their highest lower bound above their lowest upper one.
  const [from, to] = [Math.min(low, high) + track.base, Math.max(low, high) + track.base];
  return Number.isFinite(from) && Number.isFinite(to) && from <= SAME && to >= -SAME;
}
