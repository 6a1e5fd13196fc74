/** hindcast as a library: the same road as the command line, without a terminal. */
import { grammars } from "./grammar/generated.js";
import type { Report } from "./report/contract.js";
import type { Study } from "./report/study.js";
import { rules } from "./rules/generated.js";
import { type AnalyzeOptions, analyze as run } from "./run/analyze.js";
import type { Evidence } from "./run/found.js";
import { study as runStudy, type StudyOptions } from "./run/study/study.js";
import { VERSION } from "./version.js";

export type { GivenBytes, GivenEvidence } from "./evidence/given.js";
export { type HtmlOptions, renderHtml } from "./report/html/index.js";
export { renderJson } from "./report/json.js";
export { renderMarkdown } from "./report/markdown.js";
export type {
  Bar,
  Context,
  Density,
  Entities,
  EntityKind,
  Ladder,
  LadderPacket,
  Mark,
  Outcome,
  Picture,
  Span,
  Study,
} from "./report/study.js";
export { renderTerminal } from "./report/terminal.js";
export type { AnalyzeOptions, Evidence, Report, StudyOptions };
export { VERSION };

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

/**
 * Analyses evidence and gathers what is drawn beside its report: how much happened when, transactions and events one by one, packets'
 * ways, and the lines around the cited records. {@link renderHtml} makes a page of it.
 *
 * @param evidence,options as for {@link analyze}, whose report the study holds
 */
export function study(evidence: readonly Evidence[], options: Partial<StudyOptions> = {}): Promise<Study> {
  return runStudy(evidence, { grammars, rules, version: VERSION, ...options });
}
