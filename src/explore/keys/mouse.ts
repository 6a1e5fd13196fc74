import { tabsOf } from "../frame/tabs.js";
import { pageFor, paneOf, type Scene } from "../panes/index.js";
import { type State, seesTimeline } from "../state.js";
import { HEAD, laneRows, lanesFor, roomFor } from "../timeline/layout.js";
import type { Action } from "./action.js";
import { placed, placeIn, scrolled } from "./move.js";
import { opened } from "./open.js";
import { FARTHER, gone, NEARER, zoomedAt } from "./timeline.js";

type Mouse = Extract<Action, { type: "mouse" }>;

/** Lines that the wheel moves, as in most terminals. */
const WHEEL = 3;

/**
 * What the mouse does: a click chooses, another one at the same place opens.
 * @param open what Enter would do
 */
export function clicked(state: State, mouse: Mouse, scene: Scene, open: (state: State) => State): State {
  const timeline = seesTimeline(state) && !state.overlay;
  if (mouse.button !== "left") {
    const up = mouse.button === "wheel-up";
    if (timeline) return zoomedAt(state, scene, momentAt(state, mouse.column), up ? NEARER : FARTHER);
    return scrolled(state, paneOf(scene, state), up ? -WHEEL : WHEEL);
  }
  if (mouse.row === 0) {
    const tab = tabsOf(state.size.columns).find(({ from, to }) => mouse.column >= from && mouse.column < to);
    return tab ? opened(state, { kind: "view", view: tab.view }) : state;
  }
  return timeline ? clickedTimeline(state, mouse, scene, open) : clickedRow(state, mouse, scene, open);
}

function clickedRow(state: State, { row }: Mouse, scene: Scene, open: (state: State) => State): State {
  const pane = paneOf(scene, state);
  const { cursor, top } = placeIn(state, pane);
  const at = top + row - 1;
  if (row > state.size.rows - 3 || at >= pane.rows.length) return state;
  return at === cursor ? open(state) : placed(state, pane, { cursor: at, top });
}

/** The moment in the middle of a column of the screen. */
function momentAt({ size, timeline }: State, column: number): number {
  const { nameWidth, columns } = roomFor(size);
  const within = Math.min(Math.max(0, column - nameWidth - 1), columns - 1);
  return timeline.window.from + (within + 0.5) * timeline.window.per;
}

function clickedTimeline(state: State, mouse: Mouse, scene: Scene, open: (state: State) => State): State {
  const room = roomFor(state.size);
  const lanes = lanesFor(scene.subject, state.filter, state.timeline.by);
  const rows = laneRows(lanes, state.timeline, room, pageFor(state.size.columns, scene.utf8));
  const hit = rows[mouse.row - 1 - HEAD];
  if (mouse.row <= HEAD - 1 || mouse.row - 1 - HEAD >= room.lanes) return state;
  const lane = hit?.lane.key ?? state.timeline.lane;
  if (mouse.column <= room.nameWidth) return gone(state, scene, state.timeline.at, lane);
  const now = gone(state, scene, momentAt(state, mouse.column), lane);
  const same = now.timeline.at === state.timeline.at && lane === state.timeline.lane;
  return same ? open(state) : now;
}
