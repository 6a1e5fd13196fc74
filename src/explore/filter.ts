import { compareSeverity, type Severity } from "../model/finding.js";
import type { ReportFinding, TimelineEntry } from "../report/contract.js";
import type { Bar, Mark } from "../report/study.js";
import { holds } from "./line.js";
import type { Subject } from "./subject.js";

/** What is shown. Sources and kinds of events are named that are hidden, so that nothing is hidden by being unknown. */
export interface Filter {
  /** The least grave findings that are shown. */
  severity: Severity;
  hiddenSources: ReadonlySet<string>;
  hiddenActions: ReadonlySet<string>;
  /** Only what holds this text; empty: everything. */
  text: string;
}

export const EVERYTHING: Filter = {
  severity: "informational",
  hiddenSources: new Set(),
  hiddenActions: new Set(),
  text: "",
};

export const showsAll = ({ severity, hiddenSources, hiddenActions, text }: Filter): boolean =>
  severity === "informational" && hiddenSources.size === 0 && hiddenActions.size === 0 && text === "";

/** Does it choose among the events of a source, so that counts of all its records say too much? */
export const choosesEvents = ({ hiddenActions, text }: Filter): boolean =>
  hiddenActions.size > 0 || text !== "";

/** What holds of every finding: grave enough, and a record of a shown source and kind proves it. */
export function showsFinding(filter: Filter, finding: ReportFinding): boolean {
  const { severity, text, hiddenActions, hiddenSources } = filter;
  if (compareSeverity(finding.severity, severity) < 0) return false;
  const { evidence } = finding;
  const proven = (record: { source: string; action: string }) =>
    !hiddenSources.has(record.source) && !hiddenActions.has(record.action);
  if (evidence.length > 0 && !evidence.some(proven)) return false;
  if (text === "") return true;
  return [finding.title, finding.summary, finding.rule, ...evidence.map((record) => record.text)].some(
    (words) => holds(words, text),
  );
}

/** Cited records: of shown sources and kinds, and of a finding that is grave enough. */
export function showsRecord(filter: Filter, subject: Subject, entry: TimelineEntry): boolean {
  if (filter.hiddenSources.has(entry.source) || filter.hiddenActions.has(entry.action)) return false;
  if (
    filter.text !== "" &&
    !holds(`${entry.source}:${entry.line} ${entry.action} ${entry.text}`, filter.text)
  )
    return false;
  if (filter.severity === "informational") return true;
  return entry.findingIds.some((id) => {
    const finding = subject.findings.get(id);
    return finding !== undefined && compareSeverity(finding.severity, filter.severity) >= 0;
  });
}

/** Events of the timeline. Those that no finding cites have no severity, and are shown with any. */
export function showsEvent(filter: Filter, event: Bar | Mark): boolean {
  if (filter.hiddenSources.has(event.source) || filter.hiddenActions.has(event.action)) return false;
  return filter.text === "" || holds(eventText(event), filter.text);
}

/** What is searched of an event. */
export const eventText = ({ source, line, action, label, entities }: Bar | Mark): string =>
  `${source}:${line} ${action} ${label} ${Object.values(entities).join(" ")}`;

/** The filter in words, such as `severity ≥ medium, 2 sources hidden, "registry"`; empty where everything is shown. */
export function filterWords({ severity, hiddenSources, hiddenActions, text }: Filter): string {
  const hidden = (n: number, what: string) => (n > 0 ? [`${n} ${what}${n === 1 ? "" : "s"} hidden`] : []);
  return [
    ...(severity === "informational"
      ? []
      : [severity === "critical" ? "critical only" : `${severity} and above`]),
    ...hidden(hiddenSources.size, "source"),
    ...hidden(hiddenActions.size, "action"),
    ...(text === "" ? [] : [`with "${text}"`]),
  ].join(", ");
}
