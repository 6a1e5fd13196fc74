import type { Match } from "./match.js";

/** A clock that is to be solved. */
export interface SolvedClock {
  /** Is it placed by lines, its stamps being none? Its coordinates are then lines. */
  unstamped: boolean;
  /** Its stamps do not claim to be real times: the others are not told in it where one of them does. */
  undated?: boolean;
  /** Known lapses between lines of an unstamped source, in the order of their lines: what `placeRecords` calls waits. */
  lapses?: readonly Lapse[];
}

/** What comes after line `end` of a file happened at least `span` µs after what comes before line `line`; threads overlap. */
export interface Lapse {
  line: number;
  end: number;
  thread: number;
  span: number;
}

/**
 * Bounds, µs: a clock's stamps are so much ahead of the reference's. Infinite where only one side is known; `best` lies between them and is
 * finite.
 */
export interface Offset {
  min: number;
  max: number;
  best: number;
}

/**
 * A stretch of a clock's own stamps in which it was not stepped; or in which nobody can tell whether it had been stepped yet, and
 * the bounds
 * allow both.
 */
export interface Piece {
  /** Own stamps, µs: from the one on, and before the other; infinite at the ends. Each piece begins where the one before it ends. */
  from: number;
  to: number;
  /** The offset at an own stamp. */
  offsetAt(us: number): Offset;
  /** The own stamp at which the offset is known best. */
  at: number;
  /** Seconds gained per second against the reference, with bounds; absent when nothing but the general limit is known. */
  drift?: { min: number; max: number; best: number } | undefined;
}

export interface Alignment {
  /** Clocks with the same number were put together; undefined: it shares nothing with any. */
  group: number | undefined;
  /** In the order of its own stamps; one, unless the clock was stepped. Empty without a group, and for unstamped ones. */
  pieces: readonly Piece[];
  /** Of an unstamped source: where its lines lie on the reference clock, [earliest, latest] µs; infinite where nothing says. */
  placed?: { interval(line: number): { earliest: number; latest: number } } | undefined;
  /** How many matches it rests on. */
  matches: number;
  /** The tightest of them, at most three. */
  proof: readonly Match[];
}

/** Matches that cannot all hold: the smallest such set, each with what it says. */
export interface Contradiction {
  matches: readonly Match[];
  /** Indexes of the clocks concerned, ascending. */
  clocks: readonly number[];
  /** How many matches were left out because of it, those of other such sets of the same clocks with them. */
  leftOut?: number;
  /**
   * The clock that was taken to have been stepped, with its own stamps between which that happened, what its offset changed by,
   * and the clocks whose
   * matches show it: where that is one only, it may have been that one. undefined: matches were left out, or nobody can tell
   * which clock it was.
   */
  step?: { clock: number; after: number; before: number; by: Offset; against: readonly number[] } | undefined;
}

export interface Solution {
  alignments: readonly Alignment[];
  /** Of each group: the clock that the others are told in. */
  references: readonly number[];
  contradictions: readonly Contradiction[];
}

/** The piece that an own stamp is of. @param pieces at least one */
export function pieceAt(pieces: readonly Piece[], us: number): Piece {
  return pieces.find(({ to }) => us < to) ?? pieces.at(-1)!;
}
