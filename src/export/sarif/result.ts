import type { Severity } from "../../model/finding.js";
import type { Report, ReportFinding } from "../../report/contract.js";
import { type Artifacts, plainText } from "./location.js";

/** SARIF's levels of Sigma's. */
export const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  informational: "note",
};

/** A finding as a SARIF result: its first record is the location, the others are related, and the way from the root cause is a code flow. */
export function resultOf(
  finding: ReportFinding,
  ruleIndex: number,
  report: Report,
  artifacts: Artifacts,
): Readonly<Record<string, unknown>> {
  const { id, rule, severity, summary, confidence, from, to, count, entities, causedBy, evidence } = finding;
  const [first, ...others] = evidence;
  const codeFlows = flowsTo(finding, report, artifacts);
  return {
    ruleId: rule,
    ruleIndex,
    kind: "fail",
    level: LEVELS[severity],
    message: { text: plainText(summary) },
    ...(first && { locations: [artifacts.location(first)] }),
    ...(others.length > 0 && {
      relatedLocations: others.map((record, i) => ({ id: i + 1, ...artifacts.location(record) })),
    }),
    ...(codeFlows.length > 0 && { codeFlows }),
    occurrenceCount: Math.max(1, count),
    partialFingerprints: { "hindcastFinding/v1": [rule, ...entityWords(entities)].join(" ") },
    properties: {
      finding: id,
      severity,
      confidence,
      from,
      to,
      entities,
      causedBy,
      rootCause: report.rootCauses.includes(id),
    },
  };
}

/** What tells a finding from others of its rule, whatever else is in the evidence. */
const entityWords = (entities: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.keys(entities)
    .sort()
    .map((name) => `${name}=${entities[name]!.join(",")}`);

/** The stories in which a finding is a step: from the root cause up to it. A root cause alone is no way. */
function flowsTo(finding: ReportFinding, report: Report, artifacts: Artifacts) {
  const byId = new Map(report.findings.map((each) => [each.id, each]));
  return report.story.flatMap(({ root, steps }) => {
    const end = steps.findIndex(({ findingId }) => findingId === finding.id);
    if (end < 1) return [];
    const causes = causesOf(finding, byId);
    const way = steps.slice(0, end + 1).filter(({ findingId }) => causes.has(findingId));
    const locations = way.flatMap(({ findingId, text, time }, order) => {
      const record = byId.get(findingId)?.evidence[0];
      if (!record) return [];
      const moment = typeof time === "string" ? time : time?.earliest;
      return [
        {
          location: artifacts.location(record, text),
          executionOrder: order + 1,
          ...(moment !== undefined && { executionTimeUtc: moment }),
        },
      ];
    });
    if (locations.length < 2) return [];
    return [{ message: { text: `How it came about, from ${root}` }, threadFlows: [{ locations }] }];
  });
}

/** A finding and all that it comes from, by their ids. */
function causesOf(finding: ReportFinding, byId: ReadonlyMap<string, ReportFinding>): ReadonlySet<string> {
  const ids = new Set([finding.id]);
  // The set grows while it is gone through.
  for (const id of ids) for (const cause of byId.get(id)?.causedBy ?? []) ids.add(cause);
  return ids;
}
