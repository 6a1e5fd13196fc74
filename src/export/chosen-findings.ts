import type { Choice } from "../report/choice.js";
import type { Report, ReportFinding, Story } from "../report/contract.js";

/**
 * A report with those findings alone that cite a record which the choice takes. What is said of the others elsewhere (causes, stories,
 * root causes) goes with them.
 */
export function chosenFindings(report: Report, choice: Choice): Report {
  const findings = report.findings.filter(({ evidence }) =>
    evidence.some((record) => choice.source(record.source) && choice.record(record)),
  );
  if (findings.length === report.findings.length) return report;
  const ids = new Set(findings.map(({ id }) => id));
  return {
    ...report,
    findings: findings.map((finding) => withCauses(finding, ids)),
    rootCauses: report.rootCauses.filter((id) => ids.has(id)),
    story: report.story.map((story) => withSteps(story, ids)).filter(({ root }) => ids.has(root)),
  };
}

const withCauses = (finding: ReportFinding, ids: ReadonlySet<string>): ReportFinding => ({
  ...finding,
  causedBy: finding.causedBy.filter((id) => ids.has(id)),
});

const withSteps = (story: Story, ids: ReadonlySet<string>): Story => ({
  ...story,
  steps: story.steps.filter(({ findingId }) => ids.has(findingId)),
  symptoms: story.symptoms.filter((id) => ids.has(id)),
});
