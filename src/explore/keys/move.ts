import type { Pane } from "../pane.js";
import type { Place, State } from "../state.js";
import { AT_TOP, topOf } from "../state.js";
import { keyOf } from "../target.js";
import { AROUND } from "../timeline/layout.js";

/** Rows of a pane that are seen at once. */
export const heightOf = ({ size }: State): number => Math.max(1, size.rows - AROUND);

/** Where one is in the pane that is seen: within its rows, though a filter may have taken some away. */
export const placeIn = (state: State, pane: Pane): Place =>
  within(state, pane, state.overlay?.place ?? state.places[keyOf(topOf(state))] ?? AT_TOP);

/** The state with another place in the pane that is seen. */
export function placed(state: State, pane: Pane, at: Place): State {
  const place = within(state, pane, at);
  if (state.overlay) return { ...state, overlay: { ...state.overlay, place } };
  return { ...state, places: { ...state.places, [keyOf(topOf(state))]: place } };
}

/** A row that is there, and such a top that it is seen. */
function within(state: State, { rows }: Pane, { cursor, top }: Place): Place {
  const height = heightOf(state);
  const chosen = Math.min(Math.max(0, cursor), Math.max(0, rows.length - 1));
  const first = Math.min(Math.max(0, top), Math.max(0, rows.length - height));
  return { cursor: chosen, top: Math.min(Math.max(first, chosen - height + 1), chosen) };
}

/** Scrolls by lines; the cursor stays where it is as long as it is seen. */
export function scrolled(state: State, pane: Pane, by: number): State {
  const height = heightOf(state);
  const { cursor, top } = placeIn(state, pane);
  const moved = Math.min(Math.max(0, top + by), Math.max(0, pane.rows.length - height));
  return placed(state, pane, { top: moved, cursor: Math.min(Math.max(cursor, moved), moved + height - 1) });
}

/** Moves by a screen or a part of it, cursor and all. */
function leapt(state: State, pane: Pane, by: number): State {
  const { cursor, top } = placeIn(state, pane);
  return placed(state, pane, { top: top + by, cursor: cursor + by });
}

/** What keys do in lists and texts; `undefined` for other keys. */
export function moved(state: State, pane: Pane, key: string): State | undefined {
  const { cursor, top } = placeIn(state, pane);
  const height = heightOf(state);
  const to = (at: number) => placed(state, pane, { cursor: at, top });
  switch (key) {
    case "j":
    case "down":
      return to(cursor + 1);
    case "k":
    case "up":
      return to(cursor - 1);
    case "pagedown":
    case " ":
    case "ctrl-f":
      return leapt(state, pane, height);
    case "pageup":
    case "b":
    case "ctrl-b":
      return leapt(state, pane, -height);
    case "d":
    case "ctrl-d":
      return leapt(state, pane, height >> 1);
    case "u":
    case "ctrl-u":
      return leapt(state, pane, -(height >> 1));
    case "g":
    case "home":
      return to(0);
    case "G":
    case "end":
      return to(pane.rows.length - 1);
    case "}":
      return to(beginning(pane, cursor, 1));
    case "{":
      return to(beginning(pane, cursor, -1));
    default:
      return undefined;
  }
}

/** Where the next paragraph begins, or the one before; in lists the next row. */
function beginning({ rows }: Pane, cursor: number, by: 1 | -1): number {
  if (!rows.some(({ begins }) => begins)) return cursor + by;
  let at = cursor + by;
  while (at > 0 && at < rows.length - 1 && !rows[at]!.begins) at += by;
  return at;
}
