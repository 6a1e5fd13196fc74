import type { Event } from "./event.js";

/** Sigma's levels, lowest first. */
export const SEVERITIES = ["informational", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** -1, 0 or 1 as `a` is below, at or above `b`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return Math.sign(SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b));
}

/** A rule that matched. Its times and evidence come from the events that prove it. */
export interface Finding {
  /** Stable within a report: `dns-timeout-1`. */
  id: string;
  rule: string;
  severity: Severity;
  title: string;
  /** One or two sentences with the facts of this case. */
  summary: string;
  /** 0…1. */
  confidence: number;
  /** µs UTC; NaN when nothing in it could be placed. `latestFrom` > `from` when the start is an interval. */
  from: number;
  latestFrom: number;
  to: number;
  /** How many times the rule matched with these entities. */
  count: number;
  /** ECS field name → the distinct values that the matches share or involve, sorted. */
  entities: Record<string, string[]>;
  /** Ids of the findings that explain this one. */
  causedBy: string[];
  /** The raw events that prove it (never assembled ones), in time order, at most 12. */
  evidence: Event[];
  remediation: string[];
  verify: string[];
}

/** A finding that the project file takes out, and why. */
export interface SuppressedFinding {
  finding: Finding;
  reason: string;
  /** The last day of it, as it was written: `2026-12-31`. */
  until?: string;
  /** The place in the project file. */
  path: string;
  line: number;
}

/** Evidence that would have settled an open question. */
export interface Missing {
  what: string;
  why: string;
  /** The command that would have collected it. */
  command: string;
}
