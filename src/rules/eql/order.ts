import type { Event } from "../../model/event.js";
import { comparable } from "../../model/time.js";

/**
 * Whether `a` came before `b`, given that the timeline put it first: proven by the file they share or by intervals
 * that do not overlap.
 *
 * @returns `undefined` when one has no time and nothing else orders them
 */
export function before(a: Event, b: Event): "certain" | "possible" | undefined {
  if (a.source === b.source && (a.offset < b.offset || a.line < b.line)) return "certain";
  if (!comparable(a.time, b.time)) return undefined;
  if (a.latest <= b.time) return "certain";
  return a.time <= b.latest ? "possible" : undefined;
}

/** Whether `b` came at most `span` µs after `a`. `undefined`: surely not, or one has no time. */
export function within(a: Event, b: Event, span: number): "certain" | "possible" | undefined {
  if (!comparable(a.time, b.time)) return undefined;
  if (b.latest - a.time <= span) return "certain";
  return b.time - a.latest <= span ? "possible" : undefined;
}

/** Is its time an interval, or none? Of such an event the timeline's order proves nothing. */
export const isOpen = (event: Event): boolean => !(event.latest <= event.time);
