/** Finding out what happened, and the contract of the report. */
import { grammars } from "../grammar/generated.js";
import type { Report } from "../report/contract.js";
import { rules } from "../rules/generated.js";
import { type AnalyzeOptions, analyze as run } from "../run/analyze.js";
import type { Evidence } from "../run/found.js";
import { VERSION } from "../version.js";

export type { GivenBytes, GivenEvidence } from "../evidence/given.js";
export type { Category, Event, Fields, FieldValue, RecordRef } from "../model/event.js";
export type { Problem } from "../model/source.js";
export * from "../report/contract.js";
export { renderJson } from "../report/json.js";
export { withNames } from "../report/names.js";
export type { Time, Undated, When } from "../report/times.js";
export { type Found, findFiles } from "../run/found.js";
export { type RunStats, renderStats } from "../run/stats.js";
export type { Work } from "../run/work.js";
export type { AnalyzeOptions, Evidence };

/**
 * Analyses evidence: finds out what happened, in what order and why.
 *
 * @param evidence files, folders or glob patterns, and bytes with a name, in any mixture
 * @param options zone, year, window (µs UTC), a signal to give up by, and grammars or rules instead of the built-in ones
 * @returns the report: the JSON contract `hindcast.report/1`. Bad evidence is told in it; only wrong options and an aborted signal reject.
 */
export function analyze(
  evidence: readonly Evidence[],
  options: Partial<AnalyzeOptions> = {},
): Promise<Report> {
  return run(evidence, { grammars, rules, version: VERSION, ...options });
}
