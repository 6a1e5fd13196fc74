import { duration } from "../../report/durations.js";
import { grouped, type Page } from "../../report/page.js";
import { padEnd } from "../../report/width.js";
import type { Filter } from "../filter.js";
import { type Line, type Span, span } from "../line.js";
import type { Size, TimelineState } from "../state.js";
import type { Subject } from "../subject.js";
import { digitsFor, momentText, ticksOf } from "./axis.js";
import { Cells } from "./cells.js";
import { countsIn } from "./counts.js";
import { drawCounts } from "./draw-lane.js";
import type { Lane } from "./lanes.js";
import { type LaneRow, laneRows, lanesFor, type Room, roomFor } from "./layout.js";
import { panelLines } from "./panel.js";
import { type Pen, penFor } from "./pen.js";
import { columnOf, framing } from "./window.js";

/** The timeline as it fills the body of the screen. */
export function timelineLines(
  subject: Subject,
  state: TimelineState,
  filter: Filter,
  size: Size,
  page: Page,
): Line[] {
  const { picture } = subject.study;
  if (picture.origin === null) return [[], [span("  Nothing has a known time: view 6 says why.", "dim")]];
  const room = roomFor(size);
  const pen = penFor(page.utf8);
  const lanes = lanesFor(subject, filter, state.by);
  const shown = laneRows(lanes, state, room, page);
  const rows = shown.map((row) => laneLine(row, state, room, page, pen));
  while (rows.length < room.lanes) rows.push([]);
  return [
    headline(subject, state, lanesWords(lanes, shown), room, page),
    overview(subject, state, room, page, pen),
    axis(subject, state, room, page, pen),
    ...rows,
    ...panelLines(subject, lanes, state, room, page),
  ];
}

/** `lanes 4-12 of 30`, where not all of them are seen. */
function lanesWords(lanes: readonly Lane[], shown: readonly LaneRow[]): string {
  const seen = new Set(shown.map(({ lane }) => lane));
  if (seen.size === lanes.length) return "";
  const first = lanes.findIndex((lane) => seen.has(lane)) + 1;
  return `lanes ${first}-${first + seen.size - 1} of ${lanes.length}`;
}

/** The window in words: from when, how long, and how much a column is. */
function headline(
  { study }: Subject,
  { window, by }: TimelineState,
  lanes: string,
  room: Room,
  page: Page,
): Line {
  const across = window.per * room.columns;
  const digits = Math.max(0, digitsFor(across / 100));
  const begin = momentText(study.picture.origin!, window.from, digits);
  const { totals, bars, marks } = study.picture;
  const left = totals.bars + totals.marks - bars.length - marks.length;
  const rest = left > 0 ? [`${grouped(left)} more events are only counted`] : [];
  const words = [
    `${begin} UTC`,
    `${spanWords(across)} across`,
    `${spanWords(window.per)} a column`,
    ...(by === "source" ? [] : [`by ${by}`]),
    ...(lanes === "" ? [] : [lanes]),
    ...rest,
  ];
  return [span(page.fit(words.join(` ${page.glyph.dot} `), room.nameWidth + room.columns + 1), "dim")];
}

const spanWords = (us: number): string =>
  us < 1 ? `${Number((us * 1000).toPrecision(3))} ns` : duration(us);

/** A window of so much of everything needs no mark. */
const ALMOST = 0.9;

/** All records of all time in one row, the window marked in it. */
function overview({ study }: Subject, { window }: TimelineState, room: Room, page: Page, pen: Pen): Line {
  const { densities, length } = study.picture;
  const whole = framing(0, length, room.columns);
  const counts = Array<number>(room.columns).fill(0);
  for (const source of new Set(densities.map((density) => density.source))) {
    const own = densities.filter((density) => density.source === source).sort((a, b) => a.width - b.width);
    const told = countsIn(
      { key: "", name: "", densities: own, stretches: [], marks: [] },
      whole,
      room.columns,
    );
    told.counts.forEach((count, i) => {
      counts[i]! += count;
    });
  }
  const cells = new Cells(room.columns);
  drawCounts(cells, { counts, spread: [] }, pen, "dim");
  const from = Math.max(0, columnOf(whole, window.from));
  const to = Math.min(room.columns - 1, columnOf(whole, window.from + window.per * room.columns));
  if (to - from < room.columns * ALMOST)
    for (let column = from; column <= to; column++) cells.look(column, "bold", "cyan", "underline");
  return [span(padEnd(page.fit("  all", room.nameWidth), room.nameWidth + 1), "dim"), ...cells.line()];
}

function axis({ study }: Subject, state: TimelineState, room: Room, page: Page, pen: Pen): Line {
  const cells = new Cells(room.columns);
  for (const { column, label } of ticksOf(state.window, room.columns, study.picture.origin!)) {
    cells.put(column, pen.tick, "dim");
    cells.write(column + 1, label, "dim");
  }
  const place = columnOf(state.window, state.at);
  if (cells.isFree(place)) cells.put(place, page.utf8 ? "▼" : "v", "bold");
  else cells.add(place, "inverse");
  return [span(" ".repeat(room.nameWidth + 1)), ...cells.line()];
}

function laneLine(
  { lane, cells, first, left }: LaneRow,
  state: TimelineState,
  room: Room,
  page: Page,
  pen: Pen,
): Line {
  const chosen = lane.key === state.lane;
  const place = columnOf(state.window, state.at);
  if (cells.isFree(place))
    cells.put(place, pen.cursor, ...(chosen ? (["bold"] as const) : (["dim"] as const)));
  else if (chosen) cells.add(place, "inverse");
  const rest = left > 0 && !first ? `+${left} more` : "";
  const text = first ? page.fitEnd(lane.name, room.nameWidth - 2) : rest.padStart(room.nameWidth - 2);
  const name: Span = span(
    `${chosen && first ? `${pen.chosen} ` : "  "}${padEnd(text, room.nameWidth - 2)} `,
    ...(chosen ? (["bold"] as const) : (["dim"] as const)),
  );
  return [name, ...cells.line()];
}
