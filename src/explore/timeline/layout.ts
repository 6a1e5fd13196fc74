import type { Page } from "../../report/page.js";
import type { Filter } from "../filter.js";
import { remembered } from "../memo.js";
import type { Size, TimelineState } from "../state.js";
import type { Subject } from "../subject.js";
import type { Cells } from "./cells.js";
import { type Canvas, densityRow, packed, stretchRow } from "./draw-lane.js";
import { FINDINGS, type Lane, lanesOf } from "./lanes.js";
import { penFor } from "./pen.js";

/** Rows around the body: tabs above, status and keys below. */
export const AROUND = 3;
/** Rows of the timeline above its lanes: the window in words, all of it, the axis. */
export const HEAD = 3;

/** How the screen is divided. */
export interface Room {
  nameWidth: number;
  /** Of the picture. */
  columns: number;
  /** Rows for lanes. */
  lanes: number;
  /** Rows for what lies under the cursor, its heading among them. */
  panel: number;
}

export function roomFor({ columns, rows }: Size): Room {
  const nameWidth = Math.min(28, Math.max(10, Math.floor(columns / 5)));
  const body = Math.max(0, rows - AROUND);
  const panel = Math.min(14, Math.max(4, Math.floor(body / 4)));
  return {
    nameWidth,
    columns: Math.max(1, columns - nameWidth - 1),
    lanes: Math.max(1, body - HEAD - panel),
    panel,
  };
}

/** The lanes of a timeline, which change with the filter alone. */
export const lanesFor = remembered((subject: Subject, filter: Filter, by: TimelineState["by"]) =>
  lanesOf(subject, filter, by),
);

/** One row of the picture; `first`: the lane's name stands beside it. */
export interface LaneRow {
  lane: Lane;
  cells: Cells;
  first: boolean;
  /** Stretches that had no room in this lane; told beside its last row. */
  left: number;
}

/** The lanes that are seen: as many as there is room for, the chosen one among them. */
export function laneRows(
  lanes: readonly Lane[],
  { window, lane: chosen }: TimelineState,
  room: Room,
  page: Page,
): LaneRow[] {
  const canvas: Canvas = { window, columns: room.columns, pen: penFor(page.utf8), page };
  const most = Math.min(8, Math.max(2, Math.floor(room.lanes / lanes.length) - 1));
  let shown: LaneRow[] = [];
  let complete = false;
  for (const lane of lanes) {
    const rows = rowsOf(lane, canvas, lane.key === FINDINGS ? Math.max(3, most) : most);
    if (shown.length + rows.length > room.lanes) {
      if (complete) break;
      shown = [];
    }
    shown.push(...rows.slice(0, room.lanes));
    complete ||= lane.key === chosen;
  }
  return shown;
}

function rowsOf(lane: Lane, canvas: Canvas, most: number): LaneRow[] {
  const { rows, left } = packed(lane.stretches, canvas, most);
  const drawn = rows.map((stretches) => stretchRow(stretches, canvas));
  const density = lane.key === FINDINGS && drawn.length > 0 ? [] : [densityRow(lane, canvas)];
  return [...density, ...drawn].map((cells, i, all) => ({
    lane,
    cells,
    first: i === 0,
    left: i === all.length - 1 ? left : 0,
  }));
}
