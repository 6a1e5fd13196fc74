import { MatchTable } from "../../../../src/clock/align/match.js";
import type { RecordRef } from "../../../../src/model/event.js";

/** What both clocks say of one happening: a point, or a window, of each; µs. */
export type Seen = number | readonly [number, number];

const ends = (seen: Seen): readonly [number, number] => (typeof seen === "number" ? [seen, seen] : seen);

/** The n-th match of a test cites line n of its two sources. */
const record = (source: number, line: number): RecordRef => ({ source, line, offset: 0, length: 0 });

/** Matches of clocks by their indexes: `[a, what a says, b, what b says]`. */
export function tableOf(...matches: readonly (readonly [number, Seen, number, Seen])[]): MatchTable {
  const table = new MatchTable();
  for (const [n, [a, atA, b, atB]] of matches.entries()) {
    const [[aLo, aHi], [bLo, bHi]] = [ends(atA), ends(atB)];
    table.push({ a, b, aLo, aHi, bLo, bHi, aRecord: record(a, n + 1), bRecord: record(b, n + 1) });
  }
  return table;
}

/** So many clocks with stamps. */
export const stamped = (count: number) => Array.from({ length: count }, () => ({ unstamped: false }));

export const SECOND = 1e6;
export const MS = 1e3;
/** After all that is before a moment, or before all that is after it. */
export const EVER = Number.POSITIVE_INFINITY;
