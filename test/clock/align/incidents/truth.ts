import type { Aligned } from "../../../../src/clock/align/matcher.js";
import type { Alignment, Piece } from "../../../../src/clock/align/solution.js";
import type { Incident } from "./incident.js";
import type { Recorded } from "./source.js";

/** Stamps are in whole µs: what was rounded off may add up along three clocks. */
const ROUNDING_US = 4;

/** Where the truth is not within what was said, in words; empty when all is well. */
export function untruths({ sources }: Incident, { solution, pairs }: Aligned): string[] {
  const wrong: string[] = [];
  const isKnowable = knowable(sources, pairs);
  for (const [index, source] of sources.entries()) {
    const alignment = solution.alignments[index]!;
    const reference = referenceOf(index, solution);
    if (reference === undefined) continue;
    const told = toldIn(sources[reference]!, solution.alignments[reference]!);
    if (alignment.placed) wrong.push(...placedWrongly(source, alignment.placed, told, isKnowable));
    else wrong.push(...offsetWrongly(index, source, alignment, told, isKnowable));
  }
  return wrong;
}

const UNSTAMPED = "trace without stamps";

/** So many moments on either side show a step to the two clocks that share them. */
const VISIBLE = 6;

/**
 * True times of which something can be known. Where what a stepped clock shares with others lies all but on one side of the step,
 * nobody can see that it was stepped, and nothing is known of the other side; of neither, where it is little on both.
 */
function knowable(sources: readonly Recorded[], pairs: Aligned["pairs"]): (time: number) => boolean {
  let [from, to] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { a, b, unproven } of pairs) {
    const step = sources[a]!.clock.step ?? sources[b]!.clock.step;
    if (unproven || !step) continue;
    // Lines have no offset that could change.
    if (sources[a]!.kind === UNSTAMPED || sources[b]!.kind === UNSTAMPED) [from, to] = [step.at, step.at];
    const shared = sharedTimes(sources[a]!, sources[b]!);
    const before = shared.filter((time) => time < step.at).length;
    const after = shared.length - before;
    if (before < VISIBLE) from = step.at;
    if (after < VISIBLE) to = step.at;
  }
  return (time) => time >= from && time < to;
}

/** True moments of what two sources both saw, and saw once. */
function sharedTimes(own: Recorded, other: Recorded): number[] {
  const [mine, theirs] = [countsOf(own), countsOf(other)];
  const times = own.happened.filter((_, i) => {
    const { key } = own.clues[i]!;
    return mine.get(key) === 1 && theirs.get(key) === 1;
  });
  times.sort((x, y) => x - y);
  return times.filter((time, i) => i === 0 || time - times[i - 1]! > 200_000);
}

function countsOf({ clues }: Recorded): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of clues) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** The clock that a source is told in, where it is told in any. */
export function referenceOf(index: number, solution: Aligned["solution"]) {
  const { group } = solution.alignments[index]!;
  if (group === undefined) return undefined;
  return solution.references.find((clock) => solution.alignments[clock]!.group === group);
}

/** What others are told in at a true time: the reference; if it was stepped itself, as it went on the side of the step that was chosen. */
function toldIn({ clock }: Recorded, { pieces }: Alignment): (time: number) => number {
  const { step } = clock;
  if (!step || pieces.length < 2) return (time) => clock.read(time);
  const { min, max } = pieces[0]!.offsetAt(pieces[0]!.at);
  const isToldAsBefore = min === 0 && max === 0;
  return (time) => {
    const isBefore = time < step.at;
    if (isBefore === isToldAsBefore) return clock.read(time);
    return clock.read(time) + (isBefore ? step.by : -step.by);
  };
}

function placedWrongly(
  { times }: Recorded,
  placed: NonNullable<Alignment["placed"]>,
  told: (time: number) => number,
  isKnowable: (time: number) => boolean,
): string[] {
  const wrong: string[] = [];
  for (const [i, time] of times.entries()) {
    if (!isKnowable(time)) continue;
    const { earliest, latest } = placed.interval(i + 1);
    const truth = told(time);
    if (truth < earliest - ROUNDING_US || truth > latest + ROUNDING_US)
      wrong.push(
        `line ${i + 1} lies at ${truth}, not in [${earliest}, ${latest}]: ${Math.min(latest - truth, truth - earliest)}`,
      );
  }
  return wrong;
}

function offsetWrongly(
  index: number,
  source: Recorded,
  { pieces }: Alignment,
  told: (time: number) => number,
  isKnowable: (time: number) => boolean,
): string[] {
  const wrong: string[] = [];
  for (const time of checkedTimes(source).filter(isKnowable)) {
    const stamp = source.clock.read(time);
    const truth = stamp - told(time);
    const says = piecesAt(pieces, stamp).map((piece) => piece.offsetAt(stamp));
    if (says.every(({ min, max }) => truth < min - ROUNDING_US || truth > max + ROUNDING_US))
      wrong.push(
        `clock ${index} (${source.kind}) is ${truth} ahead at ${stamp}, not in ${says.map(({ min, max }) => `[${min}, ${max}]`)}`,
      );
  }
  return wrong;
}

function piecesAt(pieces: readonly Piece[], stamp: number): readonly Piece[] {
  return pieces.filter(({ from, to }) => stamp >= from && stamp <= to);
}

/** Every time that it recorded, and some before and after. */
function checkedTimes({ times }: Recorded): number[] {
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined) return [];
  return [first - 5_000_000, ...times, last + 5_000_000];
}
