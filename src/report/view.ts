import { SEVERITIES } from "../model/finding.js";
import type { Report, ReportFinding, ReportProblem } from "./contract.js";

/** What the renderers share: which parts of a report belong together. */

/** The finding that the report leads with, if a root cause was established. */
export function leadOf(report: Report): ReportFinding | undefined {
  return report.findings.find(({ id }) => id === report.rootCauses[0]);
}

/** The root causes beside the first one that are told apart from it: not already a step of an earlier story. */
export function furtherRoots(report: Report): ReportFinding[] {
  const byId = new Map(report.findings.map((finding) => [finding.id, finding]));
  return report.rootCauses.slice(1).flatMap((id) => byId.get(id) ?? []);
}

/** Findings that no story tells, grave ones first, those of one rule together. */
export function otherFindings(report: Report): { first: ReportFinding; more: number }[] {
  const told = new Set([
    ...report.rootCauses,
    ...report.story.flatMap(({ steps }) => steps.map((step) => step.findingId)),
  ]);
  const groups = new Map<string, { first: ReportFinding; more: number }>();
  for (const finding of report.findings) {
    if (told.has(finding.id)) continue;
    const key = `${finding.rule}\n${finding.severity}`;
    const group = groups.get(key);
    if (group) group.more++;
    else groups.set(key, { first: finding, more: 0 });
  }
  const rank = (f: ReportFinding) => SEVERITIES.indexOf(f.severity);
  return [...groups.values()].sort((a, b) => rank(b.first) - rank(a.first));
}

/** What has no place on the timeline, by the reason. */
export function unplacedGroups(report: Report): { why: string; sources: string[]; records: number }[] {
  const groups = new Map<string, { why: string; sources: string[]; records: number }>();
  for (const { source, records, why } of report.unplaced) {
    const group = groups.get(why) ?? { why, sources: [], records: 0 };
    group.sources.push(source);
    group.records += records;
    groups.set(why, group);
  }
  return [...groups.values()];
}

/** `syslog:104`. */
export const placeOf = ({ source, line }: { source: string; line: number }): string => `${source}:${line}`;

/** Where a problem lies: `dump.pcap:1041`, `dump.pcap`, or nothing for one that concerns everything. */
export const troubleOf = ({ path, line, message }: ReportProblem): string => {
  const place = line === undefined ? path : placeOf({ source: path, line });
  return place === "" ? message : `${place}: ${message}`;
};
