import type { Severity } from "../../model/finding.js";
import type { Bar, Density, EntityKind, Mark, Outcome, Span } from "../../report/study.js";
import { choosesEvents, type Filter, showsEvent, showsFinding } from "../filter.js";
import { type Subject, spanOf } from "../subject.js";
import type { Target } from "../target.js";

/** What lanes stand for. */
export const GROUPINGS = ["source", "container", "bridge", "resolver", "registry", "host"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Something that lasts: a transaction, or a finding. */
export interface Stretch {
  label: string;
  from: Span;
  to: Span;
  outcome: Outcome;
  /** Of a finding. */
  severity?: Severity;
  cited: boolean;
  target: Target;
  bar?: Bar;
}

/** A row of the timeline, and what lies in it. */
export interface Lane {
  /** Unambiguous among all lanes. */
  key: string;
  name: string;
  /** The finest first. None where events are chosen, or where they are told by what they are about: they are counted one by one. */
  densities: readonly Density[];
  /** In the order in which they began. */
  stretches: readonly Stretch[];
  /** In order of time. */
  marks: readonly Mark[];
}

export const FINDINGS = "findings";

/** The lanes with anything in them: the findings, then those with cited events, then the others. */
export function lanesOf(subject: Subject, filter: Filter, by: Grouping): Lane[] {
  const { picture, report } = subject.study;
  const bars = picture.bars.filter((bar) => showsEvent(filter, bar));
  const marks = picture.marks.filter((mark) => showsEvent(filter, mark));
  const groupOf = (event: Bar | Mark) => (by === "source" ? event.source : event.entities[by as EntityKind]);
  const barsBy = grouped(bars, groupOf);
  const marksBy = grouped(marks, groupOf);
  const counted =
    by === "source" && !choosesEvents(filter)
      ? grouped(
          picture.densities.filter(({ source }) => !filter.hiddenSources.has(source)),
          ({ source }) => source,
        )
      : new Map<string, Density[]>();
  const names =
    by === "source"
      ? report.sources.map(({ path }) => path)
      : [...new Set([...barsBy.keys(), ...marksBy.keys()])].sort();
  const lanes = names.flatMap((name): Lane[] => {
    const densities = [...(counted.get(name) ?? [])].sort((a, b) => a.width - b.width);
    const stretches = (barsBy.get(name) ?? []).map(stretchOf);
    const own = marksBy.get(name) ?? [];
    if (densities.length + stretches.length + own.length === 0) return [];
    return [{ key: `${by} ${name}`, name, densities, stretches, marks: own }];
  });
  const rank = ({ stretches, marks: own }: Lane) =>
    stretches.some(({ cited }) => cited) || own.some(({ findingIds }) => findingIds.length > 0) ? 0 : 1;
  lanes.sort((a, b) => rank(a) - rank(b));
  return [findingsLane(subject, filter), ...lanes];
}

function findingsLane(subject: Subject, filter: Filter): Lane {
  const stretches = subject.study.report.findings.flatMap((finding): Stretch[] => {
    const [earliest, latest] = spanOf(subject, finding.from);
    const [, end] = spanOf(subject, finding.to ?? finding.from);
    if (!showsFinding(filter, finding) || Number.isNaN(earliest)) return [];
    const to = Math.max(end, latest);
    return [
      {
        label: finding.title,
        from: { earliest, latest },
        to: { earliest: to, latest: to },
        outcome: "unknown",
        severity: finding.severity,
        cited: true,
        target: { kind: "finding", id: finding.id },
      },
    ];
  });
  stretches.sort((a, b) => a.from.earliest - b.from.earliest);
  return { key: FINDINGS, name: FINDINGS, densities: [], stretches, marks: [] };
}

const stretchOf = (bar: Bar): Stretch => ({
  label: bar.label,
  from: bar.from,
  to: bar.to,
  outcome: bar.outcome,
  cited: bar.findingIds.length > 0,
  target: { kind: "record", source: bar.source, line: bar.line },
  bar,
});

function grouped<T>(items: readonly T[], nameOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

/** The groupings that this evidence has anything for. */
export function groupingsOf({ study }: Subject): Grouping[] {
  const { bars, marks } = study.picture;
  const kinds = new Set([...bars, ...marks].flatMap(({ entities }) => Object.keys(entities)));
  return GROUPINGS.filter((grouping) => grouping === "source" || kinds.has(grouping));
}
