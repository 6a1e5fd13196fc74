import type { Severity } from "../model/finding.js";
import { EVERYTHING, type Filter } from "./filter.js";
import type { Subject } from "./subject.js";
import type { Target } from "./target.js";
import type { Grouping } from "./timeline/lanes.js";
import { framing, type Window } from "./timeline/window.js";

/** Cells of the terminal. */
export interface Size {
  columns: number;
  rows: number;
}

/** Where one is in a pane: the chosen row, and the first one that is seen. */
export interface Place {
  cursor: number;
  top: number;
}

export interface TimelineState {
  window: Window;
  /** The chosen moment, µs after the picture's origin. */
  at: number;
  /** The chosen lane's key. */
  lane: string;
  by: Grouping;
}

/** A line that the user types. */
export interface Prompt {
  what: "search" | "search-back" | "filter" | "save";
  text: string;
}

/** What lies over everything else, with a cursor of its own. */
export interface Overlay {
  what: "help" | "filter";
  place: Place;
}

/** Everything that changes while somebody looks. Plain data. */
export interface State {
  size: Size;
  /** What was opened from what; the last one is seen. Never empty; the first one is a view. */
  stack: readonly Target[];
  /** Where one was in each pane, by its target. */
  places: Readonly<Record<string, Place>>;
  timeline: TimelineState;
  filter: Filter;
  search: { text: string; back: boolean };
  prompt: Prompt | undefined;
  overlay: Overlay | undefined;
  /** Told until the next key. */
  notice: string;
  /** A file to write the report to, to be taken up by whoever can. */
  save: string | undefined;
  over: boolean;
}

export const AT_TOP: Place = { cursor: 0, top: 0 };
export const LEAST_SEVERITY: Severity = "informational";

/** What is seen first: the story; in the timeline everything, with the cursor where the story begins. */
export function initialState(subject: Subject, size: Size, begin: number): State {
  const { length } = subject.study.picture;
  return {
    size,
    stack: [{ kind: "view", view: "story" }],
    places: {},
    timeline: {
      window: framing(0, length, Math.max(1, size.columns - 20)),
      at: Number.isFinite(begin) ? begin : 0,
      lane: "findings",
      by: "source",
    },
    filter: EVERYTHING,
    search: { text: "", back: false },
    prompt: undefined,
    overlay: undefined,
    notice: "",
    save: undefined,
    over: false,
  };
}

export const topOf = (state: State): Target => state.stack.at(-1)!;
export const seesTimeline = (state: State): boolean => {
  const top = topOf(state);
  return top.kind === "view" && top.view === "timeline";
};
