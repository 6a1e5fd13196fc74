import { compareSeverity, type Finding } from "../model/finding.js";
import { compareTimes } from "./times.js";

/** What came first, then what is worse, then what is surer; the id decides the rest. A total order. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareTimes(a, b) ||
    compareSeverity(b.severity, a.severity) ||
    b.confidence - a.confidence ||
    compareIds(a, b)
  );
}

/** What is worse, then what is surer, then what came first. A total order. */
export function compareWeight(a: Finding, b: Finding): number {
  return (
    compareSeverity(b.severity, a.severity) ||
    b.confidence - a.confidence ||
    compareTimes(a, b) ||
    compareIds(a, b)
  );
}

/** What is surer, then what came first. A total order. */
export function compareSureness(a: Finding, b: Finding): number {
  return b.confidence - a.confidence || compareTimes(a, b) || compareIds(a, b);
}

/** `dns-timeout-2` before `dns-timeout-10`. No locale: the same everywhere. */
export function compareIds(a: Finding, b: Finding): number {
  if (a.rule !== b.rule) return a.rule < b.rule ? -1 : 1;
  return a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * Findings about the evidence itself (its clocks, its end, its gaps) rather than about what happened. They lead a
 * report only where nothing else does, unless they explain something.
 */
export function isAboutEvidence(finding: Finding): boolean {
  return /^(?:evidence|clock|time-basis|capture)-/.test(finding.rule);
}
