import type { Report, TimelineEntry } from "./contract.js";
import { micros } from "./times.js";

/** A row of the shown timeline: an entry, and how many that differ only in their details follow it. */
export interface Row {
  entry: TimelineEntry;
  more: number;
  entries: TimelineEntry[];
}

/** Fewer than this are shown: a fold saves a line but hides what differs. */
const LEAST_FOLDED = 2;

/** Folds runs of entries of one action that prove the same: those of one source, and copies of them in others. */
export function foldRuns(entries: readonly TimelineEntry[]): Row[] {
  const rows: Row[] = [];
  for (const entry of entries) {
    const row = rows.at(-1);
    if (row && sameKind(row.entries.at(-1)!, entry)) {
      row.more++;
      row.entries.push(entry);
    } else rows.push(alone(entry));
  }
  return rows.flatMap((row) => (row.more < LEAST_FOLDED ? row.entries.map(alone) : [row]));
}

const alone = (entry: TimelineEntry): Row => ({ entry, entries: [entry], more: 0 });

function sameKind(a: TimelineEntry, b: TimelineEntry): boolean {
  return (
    a.action === b.action &&
    (a.source === b.source || sameMoment(a, b)) &&
    (a.time === null) === (b.time === null) &&
    a.findingIds.some((id) => b.findingIds.includes(id))
  );
}

/** The same record seen in another source: copies of a packet differ by tens of microseconds. */
function sameMoment(a: TimelineEntry, b: TimelineEntry): boolean {
  return Math.abs(micros(a.time) - micros(b.time)) < 1000;
}

/** The `most` items of the lowest rank, the earlier of equals, in the order in which they came. */
export function choose<T>(items: readonly T[], most: number, rank: (item: T) => number): T[] {
  if (items.length <= most) return [...items];
  const ranked = items.map((item, index) => ({ item, index, rank: rank(item) }));
  ranked.sort((a, b) => a.rank - b.rank || a.index - b.index);
  return ranked
    .slice(0, most)
    .sort((a, b) => a.index - b.index)
    .map(({ item }) => item);
}

/**
 * Ranks rows of the timeline for people with little room: the first rows of each finding that a story tells, then the
 * next ones of each, then what no story tells.
 */
export function rowRank(report: Report, rows: readonly Row[]): (row: Row) => number {
  const told = new Set(report.story.flatMap(({ steps }) => steps.map(({ findingId }) => findingId)));
  const seen = new Map<string, number>();
  const ranks = new Map<Row, number>();
  for (const row of rows) {
    let rank = rows.length;
    for (const id of row.entry.findingIds) {
      const before = seen.get(id) ?? 0;
      seen.set(id, before + 1);
      if (told.has(id)) rank = Math.min(rank, before);
    }
    ranks.set(row, rank);
  }
  return (row) => ranks.get(row) ?? rows.length;
}
