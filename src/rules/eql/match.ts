import type { Event } from "../../model/event.js";
import type { Required } from "./actions.js";

/** What a query matched. */
export interface Match {
  /** In the order of the steps; one for an event query. */
  events: readonly Event[];
  /** False: the events' time intervals overlap, so that their order or span is possible, not proven. */
  certain: boolean;
  /**
   * `cannot tell`: a missing event's absence could not be proven, because the evidence does not cover the time in
   * which it would have been.
   */
  outcome: "found" | "cannot tell";
}

export type Report = (match: Match) => void;

/** A compiled query at work: events in, matches out. One per run, since sequences remember. */
export interface Matcher {
  /** The events that can matter to it; others need not be pushed. */
  readonly required: Required;
  push(event: Event, report: Report): void;
  /** Time has come to `now` (µs) by events that need not be pushed, because they can fit nothing. Absent: time does not matter. */
  advance?(now: number, report: Report): void;
  /** No more events of this timeline: open questions are decided, and nothing is remembered. */
  end(report: Report): void;
  /** Sentences about what was given up to keep memory bounded. */
  notes(): string[];
}
