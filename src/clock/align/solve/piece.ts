import type { Offset, Piece } from "../solution.js";
import { slopesBetween } from "./hull.js";
import { RATE } from "./rate.js";
import type { Bounds } from "./relax.js";
import type { System } from "./system.js";

/** Bounds of a correction at some of a clock's own stamps, ascending, all µs. */
export interface Knots {
  stamps: Float64Array;
  lo: Float64Array;
  hi: Float64Array;
}

/** What was found for one piece of a clock. All pieces are made without ends: where they begin and end is known once all are. */
export function knotsOf({ first, stamps, shift }: System, { lo, hi }: Bounds, piece: number): Knots {
  const [from, to] = [first[piece]!, first[piece + 1]!];
  // Nothing links it: its bounds are infinite.
  const by = shift[piece]! || 0;
  return {
    stamps: stamps.subarray(from, to),
    lo: lo.subarray(from, to).map((value) => value + by),
    hi: hi.subarray(from, to).map((value) => value + by),
  };
}

/** The clock that the others are told in. */
export class ReferencePiece implements Piece {
  /** @param at any of its stamps */
  constructor(
    readonly at: number,
    public from = Number.NEGATIVE_INFINITY,
    public to = Number.POSITIVE_INFINITY,
  ) {}

  offsetAt(): Offset {
    return { min: 0, max: 0, best: 0 };
  }
}

/** Between and beyond its knots, a clock is where its rate can have brought it. */
export class KnottedPiece implements Piece {
  readonly at: number;
  readonly drift: Piece["drift"];
  /** The line that its corrections are told by: through the middle of what the bounds leave. */
  private readonly line: { from: number; value: number; slope: number } | undefined;

  constructor(
    private readonly knots: Knots,
    public from = Number.NEGATIVE_INFINITY,
    public to = Number.POSITIVE_INFINITY,
  ) {
    const { stamps, lo, hi } = knots;
    let best = 0;
    for (let i = 1; i < stamps.length; i++) if (hi[i]! - lo[i]! < hi[best]! - lo[best]!) best = i;
    this.at = stamps[best] ?? 0;
    const all = slopesBetween(
      stamps.map((stamp) => stamp - this.at),
      lo,
      hi,
    );
    if (!all) return;
    const slopes = { min: Math.max(-RATE, all.min), max: Math.min(RATE, all.max) };
    if (slopes.min > slopes.max) return;
    const slope = (slopes.min + slopes.max) / 2;
    if (slopes.min > -RATE || slopes.max < RATE)
      this.drift = { min: -slopes.max, max: -slopes.min, best: -slope };
    this.line = { from: this.at, value: middleOf(knots, this.at, slope), slope };
  }

  offsetAt(us: number): Offset {
    const { stamps, lo, hi } = this.knots;
    const after = firstAfter(stamps, us);
    let least = Number.NEGATIVE_INFINITY;
    let most = Number.POSITIVE_INFINITY;
    for (let i = Math.max(0, after - 1); i <= after && i < stamps.length; i++) {
      const drift = RATE * Math.abs(us - stamps[i]!);
      least = Math.max(least, lo[i]! - drift);
      most = Math.min(most, hi[i]! + drift);
    }
    const guess = this.line
      ? this.line.value + this.line.slope * (us - this.line.from)
      : between(least, most);
    // Adding 0 makes one zero of two.
    return { min: 0 - most, max: 0 - least, best: 0 - Math.min(most, Math.max(least, guess)) };
  }
}

/** A stretch of which it is not known which of several offsets a clock had: its bounds allow each of them. */
export class UncertainPiece implements Piece {
  readonly at: number;

  /** @param pieces what it may be part of, the first being told as the best */
  constructor(
    private readonly pieces: readonly Piece[],
    readonly from: number,
    readonly to: number,
  ) {
    this.at = pieces[0]!.at;
  }

  offsetAt(us: number): Offset {
    const all = this.pieces.map((piece) => piece.offsetAt(us));
    return {
      min: Math.min(...all.map(({ min }) => min)),
      max: Math.max(...all.map(({ max }) => max)),
      best: all[0]!.best,
    };
  }
}

/** A piece of which nothing else is known but that its clock changed by no more than this against the piece beside it, or did not. */
export class ShiftedPiece implements Piece {
  readonly at: number;

  constructor(
    private readonly beside: Piece,
    private readonly by: { min: number; max: number },
    public from = Number.NEGATIVE_INFINITY,
    public to = Number.POSITIVE_INFINITY,
  ) {
    this.at = beside.at;
  }

  offsetAt(us: number): Offset {
    const { min, max, best } = this.beside.offsetAt(us);
    return { min: min + Math.min(0, this.by.min), max: max + Math.max(0, this.by.max), best };
  }
}

/** The middle, or the end that is known, or 0. */
export function between(least: number, most: number): number {
  if (Number.isFinite(least + most)) return (least + most) / 2;
  return Number.isFinite(least) ? least : Number.isFinite(most) ? most : 0;
}

/** The value that a line of such a slope has at a stamp, when it passes between all bounds in the middle. */
function middleOf({ stamps, lo, hi }: Knots, at: number, slope: number): number {
  let least = Number.NEGATIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  for (let i = 0; i < stamps.length; i++) {
    const rise = slope * (stamps[i]! - at);
    least = Math.max(least, lo[i]! - rise);
    most = Math.min(most, hi[i]! - rise);
  }
  return between(least, most);
}

/** The place of the first stamp that comes after. */
function firstAfter(stamps: Float64Array, us: number): number {
  let lo = 0;
  let hi = stamps.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (stamps[mid]! <= us) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}
