import { EVERYTHING } from "../filter.js";
import type { Row } from "../pane.js";
import { paneOf, type Scene } from "../panes/index.js";
import { AT_TOP, type Overlay, type Size, type State, seesTimeline } from "../state.js";
import { VIEWS } from "../target.js";
import { roomFor } from "../timeline/layout.js";
import type { Action } from "./action.js";
import { clicked } from "./mouse.js";
import { moved, placed, placeIn } from "./move.js";
import { closed, nextView, opened, shownOnTimeline } from "./open.js";
import { asked, typed } from "./prompt.js";
import { found } from "./search.js";
import { timelineKey } from "./timeline.js";

/** What becomes of a state by what somebody does. Pure: the same gives the same. */
export function reduce(state: State, action: Action, scene: Scene): State {
  if (action.type === "resize") return resized(state, action.size, scene);
  if (action.type === "told") return { ...state, notice: action.notice, save: undefined };
  const quiet = { ...state, notice: "" };
  if (action.type === "mouse")
    return state.prompt ? state : clicked(quiet, action, scene, (now) => enter(now, scene));
  if (action.key === "ctrl-c") return { ...state, over: true };
  return state.prompt ? typed(quiet, action.key, scene) : pressed(quiet, action.key, scene);
}

function pressed(state: State, key: string, scene: Scene): State {
  const view = VIEWS[Number(key) - 1];
  if (view) return opened(state, { kind: "view", view });
  if (state.overlay) return overlayKey(state, key, scene) ?? commonKey(state, key, scene);
  if (seesTimeline(state)) return timelineKey(state, key, scene) ?? commonKey(state, key, scene);
  return moved(state, paneOf(scene, state), key) ?? commonKey(state, key, scene);
}

/** Keys that mean the same everywhere. */
function commonKey(state: State, key: string, scene: Scene): State {
  switch (key) {
    case "enter":
    case "l":
    case "right":
      return enter(state, scene);
    case "escape":
    case "backspace":
    case "h":
    case "left":
      return back(state);
    case "tab":
      return nextView(state, 1);
    case "shift-tab":
      return nextView(state, -1);
    case "/":
      return asked(state, "search");
    case "&":
      return asked(state, "filter");
    case "n":
      return found(state, scene);
    case "N":
      return found(state, scene, true);
    case "f":
      return laidOver(state, "filter");
    case "?":
      return laidOver(state, "help");
    case "c":
      return { ...state, filter: EVERYTHING, notice: "everything is shown" };
    case "e":
      return asked(state, "save");
    case "t":
      return shownOnTimeline(state, chosenRow(state, scene)?.target ?? state.stack.at(-1), scene);
    case "q":
      return back(state) === state ? { ...state, over: true } : back(state);
    case "Q":
      return { ...state, over: true };
    default:
      return state;
  }
}

const laidOver = (state: State, what: Overlay["what"]): State =>
  state.overlay?.what === what
    ? { ...state, overlay: undefined }
    : { ...state, overlay: { what, place: AT_TOP } };

const back = (state: State): State => (state.overlay ? { ...state, overlay: undefined } : closed(state));

/** Keys of what lies over everything else; `undefined` for other keys. */
function overlayKey(state: State, key: string, scene: Scene): State | undefined {
  const pane = paneOf(scene, state);
  const row = pane.rows[placeIn(state, pane).cursor];
  if (state.overlay?.what === "filter") {
    if (key === " " || key === "x") return enter(state, scene);
    if (key === "o" && row?.only) return { ...state, filter: row.only };
  }
  return moved(state, pane, key);
}

function chosenRow(state: State, scene: Scene): Row | undefined {
  const pane = paneOf(scene, state);
  return pane.rows[placeIn(state, pane).cursor];
}

/** Opens what is chosen, or changes the filter as it says. */
function enter(state: State, scene: Scene): State {
  if (seesTimeline(state) && !state.overlay) return timelineKey(state, "enter", scene)!;
  const row = chosenRow(state, scene);
  if (row?.filter) return { ...state, filter: row.filter };
  return row?.target
    ? opened(state, row.target)
    : { ...state, notice: "nothing opens here; } goes to the next part" };
}

/** The same stretch of time in another number of columns, and the cursor of what is open still in sight. */
function resized(state: State, size: Size, scene: Scene): State {
  const { window } = state.timeline;
  const per = (window.per * roomFor(state.size).columns) / roomFor(size).columns;
  const now: State = { ...state, size, timeline: { ...state.timeline, window: { ...window, per } } };
  if (seesTimeline(now) && !now.overlay) return now;
  const pane = paneOf(scene, now);
  return placed(now, pane, placeIn(now, pane));
}
