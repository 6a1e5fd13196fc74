import type { MatchTable } from "../match.js";
import type { Alignment, Contradiction, Solution, SolvedClock } from "../solution.js";
import { agreementOf } from "./agreement.js";
import { alignmentsOf } from "./aligned.js";
import { aloneWith } from "./alone.js";
import { consistent } from "./consistent.js";
import { constraintsOf, mainPiece } from "./constraints.js";
import { type Group, groupsOf } from "./groups.js";
import { type Pair, pairsOf } from "./pairs.js";
import { Pieces } from "./pieces.js";
import { fromLines, fromPairs, fromSets, fromSteps } from "./reports.js";
import { doubtsOf, type Step, stepsOf } from "./steps.js";
import { systemOf } from "./system.js";
import { placeLines } from "./unstamped.js";

export interface SolveOptions {
  /** Index of the clock that its group is told in; otherwise the clock is taken with which the most others agree. */
  reference?: number | undefined;
  /** Clocks that are to be taken for that in groups that the other is not in. */
  preferred?: readonly number[] | undefined;
}

const NOT_ALIGNED: Alignment = { group: undefined, pieces: [], matches: 0, proof: [] };

/**
 * Puts clocks on one time, with bounds that hold whatever the clocks did between their matches, as long as none of them ran
 * faster or slower
 * than clocks can (RATE) without a step that shows.
 *
 * 1. The matches of each two clocks are told apart: those that hold together, isolated wrong ones, those before and after a step.
 * 2. A step is put down to one of the two clocks, which is cut there into pieces.
 * 3. What matters of all matches becomes a system of difference constraints, one for each group of clocks that are linked;
 * shortest paths give the
 *    tightest bounds. What contradicts itself over several clocks is left out.
 * 4. Sources without stamps are placed, line by line, among the clocks that are now known.
 *
 * Time is near-linear in the number of matches (they are sorted once), memory beyond the table a few bytes for each.
 *
 * @param clocks what the matches' indexes stand for
 */
export function solve(
  clocks: readonly SolvedClock[],
  matches: MatchTable,
  { reference, preferred = [] }: SolveOptions = {},
): Solution {
  const pairs = pairsOf(matches);
  const isUnstamped = (clock: number) => clocks[clock]!.unstamped;
  const all = pairs
    .filter(({ a, b }) => !isUnstamped(a) && !isUnstamped(b))
    .map((pair) => agreementOf(pair, matches));
  const contradictions = fromPairs(all, matches);
  const report = (more: readonly Contradiction[]) => {
    for (const one of more) contradictions.push(one);
  };

  const agreements = all.filter((agreement) => agreement.sure);
  const wanted = reference === undefined ? preferred : [reference, ...preferred];
  const groups = groupsOf(clocks, agreements, matches, wanted);
  const steps = stepsOf(agreements, matches, groups);
  report(fromSteps(agreements, steps, matches));

  const alignments: Alignment[] = clocks.map(() => NOT_ALIGNED);
  const references: number[] = [];
  const doubts = doubtsOf(agreements, matches, groups);
  const stepsByGroup = byGroup([...steps, ...doubts], groups);
  for (const [place, group] of groups.entries()) {
    const pieces = new Pieces(group.clocks, stepsByGroup[place]!);
    const constraints = constraintsOf(group, agreements, pieces, matches);
    const main = mainPiece(pieces.of(group.reference), constraints);
    const system = systemOf(constraints, pieces.count, main);
    const solved = consistent(system, main, constraints, agreements);
    report(fromSets(solved, constraints, matches));
    const { bounds, without } = solved;
    if (!bounds) continue;
    const aligned = alignmentsOf({
      group,
      number: references.length,
      pieces,
      main,
      constraints,
      system,
      bounds,
      without,
      agreements,
      matches,
    });
    if (aligned.size < 2) continue;
    for (const [clock, alignment] of aligned) alignments[clock] = alignment;
    references.push(group.reference);
  }

  for (const [source, own] of pairsByUnstamped(pairs, clocks)) {
    const alone = aloneWith(source, own, matches, alignments, (clock) => !isUnstamped(clock));
    if (alone) alignments[alone.clock] = alone.alignment(references.length);
    const placed = placeLines(source, clocks[source]!.lapses ?? [], own, matches, alignments);
    if (alone) {
      if (placed?.alignment.group === undefined) alignments[alone.clock] = NOT_ALIGNED;
      else references.push(alone.clock);
    }
    if (!placed) continue;
    alignments[source] = placed.alignment;
    report(fromLines(placed, matches));
  }
  return { alignments, references, contradictions };
}

function byGroup(steps: readonly Step[], groups: readonly Group[]): Step[][] {
  const groupOf = new Map(
    groups.flatMap(({ clocks }, place) => clocks.map((clock) => [clock, place] as const)),
  );
  const lists: Step[][] = groups.map(() => []);
  for (const step of steps) lists[groupOf.get(step.clock)!]!.push(step);
  return lists;
}

/** The pairs of each unstamped source, in the order of these. */
function pairsByUnstamped(pairs: readonly Pair[], clocks: readonly SolvedClock[]): Map<number, Pair[]> {
  const lists = new Map<number, Pair[]>();
  for (const [clock, { unstamped }] of clocks.entries()) if (unstamped) lists.set(clock, []);
  for (const pair of pairs) {
    lists.get(pair.a)?.push(pair);
    lists.get(pair.b)?.push(pair);
  }
  return lists;
}
