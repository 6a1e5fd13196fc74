import type { Severity } from "../../model/finding.js";
import type { Report, ReportFinding } from "../../report/contract.js";
import type { Document } from "../document.js";

/** `event.severity`: the risk scores that Elastic's detection rules have for these levels. */
const SCORES: Readonly<Record<Severity, number>> = {
  informational: 1,
  low: 21,
  medium: 47,
  high: 73,
  critical: 99,
};

/** A finding as a document of its own kind, `event.kind: alert`: what was found, by which rule, how sure, and the entities by their ECS names. */
export function findingDocument(finding: ReportFinding, report: Report): Document {
  const { id, rule, severity, title, summary, confidence, from, to, count, entities, causedBy } = finding;
  const start = typeof from === "string" ? from : from?.earliest;
  const document: Document = [];
  if (start !== undefined) document.push(["@timestamp", start], ["event.start", start]);
  // A point's end has a microsecond's digits only, and may then seem to lie before its beginning.
  if (to !== null && (start === undefined || to > start)) document.push(["event.end", to]);
  document.push(
    ["message", summary],
    ["event.kind", "alert"],
    ["event.severity", SCORES[severity]],
    ["event.reason", title],
    ["rule.id", rule],
    ["rule.name", title],
    ["hindcast.finding.id", id],
    ["hindcast.finding.severity", severity],
    ["hindcast.finding.confidence", confidence],
    ["hindcast.finding.count", count],
    ["hindcast.finding.root_cause", report.rootCauses.includes(id)],
    ["hindcast.finding.evidence", finding.evidence.map(({ source, line }) => `${source}:${line}`)],
    ["hindcast.finding.remediation", finding.remediation],
    ["hindcast.finding.verify", finding.verify],
  );
  if (typeof from === "object" && from !== null) document.push(["hindcast.latest", from.latest]);
  if (causedBy.length > 0) document.push(["hindcast.finding.caused_by", causedBy]);
  const told = new Set(document.map(([name]) => name));
  for (const [name, values] of Object.entries(entities)) if (!told.has(name)) document.push([name, values]);
  return document;
}
