import type { Event } from "../../model/event.js";
import { COVERS_NOTHING, type Coverage } from "../coverage.js";
import { type Required, requiredOf } from "./actions.js";
import type { Query } from "./ast.js";
import { compilePattern } from "./compile.js";
import { Stepper } from "./stepper.js";

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
  /** No more events of this timeline: open questions are decided, and nothing is remembered. */
  end(report: Report): void;
  /** Sentences about what was given up to keep memory bounded. */
  notes(): string[];
}

export interface MatcherOptions {
  coverage?: Coverage;
  /** Distinct values of a sequence's `by` fields that are followed at once (10 000). */
  maxKeys?: number;
}

/** Compiles a query's syntax tree. Pipes are the caller's: see `PipeLine`. */
export function compileQuery(query: Query, options: MatcherOptions = {}): Matcher {
  if (query.kind === "sequence")
    return new Stepper(query, options.coverage ?? COVERS_NOTHING, options.maxKeys);
  const test = compilePattern(query);
  return {
    required: requiredOf([query]),
    push(event, report) {
      if (test(event)) report({ events: [event], certain: true, outcome: "found" });
    },
    end() {},
    notes: () => [],
  };
}
