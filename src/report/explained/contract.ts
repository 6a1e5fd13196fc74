import type { Severity } from "../../model/finding.js";
import type { SeenField } from "../../rules/explain/values-seen.js";

export const EXPLAINED = "hindcast.rule-explained/1";

/** A record, or what was assembled of several: then its place is that of the first one. */
export interface ExplainedRecord {
  source: string;
  /** 1-based; a packet's number in captures. */
  line: number;
  /** RFC 3339 UTC, a time of day, or seconds since an unknown start; `null` when it has none. */
  time: string | null;
  action: string;
  /** The record's own text. */
  text: string;
}

export interface ExplainedPart {
  condition: string;
  held: number;
  failed: number;
  /** Neither held nor failed: a field is absent. */
  open: number;
  seen: SeenField[];
  example?: ExplainedRecord;
}

export interface ExplainedPattern {
  category: string;
  actions: string[];
  condition: string;
  offered: number;
  matched: number;
  parts: ExplainedPart[];
  example?: ExplainedRecord;
  nearest?: { record: ExplainedRecord; unmet: string[] };
  /** Of a sequence's step. */
  step?: {
    missing: boolean;
    runs: number;
    reached: number;
    unprepared: number;
    unjoined: number;
    /** Seconds. */
    late?: { first: ExplainedRecord; record: ExplainedRecord; after: number };
  };
}

export interface ExplainedQuery {
  role: "query" | "unless" | "cannot tell";
  id: string;
  eql: string;
  kind: string;
  /** Seconds. */
  maxspan?: number;
  matches: number;
  /** `gap`: of those for want of coverage, what the evidence itself says is missing; the first of it. */
  undecided: { order: number; coverage: number; gap?: string };
  patterns: ExplainedPattern[];
}

/** Why a rule fired on this evidence, or did not (`hindcast rules explain -f json`). */
export interface ExplainedRule {
  schema: typeof EXPLAINED;
  rule: string;
  title: string;
  severity: Severity;
  answer: "found" | "not-found" | "cannot-tell";
  findings: { id: string; summary: string }[];
  /** How many matches in one group the rule asks for, and how many the largest group has. */
  minCount: number;
  largestGroup: { values: Record<string, string>; count: number } | null;
  queries: ExplainedQuery[];
  missing: { what: string; why: string; command: string }[];
  /** What the rule looks at; any one kind is enough to look. */
  needs: { evidence: string; command: string }[];
  sources: { path: string; format: string; records: number; from: string | null; to: string | null }[];
  /** What could not be read, and what was given up. */
  problems: string[];
}
