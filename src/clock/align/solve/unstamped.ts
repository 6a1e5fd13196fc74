import type { MatchTable } from "../match.js";
import type { Alignment, Lapse } from "../solution.js";
import { pieceAt } from "../solution.js";
import { backwardPairs } from "./backward.js";
import { boundLines, contradicts, intervalOf, type Lines, type Sight } from "./lines.js";
import { MAJORITY, MOMENT_US } from "./moments.js";
import type { Pair } from "./pairs.js";
import { Proof } from "./proof.js";

/** Sights that contradict the lapses between them are looked for so many times. */
const ROUNDS = 32;

/** An unstamped source, placed; and what was contradictory. */
export interface PlacedLines {
  alignment: Alignment;
  /** Rows of two matches that cannot both hold; undefined: all do. */
  quarrel: readonly [number, number] | undefined;
  /** How many matches were left out. */
  leftOut: number;
}

/**
 * Places the lines of an unstamped source among the clocks of the group with which it shares most. Each match with a stamped
 * clock says when
 * something between two of its lines happened.
 *
 * @param pairs those of the source
 * @param alignments of the stamped clocks
 */
export function placeLines(
  source: number,
  lapses: readonly Lapse[],
  pairs: readonly Pair[],
  matches: MatchTable,
  alignments: readonly Alignment[],
): PlacedLines | undefined {
  const byGroup = new Map<number, Sight[]>();
  for (const pair of pairs) {
    const partner = alignments[pair.a === source ? pair.b : pair.a]!;
    if (partner.group === undefined || partner.pieces.length === 0) continue;
    const sights = byGroup.get(partner.group) ?? [];
    byGroup.set(partner.group, sights);
    for (const row of pair.rows) sights.push(sightOf(row, pair.a === source, matches, partner));
  }
  const [most] = [...byGroup].sort(([g, p], [h, q]) => q.length - p.length || g - h);
  if (!most) return undefined;
  const group = most[0];
  const sights = most[1].filter(
    ({ earliest, latest }) => Number.isFinite(earliest) || Number.isFinite(latest),
  );
  if (sights.length === 0) return undefined;
  const { kept, lines, quarrel } = consistentLines(sights, lapses);
  const leftOut = sights.length - kept.length;
  const out = new Set(sights);
  for (const sight of kept) out.delete(sight);
  const sure = lines !== undefined && momentsOf(kept) >= MAJORITY * momentsOf([...out]);
  const proof = new Proof();
  for (const { row, earliest, latest } of kept) proof.add(row, latest - earliest);
  return {
    alignment: sure
      ? {
          group,
          pieces: [],
          placed: { interval: (line) => intervalOf(lines, line) },
          matches: kept.length,
          proof: proof.matches(matches),
        }
      : { group: undefined, pieces: [], matches: 0, proof: [] },
    quarrel: quarrel && [quarrel[0].row, quarrel[1].row],
    leftOut: sure ? leftOut : sights.length,
  };
}

/** What a match says of the source's lines, through the bounds of its partner's clock. */
function sightOf(row: number, isA: boolean, { aLo, aHi, bLo, bHi }: MatchTable, partner: Alignment): Sight {
  const [from, to, lo, hi] = isA
    ? [aLo[row]!, aHi[row]!, bLo[row]!, bHi[row]!]
    : [bLo[row]!, bHi[row]!, aLo[row]!, aHi[row]!];
  return {
    from,
    to,
    earliest: Number.isFinite(lo) ? lo - pieceAt(partner.pieces, lo).offsetAt(lo).max : lo,
    latest: Number.isFinite(hi) ? hi - pieceAt(partner.pieces, hi).offsetAt(hi).min : hi,
    row,
  };
}

/** The sights that hold together, by file order alone and then with the lapses. */
function consistentLines(
  sights: readonly Sight[],
  lapses: readonly Lapse[],
): { kept: readonly Sight[]; lines: Lines | undefined; quarrel: readonly [Sight, Sight] | undefined } {
  const pairs = backwardPairs(sights);
  let kept = pairs.length === 0 ? sights : keptOf(sights, pairs);
  let quarrel = pairs[0];
  for (let round = 0; round < ROUNDS; round++) {
    const lines = boundLines(kept, lapses);
    const wrong = new Set<Sight>();
    for (const sight of kept) {
      const against = contradicts(lines, sight);
      if (!against) continue;
      quarrel ??= [against, sight];
      wrong.add(against).add(sight);
    }
    if (wrong.size === 0) return { kept, lines, quarrel };
    kept = kept.filter((sight) => !wrong.has(sight));
  }
  return { kept, lines: undefined, quarrel };
}

/** All that are in no contradicting pair, and of the pairs those that only one sight contradicts. */
function keptOf(sights: readonly Sight[], pairs: readonly (readonly [Sight, Sight])[]): Sight[] {
  const gone = new Set(pairs.flat());
  const sure = boundLines(
    sights.filter((sight) => !gone.has(sight)),
    [],
  );
  const fitting = sights.filter((sight) => !gone.has(sight) || fits(sure, sight));
  const still = new Set(backwardPairs(fitting).flat());
  return fitting.filter((sight) => !still.has(sight));
}

const fits = (lines: Lines, { from, to, earliest, latest }: Sight): boolean =>
  intervalOf(lines, from).earliest <= latest && intervalOf(lines, to).latest >= earliest;

function momentsOf(sights: readonly Sight[]): number {
  const times = sights.map(({ earliest, latest }) => (Number.isFinite(earliest) ? earliest : latest));
  let moments = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of Float64Array.from(times).sort()) {
    if (time - last <= MOMENT_US) continue;
    moments++;
    last = time;
  }
  return moments;
}
