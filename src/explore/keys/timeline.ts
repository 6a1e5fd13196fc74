import type { Scene } from "../panes/index.js";
import type { State, TimelineState } from "../state.js";
import { groupingsOf, type Lane } from "../timeline/lanes.js";
import { lanesFor, roomFor } from "../timeline/layout.js";
import { cursorColumn } from "../timeline/panel.js";
import { happenings, nextIn } from "../timeline/under.js";
import { columnOf, framing, panned, showing, type Window, zoomed } from "../timeline/window.js";
import { opened } from "./open.js";

/** One step of zooming; the wheel takes the same. */
export const NEARER = 1 / 2;
export const FARTHER = 2;

/** The timeline with some of it changed. */
const changed = (state: State, more: Partial<TimelineState>): State => ({
  ...state,
  timeline: { ...state.timeline, ...more },
});

/** The cursor at a moment, which is made to be seen; not before the first record or behind the last one. */
export function gone(state: State, { subject }: Scene, moment: number, lane = state.timeline.lane): State {
  const { columns } = roomFor(state.size);
  const { length } = subject.study.picture;
  const at = Math.min(Math.max(0, moment), length);
  return changed(state, { at, lane, window: showing(state.timeline.window, at, columns, length) });
}

/** Shows more or less around a moment. */
export function zoomedAt(state: State, { subject }: Scene, around: number, factor: number): State {
  const { columns } = roomFor(state.size);
  const window = zoomed(state.timeline.window, around, factor, columns, subject.study.picture.length);
  return changed(state, { window });
}

/** What keys do on the timeline; `undefined` for other keys. */
export function timelineKey(state: State, key: string, scene: Scene): State | undefined {
  const { timeline, filter } = state;
  const { window, at, by } = timeline;
  const { subject } = scene;
  const { columns } = roomFor(state.size);
  const { length } = subject.study.picture;
  const lanes = lanesFor(subject, filter, by);
  switch (key) {
    case "h":
    case "left":
      return stepped(state, scene, -1);
    case "l":
    case "right":
      return stepped(state, scene, 1);
    case "j":
    case "down":
      return changed(state, { lane: neighbour(lanes, timeline.lane, 1) });
    case "k":
    case "up":
      return changed(state, { lane: neighbour(lanes, timeline.lane, -1) });
    case "+":
    case "=":
      return zoomedAt(state, scene, at, NEARER);
    case "-":
    case "_":
      return zoomedAt(state, scene, at, FARTHER);
    case "0":
      return changed(state, { window: framing(0, length, columns) });
    case "L":
    case "pagedown":
    case " ":
      return carried(state, scene, panned(window, columns >> 1, columns, length));
    case "H":
    case "pageup":
      return carried(state, scene, panned(window, -(columns >> 1), columns, length));
    case "g":
    case "home":
      return gone(state, scene, 0);
    case "G":
    case "end":
      return gone(state, scene, length);
    case "w":
    case "}":
      return toNext(state, scene, lanes, true);
    case "b":
    case "{":
      return toNext(state, scene, lanes, false);
    case "z":
      return framed(state, scene, lanes);
    case "v":
      return regrouped(state, scene);
    case "enter":
      return openedHere(state, lanes);
    default:
      return undefined;
  }
}

/** The cursor in the middle of the column beside its own. */
function stepped(state: State, scene: Scene, by: 1 | -1): State {
  const { window, at } = state.timeline;
  return gone(state, scene, window.from + (columnOf(window, at) + by + 0.5) * window.per);
}

/** Another window; the cursor stays in its column. */
const carried = (state: State, scene: Scene, window: Window): State =>
  gone(changed(state, { window }), scene, state.timeline.at + window.from - state.timeline.window.from);

function neighbour(lanes: readonly Lane[], key: string, by: 1 | -1): string {
  const at = lanes.findIndex((lane) => lane.key === key);
  return lanes[Math.min(Math.max(0, at + by), lanes.length - 1)]?.key ?? key;
}

function toNext(state: State, scene: Scene, lanes: readonly Lane[], forward: boolean): State {
  const lane = lanes.find(({ key }) => key === state.timeline.lane);
  const next = lane && nextIn(lane, state.timeline.at, forward);
  return next === undefined
    ? { ...state, notice: `nothing ${forward ? "later" : "earlier"} in this lane` }
    : gone(state, scene, next);
}

/** Frames the first stretch under the cursor; a moment is brought as near as the next event allows. */
function framed(state: State, { subject }: Scene, lanes: readonly Lane[]): State {
  const lane = lanes.find(({ key }) => key === state.timeline.lane);
  const [first] = lane ? happenings(lane, ...cursorColumn(state.timeline)) : [];
  if (!first) return { ...state, notice: "nothing under the cursor; w goes to the next event" };
  const { columns } = roomFor(state.size);
  const to = Math.max(first.to ?? first.latest, first.latest);
  if (to > first.from) return changed(state, { at: first.from, window: framing(first.from, to, columns) });
  const window = zoomed(state.timeline.window, first.from, 1 / 10, columns, subject.study.picture.length);
  return changed(state, { at: first.from, window });
}

/** Lanes by the next thing that this evidence knows any of. */
function regrouped(state: State, { subject }: Scene): State {
  const groupings = groupingsOf(subject);
  const by = groupings[(groupings.indexOf(state.timeline.by) + 1) % groupings.length]!;
  return { ...changed(state, { by, lane: "findings" }), notice: `lanes by ${by}` };
}

/** Opens the one thing under the cursor, or the list of all. */
function openedHere(state: State, lanes: readonly Lane[]): State {
  const [from, to] = cursorColumn(state.timeline);
  const lane = lanes.find(({ key }) => key === state.timeline.lane);
  const here = lane ? happenings(lane, from, to) : [];
  if (here.length === 0) return { ...state, notice: "nothing under the cursor; w goes to the next event" };
  if (here.length === 1) return opened(state, here[0]!.target);
  return opened(state, { kind: "moment", from, to, lane: state.timeline.lane });
}
