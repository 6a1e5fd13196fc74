import { corrected, PiecewiseCorrection } from "../../clock/align/correction.js";
import type { Alignment, Offset, Piece } from "../../clock/align/solution.js";
import type { Inferred } from "../../clock/inferred.js";
import type { Completion, PlacedRecords } from "../../clock/source-clock.js";
import type { ClockInfo, ClockPair, ClockStep } from "../../model/clock.js";
import { type Base, baseOf, isUndated } from "./base.js";

/** The clock that a group is told in. */
export interface Reference {
  readonly path: string;
  readonly inferred: Inferred;
}

/** What was found of one clock, beyond the solution itself. */
export interface Evidence {
  readonly alignment: Alignment;
  /** Path of the source that most of it was shared with. */
  readonly shared: string;
  readonly proof: readonly ClockPair[];
}

const SECOND_US = 1e6;

/**
 * Puts one source on its group's clock: changes `inferred` in place. Stamps that cannot be told from the reference's are left as they are.
 * @returns what the clock is wrong by, µs, where that is certain; undefined: in step, or nobody can tell
 */
export function apply(inferred: Inferred, evidence: Evidence, reference: Reference): Offset | undefined {
  const { alignment } = evidence;
  const [first] = alignment.pieces;
  // What is bounded on one side only tells no date, no zone and no beginning, and no stamp can be moved by it.
  const isBounded = alignment.pieces.every((piece) => Number.isFinite(width(piece.offsetAt(piece.at))));
  if (!isBounded && isUndated(inferred)) return undefined;
  // What was unknown of its stamps shows in its being apart until now.
  const base = first && baseOf(inferred, first.offsetAt(first.at));
  inferred.island = reference.inferred.island;
  if (alignment.placed) {
    applyPlaces(inferred, evidence, reference);
    return undefined;
  }
  if (!base) return undefined;
  const pieces = alignment.pieces.map((piece) => rebased(piece, base.by));
  const wrong = pieces.find((piece) => isWrong(piece.offsetAt(piece.at)));
  let completion = completed(inferred.completion, base);
  // What was counted from an unknown beginning is as certain as that beginning.
  if (isBounded && (wrong || base.origin))
    completion = {
      ...completion,
      correction: corrected(completion.correction, new PiecewiseCorrection(pieces)),
    };
  inferred.completion = completion;
  inferred.clock = described(inferred.clock, evidence, pieces, base, reference);
  return wrong?.offsetAt(wrong.at);
}

/** Do the bounds leave no room for no offset? */
const isWrong = ({ min, max }: Offset): boolean => min > 0 || max < 0;

function completed(completion: Completion, { by, origin }: Base): Completion {
  if (by === 0) return completion;
  return origin
    ? { ...completion, origin: completion.origin - by }
    : { ...completion, zone: completion.zone + by };
}

/** The same piece in terms of stamps that are `by` µs less. */
export function rebased(piece: Piece, by: number): Piece {
  if (by === 0) return piece;
  return {
    ...piece,
    from: piece.from - by,
    to: piece.to - by,
    at: piece.at - by,
    offsetAt(us) {
      const { min, max, best } = piece.offsetAt(us + by);
      return { min: min - by, max: max - by, best: best - by };
    },
  };
}

function described(
  clock: ClockInfo,
  { alignment, shared, proof }: Evidence,
  pieces: readonly Piece[],
  base: Base,
  reference: Reference,
): ClockInfo {
  const narrowest = pieces.reduce((a, b) => (width(b.offsetAt(b.at)) < width(a.offsetAt(a.at)) ? b : a));
  const offset = narrowest.offsetAt(narrowest.at);
  const { drift } = narrowest;
  const steps = stepsOf(pieces);
  const events = `${alignment.matches} ${alignment.matches === 1 ? "happening" : "happenings"} also seen in ${shared}`;
  const basis = base.origin
    ? `its beginning is placed by ${events}`
    : base.by !== 0
      ? `date and zone from ${events}`
      : clock.basis;
  return {
    ...clock,
    offset: {
      min: offset.min / SECOND_US,
      max: offset.max / SECOND_US,
      best: isWrong(offset) ? offset.best / SECOND_US : 0,
    },
    drift: drift && (drift.min > 0 || drift.max < 0) ? drift.best : null,
    ...(drift && { driftBounds: [drift.min, drift.max] as const }),
    at: narrowest.at - offset.best,
    shared,
    toldIn: reference.path,
    matches: alignment.matches,
    proof,
    ...(steps.length > 0 && { steps }),
    basis,
    floating: reference.inferred.clock.floating,
  };
}

const width = ({ min, max }: Offset) => max - min;

/** Where the clock was set: between pieces whose offsets exclude each other. Pieces in which nobody can tell lie between, and are no news. */
function stepsOf(pieces: readonly Piece[]): ClockStep[] {
  const steps: ClockStep[] = [];
  let before: Piece | undefined;
  for (const piece of pieces) {
    if (before) {
      const [was, is] = [before.offsetAt(before.to), piece.offsetAt(piece.from)];
      const by = {
        min: (is.min - was.max) / SECOND_US,
        max: (is.max - was.min) / SECOND_US,
        best: (is.best - was.best) / SECOND_US,
      };
      // Else it may be the same offset still: the surer of the two is what a next one is held against.
      if (by.min <= 0 && by.max >= 0) {
        if (width(is) < width(was)) before = piece;
        continue;
      }
      steps.push({ at: [before.to, piece.from], by });
    }
    before = piece;
  }
  return steps;
}

/** What lies before everything that is known has no time, as far as anybody can say; only that it was before something is kept. */
const known = (placed: PlacedRecords): PlacedRecords => ({
  interval(line) {
    const { earliest, latest } = placed.interval(line);
    return { earliest: Number.isFinite(earliest) ? earliest : Number.NaN, latest };
  },
});

function applyPlaces(inferred: Inferred, { alignment, shared, proof }: Evidence, reference: Reference): void {
  const { matches } = alignment;
  inferred.completion = { ...inferred.completion, placed: alignment.placed && known(alignment.placed) };
  inferred.clock = {
    ...inferred.clock,
    offset: null,
    matches,
    shared,
    toldIn: reference.path,
    proof,
    basis: `no stamps; its records are placed between those that it shares with ${shared}`,
    floating: reference.inferred.clock.floating,
  };
}
