import type { MatchTable } from "../match.js";
import type { Alignment, Solution, SolvedClock } from "../solution.js";
import { type Agreement, agreementOf } from "./agreement.js";
import { alignmentsOf } from "./aligned.js";
import { aloneWith } from "./alone.js";
import { consistent } from "./consistent.js";
import { envelopeOf } from "./envelope.js";
import { type Group, groupsOf } from "./groups.js";
import { pairsOf } from "./pairs.js";
import { Pieces } from "./pieces.js";
import { fromLines, fromPairs, fromSets, fromSteps } from "./reports.js";
import { doubtsOf, stepsOf } from "./steps.js";
import { Constraints, systemOf } from "./system.js";
import { placeLines } from "./unstamped.js";

export interface SolveOptions {
  /** Index of the clock that its group is told in; otherwise the clock is taken with which the most others agree. */
  reference?: number | undefined;
}

const NOT_ALIGNED: Alignment = { group: undefined, pieces: [], matches: 0, proof: [] };

/**
 * Puts clocks on one time, with bounds that hold whatever the clocks did between their matches, as long as none of them ran faster or slower
 * than clocks can (RATE) without a step that shows.
 *
 * 1. The matches of each two clocks are told apart: those that hold together, isolated wrong ones, those before and after a step.
 * 2. A step is put down to one of the two clocks, which is cut there into pieces.
 * 3. What matters of all matches becomes a system of difference constraints, one for each group of clocks that are linked; shortest paths give the
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
  { reference }: SolveOptions = {},
): Solution {
  const pairs = pairsOf(matches);
  const isUnstamped = (clock: number) => clocks[clock]!.unstamped;
  const all = pairs
    .filter(({ a, b }) => !isUnstamped(a) && !isUnstamped(b))
    .map((pair) => agreementOf(pair, matches));
  const contradictions = fromPairs(all, matches);

  const agreements = all.filter((agreement) => agreement.sure);
  const groups = groupsOf(clocks, agreements, matches, reference);
  const steps = stepsOf(agreements, matches, groups);
  contradictions.push(...fromSteps(agreements, steps, matches));
  steps.push(...doubtsOf(agreements, matches, groups));

  const pieces = new Pieces(clocks.length, steps);
  const alignments: Alignment[] = clocks.map(() => NOT_ALIGNED);
  const references: number[] = [];
  for (const group of groups) {
    const constraints = constraintsOf(group, agreements, pieces, matches);
    const main = mainPiece(pieces.of(group.reference), constraints);
    const system = systemOf(constraints, pieces.count, main);
    const solved = consistent(system, main, constraints, agreements);
    contradictions.push(...fromSets(solved, constraints, matches));
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

  for (const [source, { unstamped, lapses }] of clocks.entries()) {
    if (!unstamped) continue;
    const own = pairs.filter(({ a, b }) => a === source || b === source);
    const alone = aloneWith(source, own, matches, alignments, (clock) => !isUnstamped(clock));
    if (alone) alignments[alone.clock] = alone.alignment(references.length);
    const placed = placeLines(source, lapses ?? [], own, matches, alignments);
    if (alone) {
      if (placed?.alignment.group === undefined) alignments[alone.clock] = NOT_ALIGNED;
      else references.push(alone.clock);
    }
    if (!placed) continue;
    alignments[source] = placed.alignment;
    contradictions.push(...fromLines(placed, matches));
  }
  return { alignments, references, contradictions };
}

/** What is needed of the matches of a group's clocks. */
function constraintsOf(
  group: Group,
  agreements: readonly Agreement[],
  pieces: Pieces,
  { aLo, aHi, bLo, bHi }: MatchTable,
): Constraints {
  const members = new Set(group.clocks);
  const constraints = new Constraints();
  for (const [place, { pair, track, stretches }] of agreements.entries()) {
    const { a, b } = pair;
    if (!members.has(a)) continue;
    /** What the one clock shows comes no later than what the other one shows. */
    const add = (x: number, xStamp: number, y: number, yStamp: number, row: number, stretch: number) => {
      if (!Number.isFinite(xStamp) || !Number.isFinite(yStamp)) return;
      const xPiece = pieces.at(x, xStamp, place, stretch);
      const yPiece = pieces.at(y, yStamp, place, stretch);
      if (xPiece !== undefined && yPiece !== undefined)
        constraints.add(xPiece, xStamp, yPiece, yStamp, row, place);
    };
    for (const [stretch, kept] of stretches.entries()) {
      const { lows, highs } = envelopeOf(track, kept);
      for (let n = 0; n < lows.length; n++) {
        const row = track.rows[lows[n]!]!;
        add(a, aLo[row]!, b, bHi[row]!, row, stretch);
      }
      for (let n = 0; n < highs.length; n++) {
        const row = track.rows[highs[n]!]!;
        add(b, bLo[row]!, a, aHi[row]!, row, stretch);
      }
    }
  }
  return constraints;
}

/** Where the reference was stepped itself, the piece that most rests on gives the time. */
function mainPiece(own: readonly number[], { xPiece, yPiece, length }: Constraints): number {
  const counts = new Map(own.map((piece) => [piece, 0]));
  for (let e = 0; e < length; e++) {
    for (const piece of [xPiece[e]!, yPiece[e]!])
      if (counts.has(piece)) counts.set(piece, counts.get(piece)! + 1);
  }
  return own.reduce((best, piece) => (counts.get(piece)! > counts.get(best)! ? piece : best));
}
