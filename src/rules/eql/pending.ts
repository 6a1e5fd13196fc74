import type { Event } from "../../model/event.js";
import { before, within } from "./order.js";

/** A sequence under way. */
export interface Pending {
  events: readonly Event[];
  certain: boolean;
  /** The last event of each leading gap that came before the first state. */
  leading: readonly (Event | undefined)[];
}

/** The sequence with one more event, or `undefined` where order or span (µs) forbid it. */
export function extend(from: Pending, event: Event, maxspan: number): Pending | undefined {
  const order = before(from.events.at(-1)!, event);
  if (order === undefined) return undefined;
  const span = maxspan === Infinity ? "certain" : within(from.events[0]!, event, maxspan);
  if (span === undefined) return undefined;
  const certain = from.certain && order === "certain" && span === "certain";
  return { events: [...from.events, event], certain, leading: from.leading };
}

export function sameEvents(a: Pending, b: Pending): boolean {
  return a.events.every((event, index) => event === b.events[index]);
}
