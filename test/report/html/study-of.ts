import type { Report, ReportEvidence, ReportFinding } from "../../../src/report/contract.js";
import { buildReport, type ReportInput } from "../../../src/report/document.js";
import type { Picture, Study } from "../../../src/report/study.js";
import { input } from "../samples.js";

export const NOTHING_DRAWN: Picture = {
  origin: null,
  length: 0,
  densities: [],
  bars: [],
  marks: [],
  totals: { bars: 0, marks: 0, records: 0 },
};

/** A study around a report: nothing is drawn but what is given. */
export const studyOf = (report: Report, more: Partial<Study> = {}): Study => ({
  report,
  picture: NOTHING_DRAWN,
  ladders: [],
  contexts: [],
  ...more,
});

export const studyFrom = (given: Partial<ReportInput>, more: Partial<Study> = {}): Study =>
  studyOf(buildReport(input(given)), more);

/** A cited record, of which only what matters is given. */
export const evidence = (source: string, line: number, text: string): ReportEvidence => ({
  source,
  line,
  offset: line * 100,
  length: text.length,
  time: null,
  action: "log",
  text,
});

/** A report of findings that cite records, in the order of their gravity; `told` are the steps of a story. */
export function reportOf(cited: Record<string, ReportEvidence[]>, told: string[] = []): Report {
  const report = buildReport(input({}));
  const finding = ([id, records]: [string, ReportEvidence[]]): ReportFinding => ({
    id,
    rule: id,
    severity: "high",
    title: id,
    summary: "",
    confidence: 0.9,
    from: null,
    to: null,
    count: 1,
    entities: {},
    causedBy: [],
    evidence: records,
    remediation: [],
    verify: [],
  });
  const findings = Object.entries(cited).map(finding);
  const steps = told.map((findingId) => ({ findingId, time: null, text: findingId }));
  return {
    ...report,
    findings,
    rootCauses: told.slice(0, 1),
    story: told.length > 0 ? [{ root: told[0]!, steps, symptoms: [] }] : [],
  };
}
