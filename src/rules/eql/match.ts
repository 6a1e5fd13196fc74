import type { Event, FieldValue } from "../../model/event.js";
import type { Required } from "./actions.js";

/** What a query matched, or may have matched. */
export interface Match {
  /** In the order of the steps, those that must be missing left out; one for an event query; none for a row of `| count`. */
  events: readonly Event[];
  /**
   * `cannot tell`: whether it is one hangs on what the evidence leaves open. Intervals of time overlap, so that the order or the span
   * is possible and not proven; or the evidence does not cover the time in which a missing event would have been.
   */
  outcome: "found" | "cannot tell";
  /** Why it cannot be told. */
  because?: "order" | "coverage";
  /** Of the latter: what the evidence itself says is missing in that time, and where. */
  gap?: string;
  /** Of a sequence, sample or join: what its events share, as {@link keysOf} wrote it. */
  key?: string;
  /** A row of `| count`. */
  tally?: Tally;
}

/** How often a value came. */
export interface Tally {
  /** The values of the fields that were counted by; absent: everything was counted. */
  key?: readonly (FieldValue | null)[];
  count: number;
  /** 0…1 of all that was counted. */
  percent: number;
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
