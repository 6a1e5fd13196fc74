import type { Extent } from "./extent.js";
import { FILTERS, type Filter, NO_FILTER } from "./filter.js";
import { LANE_MODES, type LaneMode } from "./lanes.js";

/** What a reader has chosen to see, and what a link restores. */
export interface State {
  /** `null`: all that happened. */
  extent: Extent | null;
  lanes: LaneMode;
  filter: Filter;
  query: string;
  /** Key of an item, or `finding:ID`. */
  selected: string | null;
}

export const INITIAL: State = { extent: null, lanes: "source", filter: NO_FILTER, query: "", selected: null };

/** How the timeline's part of an address begins; other fragments lead to other places of the page. */
const PREFIX = "#timeline?";

/** The fragment of an address that restores a state; empty for the initial one. */
export function hashOf({ extent, lanes, filter, query, selected }: State): string {
  const params = new URLSearchParams();
  if (extent) {
    const [from, to] = written(extent);
    params.set("from", from);
    params.set("to", to);
  }
  if (lanes !== INITIAL.lanes) params.set("lanes", lanes);
  for (const name of FILTERS) for (const value of filter[name]) params.append(name, value);
  if (query !== "") params.set("search", query);
  if (selected !== null) params.set("at", selected);
  const text = params.toString();
  return text === "" ? "" : PREFIX + text;
}

/** A ten thousandth of the view is less than a pixel. */
function written({ from, to }: Extent): [string, string] {
  const digits = Math.min(6, Math.max(0, Math.ceil(4 - Math.log10(to - from))));
  return [from.toFixed(digits), to.toFixed(digits)];
}

/** The state that a fragment tells of; `undefined` when it is not the timeline's. What cannot be understood in it is as in the initial state. */
export function stateOf(hash: string): State | undefined {
  if (!hash.startsWith(PREFIX)) return undefined;
  const params = new URLSearchParams(hash.slice(PREFIX.length));
  const [from, to] = [number(params.get("from")), number(params.get("to"))];
  const lanes = LANE_MODES.find((mode) => mode === params.get("lanes"));
  return {
    extent: from < to ? { from, to } : null,
    lanes: lanes ?? INITIAL.lanes,
    filter: {
      source: params.getAll("source"),
      kind: params.getAll("kind"),
      severity: params.getAll("severity"),
      entity: params.getAll("entity"),
    },
    query: params.get("search") ?? "",
    selected: params.get("at"),
  };
}

/** NaN for what is no finite number in decimal digits. */
const number = (text: string | null): number =>
  text !== null && /^-?\d{1,17}(\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
