import { Clockface } from "../clockface.js";
import type { Report, ReportFinding } from "../contract.js";
import type { Study } from "../study.js";
import { leadOf } from "../view.js";
import { type Quotes, quotesOf } from "./quotes.js";

/** What the parts of the page share. */
export interface View {
  /** All of its texts are harmless. */
  study: Study;
  report: Report;
  /** The finding that the page leads with, if a root cause was established. */
  lead: ReportFinding | undefined;
  byId: ReadonlyMap<string, ReportFinding>;
  /** What a finding explains, by its id. */
  effects: ReadonlyMap<string, readonly ReportFinding[]>;
  /** Writes times. */
  clock: Clockface;
  quotes: Quotes;
}

/**
 * @param study its texts harmless
 * @param maxEvidence bytes
 */
export const viewOf = (study: Study, maxEvidence?: number): View => ({
  study,
  report: study.report,
  lead: leadOf(study.report),
  byId: new Map(study.report.findings.map((finding) => [finding.id, finding])),
  effects: effectsOf(study.report.findings),
  clock: new Clockface(study.report),
  quotes: quotesOf(study, maxEvidence),
});

function effectsOf(findings: readonly ReportFinding[]): Map<string, ReportFinding[]> {
  const effects = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    for (const cause of finding.causedBy) {
      const known = effects.get(cause);
      if (known) known.push(finding);
      else effects.set(cause, [finding]);
    }
  }
  return effects;
}

/** The id of the element that tells of a finding. */
export const findingAnchor = (id: string): string => `finding-${id.replace(/[^\w.-]/g, "_")}`;
