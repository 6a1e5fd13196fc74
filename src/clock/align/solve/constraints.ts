import type { MatchTable } from "../match.js";
import type { Agreement } from "./agreement.js";
import { envelopeOf } from "./envelope.js";
import type { Group } from "./groups.js";
import type { Pieces } from "./pieces.js";
import { Constraints } from "./system.js";

/** What is needed of the matches of a group's clocks. */
export function constraintsOf(
  group: Group,
  agreements: readonly Agreement[],
  pieces: Pieces,
  { aLo, aHi, bLo, bHi }: MatchTable,
): Constraints {
  const constraints = new Constraints();
  for (const place of group.agreements) {
    const { pair, track, stretches } = agreements[place]!;
    const { a, b } = pair;
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

/** Where the reference was stepped itself, the piece that most rests on gives the time. @param own its pieces */
export function mainPiece(own: readonly number[], { xPiece, yPiece, length }: Constraints): number {
  const counts = new Map(own.map((piece) => [piece, 0]));
  for (let e = 0; e < length; e++) {
    for (const piece of [xPiece[e]!, yPiece[e]!])
      if (counts.has(piece)) counts.set(piece, counts.get(piece)! + 1);
  }
  return own.reduce((best, piece) => (counts.get(piece)! > counts.get(best)! ? piece : best));
}
