/** A report with what is drawn beside it, and the page that is made of it. */
import { grammars } from "../grammar/generated.js";
import type { Study } from "../report/study.js";
import { rules } from "../rules/generated.js";
import type { Evidence } from "../run/found.js";
import { study as run, type StudyOptions } from "../run/study/study.js";
import { VERSION } from "../version.js";

export { type HtmlOptions, renderHtml } from "../report/html/index.js";
export * from "../report/study.js";
export type { StudyOptions };

/**
 * Analyses evidence and gathers what is drawn beside its report: how much happened when, transactions and events one by one, packets'
 * ways, and the lines around the cited records. {@link renderHtml} makes a page of it.
 *
 * @param evidence as for `analyze`, whose report the study holds
 * @param options as for `analyze`, and how much is drawn
 */
export function study(evidence: readonly Evidence[], options: Partial<StudyOptions> = {}): Promise<Study> {
  return run(evidence, { grammars, rules, version: VERSION, ...options });
}
