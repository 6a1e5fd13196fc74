/** hindcast as a library: the same road as the command line, without a terminal. */
import { grammars } from "./grammar/generated.js";
import type { Report } from "./report/contract.js";
import { rules } from "./rules/generated.js";
import { type AnalyzeOptions, analyze as run } from "./run/analyze.js";
import { VERSION } from "./version.js";

export { renderJson } from "./report/json.js";
export { renderMarkdown } from "./report/markdown.js";
export { renderTerminal } from "./report/terminal.js";
export type { AnalyzeOptions, Report };
export { VERSION };

/**
 * Analyses the evidence below `paths` (files, folders or glob patterns).
 *
 * @param options zone, year, window (µs UTC), and grammars or rules instead of the built-in ones
 * @returns the report: the JSON contract `hindcast.report/1`
 */
export function analyze(paths: readonly string[], options: Partial<AnalyzeOptions> = {}): Promise<Report> {
  return run(paths, { grammars, rules, version: VERSION, ...options });
}
