import { SEVERITIES } from "../model/finding.js";
import type {
  Report,
  ReportEvidence,
  ReportFinding,
  ReportProblem,
  Story,
  TimelineEntry,
} from "./contract.js";

/** What the renderers share: which parts of a report belong together. */

/** The finding that the report leads with, if a root cause was established. */
export function leadOf(report: Report): ReportFinding | undefined {
  return report.findings.find(({ id }) => id === report.rootCauses[0]);
}

/** A root cause's story; one of a single step when the diagnosis told none. */
export function storyOf(report: Report, root: ReportFinding): Story {
  const told = report.story.find((story) => story.root === root.id);
  if (told && told.steps.length > 0) return told;
  const { time_of_day, elapsed } = root;
  const undated = time_of_day ? { time_of_day: time_of_day.from } : elapsed ? { elapsed: elapsed.from } : {};
  return {
    root: root.id,
    steps: [{ findingId: root.id, time: root.from, ...undated, text: root.summary }],
    symptoms: [],
  };
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

/** The proof to quote: the first record of each kind from each source, at most `most`; a question and the wait for its answer, say. */
export function proofOf(finding: ReportFinding, most = 3): ReportEvidence[] {
  const kinds = new Set<string>();
  return finding.evidence
    .filter(({ source, action }) => {
      const kind = `${action}\n${source}`;
      return kinds.has(kind) ? false : kinds.add(kind);
    })
    .slice(0, most);
}

/** A row of the shown timeline: an entry, and how many that differ only in their details follow it. */
export interface Row {
  entry: TimelineEntry;
  more: number;
  entries: TimelineEntry[];
}

/** Fewer than this are shown: a fold saves a line but hides what differs. */
const LEAST_FOLDED = 2;

/** Folds runs of entries of one source and action that prove the same. */
export function foldRuns(entries: readonly TimelineEntry[]): Row[] {
  const rows: Row[] = [];
  for (const entry of entries) {
    const row = rows.at(-1);
    if (row && sameKind(row.entry, entry)) {
      row.more++;
      row.entries.push(entry);
    } else rows.push(alone(entry));
  }
  return rows.flatMap((row) => (row.more < LEAST_FOLDED ? row.entries.map(alone) : [row]));
}

const alone = (entry: TimelineEntry): Row => ({ entry, entries: [entry], more: 0 });

function sameKind(a: TimelineEntry, b: TimelineEntry): boolean {
  return (
    a.source === b.source &&
    a.action === b.action &&
    (a.time === null) === (b.time === null) &&
    a.findingIds.some((id) => b.findingIds.includes(id))
  );
}

/** `syslog:104`. */
export const placeOf = ({ source, line }: { source: string; line: number }): string => `${source}:${line}`;

/** Where a problem lies: `dump.pcap:1041`, `dump.pcap`, or nothing for one that concerns everything. */
export const troubleOf = ({ path, line, message }: ReportProblem): string => {
  const place = line === undefined ? path : placeOf({ source: path, line });
  return place === "" ? message : `${place}: ${message}`;
};
