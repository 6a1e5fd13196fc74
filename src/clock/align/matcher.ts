import type { Clue } from "./clue.js";
import { consensusOf, type Voter } from "./consensus.js";
import type { Candidate } from "./match/agreement.js";
import { type DecidedPair, decide } from "./match/decide.js";
import { KEEP_LIMITS, type KeepLimits, KeptClues } from "./match/kept.js";
import { resolveOpen } from "./match/resolve.js";
import { type SameClock, sameClocks } from "./match/same-clock.js";
import { sharedPairs } from "./match/shared.js";
import { believed } from "./match/trim.js";
import { type Match, MatchTable } from "./match.js";
import type { Contradiction, Solution, SolvedClock } from "./solution.js";
import { solve } from "./solve/solve.js";

/** A clock that clues tell of; their `source` is its index. */
export interface CluedClock extends SolvedClock {
  /** Its stamps do not claim to be real times: the date, the zone or the beginning is unknown. */
  undated?: boolean;
  /** Its stamps are coarse, such as whole seconds. */
  coarse?: boolean;
  /** It stamps a trace of system calls. */
  trace?: boolean;
}

export interface AlignOptions {
  /** The clock that others are to be told in. */
  reference?: number | undefined;
  limits?: KeepLimits;
}

/** What two sources share, in numbers of keys. */
export interface PairCount {
  a: number;
  b: number;
  /** Keys that both know. */
  shared: number;
  /** Of these: those that were matched. */
  matched: number;
  /** Those of which it stayed open who saw which sending. */
  ambiguous: number;
  /** What is shared does not prove that the same sendings were seen; nothing was concluded from it. */
  unproven: boolean;
}

export interface Aligned {
  solution: Solution;
  pairs: readonly PairCount[];
  /** Clocks that turned out to be another one: they were solved as that, and have no alignment of their own. */
  same: readonly SameClock[];
  /** Clues that were left out for want of room, or as too frequent to identify anything. */
  dropped: number;
}

/** What is told by the bounds of one round may settle what another left open; it seldom takes more rounds than these. */
const MOST_ROUNDS = 4;

/** Takes the clues of all sources, in any order, in bounded memory, and puts their clocks together. */
export class Matcher {
  private readonly kept: KeptClues;
  private readonly spans = new Map<number, [number, number]>();

  constructor(
    private readonly clocks: readonly CluedClock[],
    private readonly options: AlignOptions = {},
  ) {
    this.kept = new KeptClues(options.limits ?? KEEP_LIMITS);
  }

  take(clue: Clue): void {
    const { source, lo, hi } = clue;
    if (!(lo <= hi) || (lo === Number.NEGATIVE_INFINITY && hi === Number.POSITIVE_INFINITY)) return;
    this.widen(source, Number.isFinite(lo) ? lo : hi);
    this.widen(source, Number.isFinite(hi) ? hi : lo);
    this.kept.take(clue);
  }

  /** Matches what can be told from the clues alone, solves, and goes on with what the bounds decide, to the fixed point. */
  align(): Aligned {
    const { clocks, options } = this;
    const same = this.join();
    const reference = same.find(({ clock }) => clock === options.reference)?.as ?? options.reference;
    const decided = sharedPairs(this.kept, (clock) => clocks[clock]!.unstamped).map((pair) =>
      decide(pair, {
        keys: pair.keys,
        aSpan: this.spanOf(pair.a),
        bSpan: this.spanOf(pair.b),
        dated: !clocks[pair.a]!.undated && !clocks[pair.b]!.undated,
      }),
    );
    const proven = decided.filter(({ agreed }) => agreed.length > 0);
    let solution: Solution;
    let table: MatchTable;
    for (let round = 1; ; round++) {
      table = new MatchTable();
      for (const pair of proven) for (const match of this.matchesOf(pair)) table.push(match);
      solution = solve(clocks, table, { reference });
      if (round === MOST_ROUNDS || !resolveAll(proven, solution)) break;
    }
    const preferred = reference === undefined ? consensusOf(solution, votersOf(clocks, same)) : [];
    if (preferred.length > 0) solution = solve(clocks, table, { preferred });
    return {
      solution: {
        ...solution,
        contradictions: [...solution.contradictions, ...disagreements(decided, solution)],
      },
      pairs: decided.map(countsOf),
      same,
      dropped: this.kept.dropped,
    };
  }

  /** Makes one of clocks that are one. */
  private join(): SameClock[] {
    const stamped = [...this.kept.kept()].flatMap(({ source: index, byKey: clues }) => {
      const { unstamped, trace, undated } = this.clocks[index]!;
      return unstamped ? [] : [{ index, isTrace: trace === true, isUndated: undated === true, clues }];
    });
    const same = sameClocks(stamped);
    for (const { clock, as, ahead } of same) {
      this.kept.join(clock, as, ahead);
      for (const end of this.spans.get(clock) ?? []) this.widen(as, end - ahead);
    }
    return same;
  }

  private widen(source: number, at: number): void {
    const span = this.spans.get(source);
    if (!span) this.spans.set(source, [at, at]);
    else if (at < span[0]) span[0] = at;
    else if (at > span[1]) span[1] = at;
  }

  private spanOf(clock: number): readonly [number, number] | undefined {
    return this.clocks[clock]!.unstamped ? undefined : this.spans.get(clock);
  }

  private *matchesOf(pair: DecidedPair): Generator<Match> {
    const isPlaced = this.clocks[pair.a]!.unstamped || this.clocks[pair.b]!.unstamped;
    for (const candidates of pair.agreed) {
      // A step shows by few, and none of these can be spared.
      const sides = isPlaced || pair.agreed.length > 1 ? undefined : believed(candidates, pair.keys);
      for (const [i, candidate] of candidates.entries()) {
        const match = matchOf(pair, candidate);
        if (sides && !sides[i]!.low) match.aLo = Number.NEGATIVE_INFINITY;
        if (sides && !sides[i]!.high) match.aHi = Number.POSITIVE_INFINITY;
        yield match;
      }
    }
    for (const candidate of pair.apart) yield matchOf(pair, candidate);
  }
}

/** Each clock with the sources that it stamps: those that turned out to be on it among them. */
function votersOf(clocks: readonly CluedClock[], same: readonly SameClock[]): Voter[] {
  const voters = clocks.map(({ undated = false, coarse = false }) => ({ undated, coarse, weight: 1 }));
  for (const { as } of same) voters[as]!.weight++;
  return voters;
}

/** @see Matcher */
export function align(
  clues: Iterable<Clue>,
  clocks: readonly CluedClock[],
  options: AlignOptions = {},
): Aligned {
  const matcher = new Matcher(clocks, options);
  for (const clue of clues) matcher.take(clue);
  return matcher.align();
}

/** @returns has anything been told that was open? */
function resolveAll(pairs: readonly DecidedPair[], { alignments }: Solution): boolean {
  let isChanged = false;
  for (const pair of pairs) {
    const [a, b] = [alignments[pair.a]!, alignments[pair.b]!];
    if (pair.open.length === 0 || a.group === undefined || a.group !== b.group) continue;
    const told = resolveOpen(pair, a, b);
    if (told.length === 0) continue;
    isChanged = true;
    pair.agreed[0]!.push(...told);
  }
  return isChanged;
}

function matchOf({ a, b }: DecidedPair, { a: seenA, b: seenB }: Candidate): Match {
  return {
    a,
    b,
    aLo: seenA.lo,
    aHi: seenA.hi,
    bLo: seenB.lo,
    bHi: seenB.hi,
    aRecord: seenA.record,
    bRecord: seenB.record,
  };
}

/** Pairs that contradict themselves and that nothing else put together. */
function* disagreements(pairs: readonly DecidedPair[], { alignments }: Solution): Generator<Contradiction> {
  for (const pair of pairs) {
    const { a, b, contradiction } = pair;
    const group = alignments[a]!.group;
    if (!contradiction || (group !== undefined && group === alignments[b]!.group)) continue;
    yield { matches: contradiction.map((candidate) => matchOf(pair, candidate)), clocks: [a, b] };
  }
}

function countsOf({ a, b, keys, agreed, open }: DecidedPair): PairCount {
  const matched = new Set(agreed.flatMap((set) => set.map(({ key }) => key))).size;
  return { a, b, shared: keys.length, matched, ambiguous: open.length, unproven: agreed.length === 0 };
}
