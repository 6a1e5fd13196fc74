import type { Event } from "../../model/event.js";
import { before, isOpen, within } from "./order.js";
import type { Nearest, Seen } from "./seen.js";

/** A sequence under way. */
export interface Pending {
  events: readonly Event[];
  /** What they share (keys.ts). */
  key: string;
  /** False: order, span or an absence is possible and not proven. */
  sure: boolean;
  /** What each leading gap had seen before the first event. */
  leading: readonly Seen[];
  /** A forbidden event after the last one, whose interval may reach beyond the next. */
  inGap?: Event | undefined;
  /** The same for `until`, after the first one. */
  ending?: Event | undefined;
  /** Complete, with gaps at both ends: what came nearest before it, if anything. */
  left?: Nearest;
  /** And after it. */
  right?: Event;
}

/** How a sequence goes on. */
export interface Step {
  /** µs */
  maxspan: number;
  /** The event fits the same step as the one before it (`with runs`): their order is no matter. */
  repeats: boolean;
}

/** The sequence with one more event, or `undefined` where order, span or a forbidden event between forbids it. */
export function extend(from: Pending, event: Event, { maxspan, repeats }: Step): Pending | undefined {
  const { events, key, leading, inGap, ending } = from;
  const order = before(events.at(-1)!, event);
  if (order === undefined) return undefined;
  const span = maxspan === Infinity ? "certain" : within(events[0]!, event, maxspan);
  if (span === undefined) return undefined;
  for (const forbidden of [inGap, ending])
    if (forbidden !== undefined && before(forbidden, event) === "certain") return undefined;
  const sure =
    from.sure &&
    (repeats || order === "certain") &&
    span === "certain" &&
    inGap === undefined &&
    ending === undefined;
  return { events: [...events, event], key, sure, leading, ending };
}

/** The same with an event that came first in the timeline, and may have happened later. Never sure. */
export function extendBack(from: Pending, event: Event, maxspan: number): Pending | undefined {
  const { events, key, leading, ending } = from;
  if (events.includes(event) || before(event, events.at(-1)!) !== "possible") return undefined;
  if (maxspan !== Infinity && within(events[0]!, event, maxspan) === undefined) return undefined;
  return { events: [...events, event], key, sure: false, leading, ending };
}

/**
 * A forbidden event came by: the sequence as it stands then, or `undefined` when that is its end.
 *
 * @param after the event of the sequence that it must have followed to be in it
 * @param place which of the pending sequence's places remembers it
 */
export function forbid(
  from: Pending,
  forbidden: Event,
  after: Event,
  place: "inGap" | "ending",
): Pending | undefined {
  if (before(after, forbidden) !== "certain") return { ...from, sure: false };
  if (!isOpen(forbidden)) return undefined;
  const known = from[place];
  return known !== undefined && known.latest <= forbidden.latest ? from : { ...from, [place]: forbidden };
}

export function sameEvents(a: Pending, b: Pending): boolean {
  return a.events.every((event, index) => event === b.events[index]);
}
