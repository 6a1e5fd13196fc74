import type { MatchTable } from "../match.js";

/** Two clocks and their matches. */
export interface Pair {
  a: number;
  b: number;
  /** Rows of the table, in its order. */
  rows: Uint32Array;
}

/** Two clocks are one number; there are never so many of them. */
const MOST_CLOCKS = 2 ** 26;

/**
 * Sorts matches by the two clocks concerned, in one pass to count and one to fill; pairs come in the order of their clocks.
 * Matches whose windows are
 * open on the same sides say nothing of the clocks, and are left out.
 */
export function pairsOf(matches: MatchTable): Pair[] {
  const { a, b, length } = matches;
  const slots = new Map<number, { a: number; b: number; count: number; from: number }>();
  const slotOf = (row: number) => slots.get(a[row]! * MOST_CLOCKS + b[row]!);
  let telling = 0;
  for (let row = 0; row < length; row++) {
    if (!saysSomething(row, matches)) continue;
    telling++;
    const slot = slotOf(row);
    if (slot) slot.count++;
    else slots.set(a[row]! * MOST_CLOCKS + b[row]!, { a: a[row]!, b: b[row]!, count: 1, from: 0 });
  }
  const sorted = [...slots.values()].sort((x, y) => x.a - y.a || x.b - y.b);
  let from = 0;
  for (const slot of sorted) {
    slot.from = from;
    from += slot.count;
    slot.count = 0;
  }
  const rows = new Uint32Array(telling);
  for (let row = 0; row < length; row++) {
    if (!saysSomething(row, matches)) continue;
    const slot = slotOf(row)!;
    rows[slot.from + slot.count++] = row;
  }
  return sorted.map((slot) => ({
    a: slot.a,
    b: slot.b,
    rows: rows.subarray(slot.from, slot.from + slot.count),
  }));
}

/** One end at least of what it says is finite. */
function saysSomething(row: number, { aLo, aHi, bLo, bHi }: MatchTable): boolean {
  return Number.isFinite(aLo[row]! - bHi[row]!) || Number.isFinite(aHi[row]! - bLo[row]!);
}
