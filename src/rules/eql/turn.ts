import type { Event } from "../../model/event.js";
import type { Pending } from "./pending.js";

const NO_EVENT: Event = {
  source: -1,
  line: 0,
  offset: 0,
  length: 0,
  time: Number.NaN,
  ns: 0,
  latest: Number.NaN,
  action: "",
  category: "",
  fields: {},
};

/** What one event has led to so far. */
export interface Turn {
  event: Event;
  /** Sequences that it has made or moved on: nothing in it ends them. */
  advanced: Set<Pending>;
  complete: Pending[];
}

/** A turn to begin with: of no event. */
export const newTurn = (): Turn => ({ event: NO_EVENT, advanced: new Set(), complete: [] });
