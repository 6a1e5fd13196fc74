import { duration } from "../../report/durations.js";
import { counted, type Page } from "../../report/page.js";
import { displayWidth, padEnd } from "../../report/width.js";
import { type Line, type Style, span } from "../line.js";
import type { TimelineState } from "../state.js";
import type { Subject } from "../subject.js";
import { digitsFor, momentText } from "./axis.js";
import { countsIn } from "./counts.js";
import type { Lane } from "./lanes.js";
import type { Room } from "./layout.js";
import { type Happening, happenings } from "./under.js";
import { columnOf } from "./window.js";

/** The column that the cursor is in, µs after the origin. */
export function cursorColumn({ window, at }: TimelineState): [from: number, to: number] {
  const column = columnOf(window, at);
  return [window.from + column * window.per, window.from + (column + 1) * window.per];
}

/** What lies under the cursor in the chosen lane, as much as there is room for. */
export function panelLines(
  subject: Subject,
  lanes: readonly Lane[],
  state: TimelineState,
  room: Room,
  page: Page,
): Line[] {
  const width = room.nameWidth + room.columns + 1;
  const lane = lanes.find(({ key }) => key === state.lane);
  const [from, to] = cursorColumn(state);
  const here = lane ? happenings(lane, from, to) : [];
  const digits = Math.min(9, Math.max(3, digitsFor(state.window.per)));
  const name = lane ? page.fitEnd(lane.name, Math.floor(width / 3)) : "";
  const words = `${momentText(subject.study.picture.origin!, state.at, digits)}  ${name}  ${amount(lane, state, here.length, page)}`;
  const rule = page.glyph.line.repeat(2);
  const head = `${rule} ${page.fit(words, width - 6)} `;
  const lines: Line[] = [
    [span(head + page.glyph.line.repeat(Math.max(0, width - displayWidth(head))), "dim")],
  ];
  const rows = room.panel - 1;
  const shown = here.slice(0, here.length > rows ? rows - 1 : rows);
  lines.push(...happeningLines(subject, shown, page, Math.max(6, digits), width));
  if (shown.length < here.length)
    lines.push([span(`  ${page.glyph.more} and ${here.length - shown.length} more: Enter shows all`, "dim")]);
  while (lines.length < room.panel) lines.push([]);
  return lines;
}

function amount(lane: Lane | undefined, { window, at }: TimelineState, events: number, page: Page): string {
  if (!lane) return "hidden by the filter";
  const column = columnOf(window, at);
  const { counts, spread } = countsIn(lane, { ...window, from: window.from + column * window.per }, 1);
  const records = Math.round(counts[0]!);
  if (lane.densities.length > 0 && !spread[0] && records > 0) return counted(records, "record");
  if (events > 0) return counted(events, "event");
  return counts[0]! > 0 ? "records around here" : `nothing here ${page.glyph.dot} w next, b before`;
}

/** Events one below the other: when, where, and what. */
export function happeningLines(
  { study }: Subject,
  shown: readonly Happening[],
  page: Page,
  digits: number,
  width: number,
): Line[] {
  const times = shown.map((one) => page.show(timeWords(study.picture.origin!, one, digits)));
  const places = shown.map(({ place }) => page.fitEnd(place, Math.floor(width / 4)));
  const timeWidth = Math.max(0, ...times.map(displayWidth));
  const placeWidth = Math.max(0, ...places.map(displayWidth));
  return shown.map(({ action, label, cited, failed, from, to, stamped }, i) => {
    const look: Style[] = failed ? ["red"] : cited ? ["yellow"] : [];
    const took = to !== undefined && to > from ? ` (${duration(to - from)})` : "";
    const was =
      stamped === undefined
        ? ""
        : ` (stamped ${momentText(study.picture.origin!, stamped, digits).slice(11)})`;
    const said = label === "" || label.startsWith(action) ? label || action : `${action}  ${label}`;
    const words = `${said}${took}${was}`;
    return [
      span(`  ${padEnd(times[i]!, timeWidth)}  `),
      ...(placeWidth > 0 ? [span(`${padEnd(places[i]!, placeWidth)}  `, "cyan")] : []),
      span(
        page.fit(words, Math.max(8, width - 4 - timeWidth - (placeWidth > 0 ? placeWidth + 2 : 0))),
        ...look,
      ),
    ];
  });
}

/** `00:52:27.460`, and how far the truth can be from it. */
function timeWords(origin: number, { from, latest }: Happening, digits: number): string {
  const point = momentText(origin, from, digits).slice(11);
  return latest - from < 1 ? point : `${point} +≤${duration(latest - from)}`;
}
