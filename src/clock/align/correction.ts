import type { Correction } from "../source-clock.js";
import type { Offset, Piece } from "./solution.js";

/** A clock's offset as a function of its own stamps: whole µs outwards, so that the bounds stay bounds. */
export class PiecewiseCorrection implements Correction {
  private last: Piece;

  /** @param pieces in the order of the clock's stamps, at least one */
  constructor(private readonly pieces: readonly Piece[]) {
    this.last = pieces[0]!;
  }

  at(us: number): { lo: number; hi: number } {
    const { min, max } = this.offsetAt(us);
    return { lo: Math.floor(-max), hi: Math.ceil(-min) };
  }

  private offsetAt(us: number): Offset {
    // Records come one after another: nearly always in the piece of the one before.
    if (!(us >= this.last.from && us < this.last.to))
      this.last = this.pieces.find(({ to }) => us < to) ?? this.pieces.at(-1)!;
    return this.last.offsetAt(us);
  }
}

/** The same correction for every stamp, such as one that a person told. */
export const constantCorrection = (us: number): Correction => ({ at: () => ({ lo: us, hi: us }) });

/** A correction after another: what a person told, and then what was measured. */
export function corrected(first: Correction | undefined, second: Correction): Correction {
  if (!first) return second;
  return {
    at(us) {
      const { lo, hi } = first.at(us);
      const early = second.at(us + lo);
      const late = hi === lo ? early : second.at(us + hi);
      return { lo: lo + early.lo, hi: hi + late.hi };
    },
  };
}
