import type { Aligned } from "../../../../src/clock/align/matcher.js";
import type { Alignment, Piece } from "../../../../src/clock/align/solution.js";
import type { Incident } from "./incident.js";
import type { Recorded } from "./source.js";

/** Stamps are in whole µs: what was rounded off may add up along three clocks. */
const ROUNDING_US = 4;

/** Where the truth is not within what was said, in words; empty when all is well. */
export function untruths({ sources }: Incident, { solution }: Aligned): string[] {
  const wrong: string[] = [];
  for (const [index, source] of sources.entries()) {
    const alignment = solution.alignments[index]!;
    const reference = referenceOf(index, sources, solution);
    if (!reference) continue;
    if (alignment.placed) wrong.push(...placedWrongly(source, alignment.placed, reference));
    else wrong.push(...offsetWrongly(index, source, alignment, reference));
  }
  return wrong;
}

/** The clock that a source is told in, where it is told in any. */
export function referenceOf(index: number, sources: readonly Recorded[], solution: Aligned["solution"]) {
  const { group } = solution.alignments[index]!;
  if (group === undefined) return undefined;
  const at = solution.references.find((clock) => solution.alignments[clock]!.group === group);
  return at === undefined ? undefined : sources[at]!;
}

function placedWrongly(
  { times }: Recorded,
  placed: NonNullable<Alignment["placed"]>,
  reference: Recorded,
): string[] {
  const wrong: string[] = [];
  for (const [i, time] of times.entries()) {
    const { earliest, latest } = placed.interval(i + 1);
    const truth = reference.clock.read(time);
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
  reference: Recorded,
): string[] {
  const wrong: string[] = [];
  for (const time of checkedTimes(source, reference)) {
    const stamp = source.clock.read(time);
    const truth = stamp - reference.clock.read(time);
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
function checkedTimes({ times }: Recorded, _reference: Recorded): number[] {
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined) return [];
  return [first - 5_000_000, ...times, last + 5_000_000];
}
