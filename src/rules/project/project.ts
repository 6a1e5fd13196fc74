import type { Severity } from "../../model/finding.js";

/** Findings that are known and not to be shown. */
export interface Suppression {
  rule: string;
  /** Field → patterns, one of which each of the finding's values must fit. Empty: all findings of the rule. */
  where: [field: string, patterns: string[]][];
  reason: string;
  /** µs UTC: what happened from then on is shown again. Absent: for ever. */
  end?: number;
  /** The last day as it was written: `2026-12-31`. */
  until?: string;
  /** Where it stands in the project file. */
  line: number;
}

/** A project file, checked (docs/RULES.md, "The project file"). */
export interface Project {
  /** Its path, for messages. */
  file: string;
  off: { rule: string; line: number }[];
  severities: Map<string, Severity>;
  ruleDirs: string[];
  suppressions: Suppression[];
  /** An address, id or other value of an entity → the name that reports show beside it. */
  names: Map<string, string>;
  options: { tz?: string; year?: number; offset?: string[]; reference?: string };
  /** Says where a rule's id stands, for a rule that there is not. */
  lineOf: (rule: string) => number;
}
