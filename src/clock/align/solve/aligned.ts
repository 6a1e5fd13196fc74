import type { MatchTable } from "../match.js";
import type { Alignment, Piece } from "../solution.js";
import type { Agreement } from "./agreement.js";
import type { Group } from "./groups.js";
import { type Knots, KnottedPiece, knotsOf, ReferencePiece, UncertainPiece } from "./piece.js";
import type { Pieces } from "./pieces.js";
import { Proof } from "./proof.js";
import type { Bounds } from "./relax.js";
import type { Constraints, System } from "./system.js";

/** A group of clocks whose system was solved. */
export interface SolvedGroup {
  group: Group;
  /** What the group is called. */
  number: number;
  pieces: Pieces;
  /** The piece of the reference that gives the time. */
  main: number;
  constraints: Constraints;
  system: System;
  bounds: Bounds;
  /** Constraints that were left out. */
  without: ReadonlySet<number>;
  agreements: readonly Agreement[];
  matches: MatchTable;
}

/** The clocks of a group of which something is known: those that constraints link with the reference. */
export function alignmentsOf(solved: SolvedGroup): Map<number, Alignment> {
  const { group, number, pieces, main, system, bounds, matches } = solved;
  const proofs = proofsOf(solved);
  const counts = matchesOf(solved);
  const aligned = new Map<number, Alignment>();
  for (const clock of group.clocks) {
    const own = pieces.of(clock).map((piece) => ({ piece, knots: knotsOf(system, bounds, piece) }));
    if (!own.some(({ knots }) => isKnown(knots))) continue;
    const zones = pieces.zones(clock);
    const sure = own.map(({ piece, knots }, i): Piece => {
      const from = zones[i - 1]?.to ?? Number.NEGATIVE_INFINITY;
      const to = zones[i]?.from ?? Number.POSITIVE_INFINITY;
      return piece === main
        ? new ReferencePiece(knots.stamps[0]!, from, to)
        : new KnottedPiece(knots, from, to);
    });
    const list: Piece[] = [];
    for (const [i, piece] of sure.entries()) {
      list.push(piece);
      const zone = zones[i];
      if (zone && zone.to > zone.from) list.push(new UncertainPiece(piece, sure[i + 1]!, zone.from, zone.to));
    }
    aligned.set(clock, {
      group: number,
      pieces: list,
      matches: counts.get(clock) ?? 0,
      proof: proofs.get(clock)?.matches(matches) ?? [],
    });
  }
  return aligned;
}

const isKnown = ({ lo, hi }: Knots): boolean => lo.some(Number.isFinite) || hi.some(Number.isFinite);

/** The matches of each clock that leave the least open. */
function proofsOf({ system, bounds, constraints, without, matches }: SolvedGroup): Map<number, Proof> {
  const proofs = new Map<number, Proof>();
  const { aLo, aHi, bLo, bHi, a, b } = matches;
  const middle = (knot: number) => {
    const [lo, hi] = [bounds.lo[knot]!, bounds.hi[knot]!];
    return Number.isFinite(lo + hi) ? (lo + hi) / 2 : Number.isFinite(lo) ? lo : hi;
  };
  for (let e = 0; e < constraints.length; e++) {
    if (without.has(e)) continue;
    const row = constraints.row[e]!;
    const width = aHi[row]! - aLo[row]! + bHi[row]! - bLo[row]!;
    // Bounded on one side only: what it leaves open is known by what others say.
    const slack = Number.isFinite(width)
      ? width
      : Math.abs(middle(system.y[e]!) - middle(system.x[e]!) - system.least[e]!);
    for (const clock of [a[row]!, b[row]!]) {
      const proof = proofs.get(clock) ?? new Proof();
      proofs.set(clock, proof);
      proof.add(row, Number.isNaN(slack) ? Number.POSITIVE_INFINITY : slack);
    }
  }
  return proofs;
}

/** How many matches of each clock hold together with the others. */
function matchesOf({ group, agreements, constraints, without }: SolvedGroup): Map<number, number> {
  const left = new Map<number, Set<number>>();
  for (const e of without) {
    const rows = left.get(constraints.agreement[e]!) ?? new Set();
    left.set(constraints.agreement[e]!, rows.add(constraints.row[e]!));
  }
  const linked = new Set(constraints.agreement);
  const members = new Set(group.clocks);
  const counts = new Map<number, number>();
  for (const [place, { pair, stretches }] of agreements.entries()) {
    if (!members.has(pair.a) || !linked.has(place)) continue;
    const kept = stretches.reduce((sum, { length }) => sum + length, 0) - (left.get(place)?.size ?? 0);
    for (const clock of [pair.a, pair.b]) counts.set(clock, (counts.get(clock) ?? 0) + kept);
  }
  return counts;
}
