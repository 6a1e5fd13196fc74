import type { MatchTable } from "../match.js";
import type { Alignment } from "../solution.js";
import type { Pair } from "./pairs.js";
import { ReferencePiece } from "./piece.js";

/**
 * A stamped clock that was compared with no other one can still be what an unstamped source is told in: of its partners the one with
 * most matches, when none of them is in a group.
 *
 * @param isStamped by index of clock
 * @returns the clock, as the reference of a new group; undefined: one is in a group, or there is none
 */
export function aloneWith(
  source: number,
  pairs: readonly Pair[],
  { aLo, aHi, bLo, bHi }: MatchTable,
  alignments: readonly Alignment[],
  isStamped: (clock: number) => boolean,
): { clock: number; alignment: (group: number) => Alignment } | undefined {
  const partners = pairs.filter(({ a, b }) => isStamped(a === source ? b : a));
  if (partners.some(({ a, b }) => alignments[a === source ? b : a]!.group !== undefined)) return undefined;
  const [most] = [...partners].sort((p, q) => q.rows.length - p.rows.length);
  if (!most) return undefined;
  const row = most.rows[0]!;
  const [lo, hi] = most.a === source ? [bLo[row]!, bHi[row]!] : [aLo[row]!, aHi[row]!];
  const at = Number.isFinite(lo) ? lo : hi;
  return {
    clock: most.a === source ? most.b : most.a,
    alignment: (group) => ({ group, pieces: [new ReferencePiece(at)], matches: most.rows.length, proof: [] }),
  };
}
