import { eventText } from "../filter.js";
import { holds } from "../line.js";
import { soughtIn } from "../pane.js";
import { paneOf, type Scene } from "../panes/index.js";
import { type State, seesTimeline } from "../state.js";
import { lanesFor } from "../timeline/layout.js";
import { placed, placeIn } from "./move.js";
import { gone } from "./timeline.js";

/**
 * Goes to the next place that holds the searched text, round and round.
 * @param turned as `N` goes: against the direction of the search
 */
export function found(state: State, scene: Scene, turned = false): State {
  const { text, back } = state.search;
  if (text === "") return { ...state, notice: "nothing was searched yet: / and a text" };
  const forward = back === turned;
  return seesTimeline(state) && !state.overlay
    ? foundEvent(state, scene, text, forward)
    : foundRow(state, scene, text, forward);
}

function foundRow(state: State, scene: Scene, text: string, forward: boolean): State {
  const pane = paneOf(scene, state);
  const { cursor, top } = placeIn(state, pane);
  const { length } = pane.rows;
  for (let away = 1; away <= length; away++) {
    const at = (cursor + (forward ? away : length - away)) % length;
    if (!holds(soughtIn(pane.rows[at]!), text)) continue;
    const wrapped = forward ? at <= cursor : at >= cursor;
    return { ...placed(state, pane, { cursor: at, top }), notice: wrapped ? "search began anew" : "" };
  }
  return { ...state, notice: `not found here: ${text}` };
}

/** Events of all lanes in the order of their times, those of one time in the order of the lanes. */
function foundEvent(state: State, scene: Scene, text: string, forward: boolean): State {
  const lanes = lanesFor(scene.subject, state.filter, state.timeline.by);
  const hits = lanes.flatMap(({ key, marks, stretches }, rank) => [
    ...marks.filter((mark) => holds(eventText(mark), text)).map(({ time }) => ({ at: time, key, rank })),
    ...stretches
      .filter(({ label, bar }) => holds(bar ? eventText(bar) : label, text))
      .map(({ from }) => ({ at: from.earliest, key, rank })),
  ]);
  if (hits.length === 0) return { ...state, notice: `not found here: ${text}` };
  hits.sort((a, b) => a.at - b.at || a.rank - b.rank);
  const { at, lane } = state.timeline;
  const here = { at, rank: lanes.findIndex(({ key }) => key === lane) };
  const order = (hit: { at: number; rank: number }) => hit.at - here.at || hit.rank - here.rank;
  const next = forward ? hits.find((hit) => order(hit) > 0) : hits.findLast((hit) => order(hit) < 0);
  const hit = next ?? (forward ? hits[0]! : hits.at(-1)!);
  return { ...gone(state, scene, hit.at, hit.key), notice: next ? "" : "search began anew" };
}
