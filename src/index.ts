/** hindcast as a library: the same road as the command line, without a terminal. */
import { grammars } from "./grammar/generated.js";
import type { Report } from "./report/contract.js";
import { rules } from "./rules/generated.js";
import { type AnalyzeOptions, analyze as run } from "./run/analyze.js";
import type { Evidence } from "./run/found.js";
import { VERSION } from "./version.js";

export type { GivenBytes, GivenEvidence } from "./evidence/given.js";
export { renderJson } from "./report/json.js";
export { renderMarkdown } from "./report/markdown.js";
export { renderTerminal } from "./report/terminal.js";
export type { AnalyzeOptions, Evidence, Report };
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
