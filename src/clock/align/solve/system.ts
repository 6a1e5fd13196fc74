import { orderOf } from "./order.js";

/**
 * A system of difference constraints. Its unknowns are the corrections c of clocks (of pieces of clocks, where they were stepped)
 * at certain
 * of their stamps, the knots. A constraint "what clock x shows at s comes no later than what clock y shows at t" is
 * c_y(t) - c_x(s) >= s - t; and between neighbouring knots of one piece, c changes by at most RATE.
 */
export interface System {
  /** Knots of piece p are from `first[p]` to `first[p + 1]`, by their stamps. */
  first: Uint32Array;
  /** Own stamps of knots, µs. */
  stamps: Float64Array;
  /** Piece of each knot. */
  piece: Uint32Array;
  /** Knots that each constraint joins, and what c_y - c_x is at least once the shifts are taken off. */
  x: Uint32Array;
  y: Uint32Array;
  least: Float64Array;
  /** Constraints that begin or end at a piece's knots: of piece p those from `firstOf[p]` to `firstOf[p + 1]` in `touching`. */
  firstOf: Uint32Array;
  touching: Uint32Array;
  /**
   * Corrections are counted from these, piece by piece: numbers stay small, so that nothing is lost by rounding. NaN: not linked
   * with the reference.
   */
  shift: Float64Array;
}

/** Constraints as they are collected: the moment (piece and stamp) that comes first, and the one that does not come before it. */
export class Constraints {
  readonly xPiece: number[] = [];
  readonly xStamp: number[] = [];
  readonly yPiece: number[] = [];
  readonly yStamp: number[] = [];
  /** Row of the match that says so, and the place of its agreement in the list of these. */
  readonly row: number[] = [];
  readonly agreement: number[] = [];

  add(xPiece: number, xStamp: number, yPiece: number, yStamp: number, row: number, agreement: number): void {
    this.xPiece.push(xPiece);
    this.xStamp.push(xStamp);
    this.yPiece.push(yPiece);
    this.yStamp.push(yStamp);
    this.row.push(row);
    this.agreement.push(agreement);
  }

  get length(): number {
    return this.row.length;
  }
}

/** @param reference the piece whose correction is 0 */
export function systemOf(constraints: Constraints, pieces: number, reference: number): System {
  const count = constraints.length;
  const knots = knotsOf(constraints, pieces);
  const { firstOf, touching } = touchingOf(constraints, pieces);
  const shift = shiftsOf(constraints, firstOf, touching, pieces, reference);
  const least = new Float64Array(count);
  for (let e = 0; e < count; e++) {
    const apart = constraints.xStamp[e]! - constraints.yStamp[e]!;
    least[e] = apart + shift[constraints.xPiece[e]!]! - shift[constraints.yPiece[e]!]!;
  }
  return { ...knots, least, firstOf, touching, shift };
}

/** The moments that constraints speak of, each once, by piece and stamp. */
function knotsOf(
  { xPiece, xStamp, yPiece, yStamp, length }: Constraints,
  pieces: number,
): Pick<System, "first" | "stamps" | "piece" | "x" | "y"> {
  const byPiece: number[][] = Array.from({ length: pieces }, () => []);
  for (let e = 0; e < length; e++) {
    byPiece[xPiece[e]!]!.push(2 * e);
    byPiece[yPiece[e]!]!.push(2 * e + 1);
  }
  const stampOf = (end: number) => (end % 2 === 0 ? xStamp : yStamp)[end >> 1]!;
  const first = new Uint32Array(pieces + 1);
  const stamps = new Float64Array(2 * length);
  const piece = new Uint32Array(2 * length);
  const [x, y] = [new Uint32Array(length), new Uint32Array(length)];
  let knots = 0;
  for (const [p, ends] of byPiece.entries()) {
    first[p] = knots;
    const own = Float64Array.from(ends, stampOf);
    for (const n of orderOf(own)) {
      if (knots === first[p] || stamps[knots - 1] !== own[n]!) {
        stamps[knots] = own[n]!;
        piece[knots++] = p;
      }
      const end = ends[n]!;
      (end % 2 === 0 ? x : y)[end >> 1] = knots - 1;
    }
  }
  first[pieces] = knots;
  return { first, stamps: stamps.slice(0, knots), piece: piece.slice(0, knots), x, y };
}

function touchingOf(
  { xPiece, yPiece, length }: Constraints,
  pieces: number,
): Pick<System, "firstOf" | "touching"> {
  const firstOf = new Uint32Array(pieces + 1);
  for (let e = 0; e < length; e++) {
    firstOf[xPiece[e]! + 1]!++;
    firstOf[yPiece[e]! + 1]!++;
  }
  for (let p = 0; p < pieces; p++) firstOf[p + 1]! += firstOf[p]!;
  const next = firstOf.slice();
  const touching = new Uint32Array(2 * length);
  for (let e = 0; e < length; e++) {
    touching[next[xPiece[e]!]!++] = e;
    touching[next[yPiece[e]!]!++] = e;
  }
  return { firstOf, touching };
}

/** For each piece some correction that a chain of constraints, taken as equations, gives it: breadth first from the reference. */
function shiftsOf(
  { xPiece, xStamp, yPiece, yStamp }: Constraints,
  firstOf: Uint32Array,
  touching: Uint32Array,
  pieces: number,
  reference: number,
): Float64Array {
  const shift = new Float64Array(pieces).fill(Number.NaN);
  shift[reference] = 0;
  const queue = [reference];
  for (const piece of queue) {
    for (let n = firstOf[piece]!; n < firstOf[piece + 1]!; n++) {
      const e = touching[n]!;
      const isX = xPiece[e] === piece;
      const other = isX ? yPiece[e]! : xPiece[e]!;
      if (!Number.isNaN(shift[other]!)) continue;
      const apart = xStamp[e]! - yStamp[e]!;
      shift[other] = shift[piece]! + (isX ? apart : -apart);
      queue.push(other);
    }
  }
  return shift;
}
