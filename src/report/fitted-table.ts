import { cellWidth, columns } from "./columns.js";
import type { Page } from "./page.js";
import { displayWidth } from "./width.js";

/** One column of a table; `spare` ones go first where there is no room, 1 before 2. */
export interface Column<T> {
  head: string;
  /** A harmless cell. */
  cell: (row: T) => string;
  spare?: number;
  right?: true;
}

/** What rows are called by; the end of a name says most. */
export interface NameColumn<T> {
  head: string;
  name: (row: T) => string;
  /** Makes the name, as it is shown, a link. */
  linked?: (shown: string, row: T) => string;
}

/** A name may be cut to so much before columns are left out. */
const ENOUGH_FOR_NAME = 24;

/** A table that fits the page: names get the room that the columns leave, columns without room are left out. */
export function fittedTable<T>(
  page: Page,
  rows: readonly T[],
  { head, name, linked = (shown) => shown }: NameColumn<T>,
  all: readonly Column<T>[],
): string[] {
  if (rows.length === 0) return [];
  const measured = all.map((column) => {
    const cells = [page.paint(column.head, "dim"), ...rows.map(column.cell)];
    return { ...column, cells, width: Math.max(...cells.map(cellWidth)) };
  });
  const roomFor = (kept: typeof measured) =>
    page.width - 2 - kept.reduce((sum, { width }) => sum + width + 2, 0);
  const enough = Math.min(
    ENOUGH_FOR_NAME,
    Math.max(...rows.map((row) => displayWidth(page.show(name(row))))),
  );
  let kept = measured;
  const last = Math.max(0, ...all.map(({ spare = 0 }) => spare));
  for (let spare = 1; spare <= last && roomFor(kept) < enough; spare++)
    kept = kept.filter((column) => column.spare !== spare);
  const names = [
    page.paint(head, "dim"),
    ...rows.map((row) => linked(page.fitEnd(name(row), Math.max(12, roomFor(kept))), row)),
  ];
  const right = kept.flatMap((column, i) => (column.right ? [i + 1] : []));
  return columns(
    names.map((text, i) => [text, ...kept.map(({ cells }) => cells[i]!)]),
    2,
    right,
  );
}
