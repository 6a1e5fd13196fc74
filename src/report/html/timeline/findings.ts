import type { TimelineFinding } from "./data.js";
import type { Extent } from "./extent.js";
import { type Item, stretchOf } from "./items.js";

/** A finding that has a place on the common clock. */
export type PlacedFinding = TimelineFinding & { span: NonNullable<TimelineFinding["span"]> };

/** Where a finding is drawn. */
export interface FindingRow {
  finding: PlacedFinding;
  row: number;
  /** False where a row is shared: there is no room for words. */
  titled: boolean;
}

/** From the beginning of a cause to that of its effect. */
export interface Arrow {
  cause: FindingRow;
  effect: FindingRow;
}

/** So many have a row and a title each; the others share the rows below. */
const TITLED = 12;
const SHARED_ROWS = 4;

export const placed = (findings: TimelineFinding[]): PlacedFinding[] =>
  findings.filter((finding): finding is PlacedFinding => finding.span !== null);

/** @param findings in the order in which they are told: causes above their effects */
export function findingRows(findings: PlacedFinding[]): FindingRow[] {
  const rows: FindingRow[] = findings
    .slice(0, TITLED)
    .map((finding, row) => ({ finding, row, titled: true }));
  const ends: number[] = [];
  const others = findings.slice(TITLED).sort((a, b) => a.span.from - b.span.from);
  for (const finding of others) {
    let shared = ends.findIndex((end) => end < finding.span.from);
    if (shared < 0) shared = ends.length < SHARED_ROWS ? ends.length : ends.indexOf(Math.min(...ends));
    ends[shared] = Math.max(ends[shared] ?? Number.NEGATIVE_INFINITY, finding.span.to);
    rows.push({ finding, row: TITLED + shared, titled: false });
  }
  return rows;
}

/** Arrows among findings with a title: between the others nobody could follow them. */
export function arrowsOf(rows: FindingRow[]): Arrow[] {
  const byId = new Map(rows.filter(({ titled }) => titled).map((row) => [row.finding.id, row]));
  return [...byId.values()].flatMap((effect) =>
    effect.finding.causedBy.flatMap((id) => {
      const cause = byId.get(id);
      return cause ? [{ cause, effect }] : [];
    }),
  );
}

/** The stretch of a finding and of everything that it cites. */
export function stretchOfFinding({ id, span }: PlacedFinding, items: Item[]): Extent {
  const stretch = { from: span.from, to: Math.max(span.to, span.latestFrom) };
  for (const item of items) {
    if (!item.findingIds.includes(id)) continue;
    const { from, to } = stretchOf(item);
    stretch.from = Math.min(stretch.from, from);
    stretch.to = Math.max(stretch.to, to);
  }
  return stretch;
}
