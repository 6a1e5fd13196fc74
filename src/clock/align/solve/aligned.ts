import type { MatchTable } from "../match.js";
import type { Alignment, Piece } from "../solution.js";
import type { Agreement } from "./agreement.js";
import type { Group } from "./groups.js";
import { type Knots, KnottedPiece, knotsOf, ReferencePiece, ShiftedPiece, UncertainPiece } from "./piece.js";
import type { Pieces, Zone } from "./pieces.js";
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
  const { group, number, matches } = solved;
  const proofs = proofsOf(solved);
  const counts = matchesOf(solved);
  const aligned = new Map<number, Alignment>();
  for (const clock of group.clocks) {
    const pieces = piecesOf(clock, solved);
    if (pieces.length === 0) continue;
    aligned.set(clock, {
      group: number,
      pieces,
      matches: counts.get(clock) ?? 0,
      proof: proofs.get(clock)?.matches(matches) ?? [],
    });
  }
  return aligned;
}

/** A clock's pieces, and between them the stretches that may be of either; none where nothing is known. */
function piecesOf(clock: number, { pieces, main, system, bounds }: SolvedGroup): Piece[] {
  const between = pieces.between(clock);
  const own: (Piece | undefined)[] = pieces.of(clock).map((piece) => {
    const knots = knotsOf(system, bounds, piece);
    if (!isKnown(knots)) return undefined;
    return piece === main ? new ReferencePiece(knots.stamps[0]!) : new KnottedPiece(knots);
  });
  if (!own.some((piece) => piece)) return [];
  // What nothing else is known of differs from the piece beside it by the step at most.
  for (let i = 1; i < own.length; i++) {
    if (own[i - 1]) own[i] ??= new ShiftedPiece(own[i - 1]!, between[i - 1]!.by);
  }
  for (let i = own.length - 2; i >= 0; i--) {
    const { min, max } = between[i]!.by;
    own[i] ??= new ShiftedPiece(own[i + 1]!, { min: -max, max: -min });
  }
  const all = own.map((piece) => piece!);
  return interleaved(
    all,
    between.map(({ zone }) => zone),
  );
}

/**
 * Pieces in the order of the clock's stamps, each beginning where the one before ends. Zones that overlap are one, in which the
 * clock may have been in any of the pieces
 * about them.
 */
function interleaved(all: readonly Piece[], zones: readonly Zone[]): Piece[] {
  const list: Piece[] = [all[0]!];
  for (let i = 0; i < zones.length; ) {
    const { from } = zones[i]!;
    const first = i;
    let { to } = zones[i]!;
    for (i++; i < zones.length && zones[i]!.from <= to; i++) to = Math.max(to, zones[i]!.to);
    list.at(-1)!.to = from;
    if (to > from) list.push(new UncertainPiece(all.slice(first, i + 1), from, to));
    all[i]!.from = to;
    list.push(all[i]!);
  }
  return list;
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
  const counts = new Map<number, number>();
  for (const place of group.agreements) {
    if (!linked.has(place)) continue;
    const { pair, stretches } = agreements[place]!;
    const kept = stretches.reduce((sum, { length }) => sum + length, 0) - (left.get(place)?.size ?? 0);
    for (const clock of [pair.a, pair.b]) counts.set(clock, (counts.get(clock) ?? 0) + kept);
  }
  return counts;
}
