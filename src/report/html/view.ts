import { Clockface } from "../clockface.js";
import type { Report, ReportFinding } from "../contract.js";
import type { Study } from "../study.js";
import { leadOf } from "../view.js";

/** What the parts of the page share. */
export interface View {
  /** All of its texts are harmless. */
  study: Study;
  report: Report;
  /** The finding that the page leads with, if a root cause was established. */
  lead: ReportFinding | undefined;
  /** Writes times. */
  clock: Clockface;
}

/** @param study its texts harmless */
export const viewOf = (study: Study): View => ({
  study,
  report: study.report,
  lead: leadOf(study.report),
  clock: new Clockface(study.report),
});

/** The id of the element that tells of a finding. */
export const findingAnchor = (id: string): string => `finding-${id.replace(/[^\w.-]/g, "_")}`;
