import type { Page } from "../../report/page.js";
import type { Style } from "../line.js";
import { severityLook } from "../panes/look.js";
import { Cells } from "./cells.js";
import { type Counts, countsIn, levelOf } from "./counts.js";
import type { Lane, Stretch } from "./lanes.js";
import type { Pen } from "./pen.js";
import { columnOf, type Window } from "./window.js";

/** What a lane is drawn on. */
export interface Canvas {
  window: Window;
  columns: number;
  pen: Pen;
  page: Page;
}

/** How much of a lane happened when, by the height of signs, and on top of it the events that findings cite. */
export function densityRow(lane: Lane, { window, columns, pen }: Canvas): Cells {
  const cells = new Cells(columns);
  const told = countsIn(lane, window, columns);
  drawCounts(cells, told, pen, "cyan");
  for (const { time, latest, findingIds } of lane.marks) {
    const [from, to] = [columnOf(window, time), columnOf(window, latest)];
    if (to < 0 || from >= columns) continue;
    if (findingIds.length === 0) {
      // Between the counts of wide bins, single events are what is known exactly.
      if (told.spread[from]) cells.put(from, pen.event, "cyan");
      continue;
    }
    for (let column = Math.max(0, from); column <= Math.min(to, columns - 1) && to > from; column++)
      if (cells.isFree(column)) cells.put(column, pen.maybe, "yellow");
    cells.put(Math.round((Math.max(0, from) + Math.min(columns - 1, to)) / 2), pen.cited, "yellow", "bold");
  }
  return cells;
}

/** Draws counts; those that are spread over narrower columns only as being there. */
export function drawCounts(cells: Cells, { counts, spread }: Counts, pen: Pen, ...styles: Style[]): void {
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  counts.forEach((count, column) => {
    if (count <= 0) return;
    if (spread[column]) cells.put(column, pen.spread, "dim");
    else cells.put(column, pen.levels[levelOf(count, most)]!, ...styles);
  });
}

/**
 * Lays stretches that are seen into rows in which they do not touch: cited ones first, then failures, then in the order of time.
 * @returns what lies in each row, and how many had no room
 */
export function packed(
  stretches: readonly Stretch[],
  { window, columns }: Pick<Canvas, "window" | "columns">,
  rows: number,
): { rows: Stretch[][]; left: number } {
  const seen = stretches.filter(
    ({ from, to }) => columnOf(window, to.latest) >= 0 && columnOf(window, from.earliest) < columns,
  );
  const rank = ({ cited, outcome }: Stretch) => (cited ? 0 : outcome === "failure" ? 1 : 2);
  const ranked = seen.map((stretch, i) => ({ stretch, i, rank: rank(stretch) }));
  ranked.sort((a, b) => a.rank - b.rank || a.i - b.i);
  const taken = Array.from({ length: rows }, () => new Uint8Array(columns + 2));
  const laid: Stretch[][] = taken.map(() => []);
  let left = 0;
  for (const { stretch } of ranked) {
    const first = Math.max(0, columnOf(window, stretch.from.earliest));
    const last = Math.min(columns - 1, columnOf(window, stretch.to.latest));
    // One cell stays free on either side.
    const row = taken.findIndex((cells) => !cells.subarray(first, last + 3).includes(1));
    if (row < 0) {
      left++;
      continue;
    }
    taken[row]!.fill(1, first + 1, last + 2);
    laid[row]!.push(stretch);
  }
  return { rows: laid.filter((row) => row.length > 0), left };
}

/** Stretches as bars: where each may have begun or ended is drawn otherwise, and what it was stands in it where there is room. */
export function stretchRow(stretches: readonly Stretch[], canvas: Canvas): Cells {
  const cells = new Cells(canvas.columns);
  for (const stretch of stretches) drawStretch(cells, stretch, canvas);
  return cells;
}

function lookOf({ severity, outcome, cited }: Stretch): Style[] {
  if (severity) return severityLook(severity);
  if (outcome === "failure") return cited ? ["red", "bold"] : ["red"];
  return outcome === "success" ? ["green"] : [];
}

function drawStretch(cells: Cells, stretch: Stretch, { window, columns, pen, page }: Canvas): void {
  const { from, to, label, outcome } = stretch;
  const [first, begun, ended, last] = [from.earliest, from.latest, to.earliest, to.latest].map((at) =>
    columnOf(window, at),
  ) as [number, number, number, number];
  const look = lookOf(stretch);
  const failed = outcome === "failure";
  if (first === last) {
    cells.put(first, failed ? pen.failed : pen.short, ...look);
    return;
  }
  cells.fill(first, last, pen.maybe, ...look);
  if (begun <= ended) cells.fill(begun, ended, pen.line, ...look);
  cells.put(first, pen.from, ...look);
  cells.put(last, failed ? pen.failed : pen.to, ...look);
  const [left, right] = [Math.max(first + 2, 1), Math.min(last - 2, columns - 2)];
  const room = right - left - 1;
  if (room >= LEAST_LABEL) cells.write(left, ` ${page.fit(label, room - 2)} `, ...look);
}

const LEAST_LABEL = 12;
