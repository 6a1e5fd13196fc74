import type { ClockInfo } from "../model/clock.js";
import type { Event } from "../model/event.js";
import { compareSeverity, type Finding, type Missing, type SuppressedFinding } from "../model/finding.js";
import type { Problem, Source } from "../model/source.js";
import { problemOf, sourceOf, summaryOf, unplacedOf } from "./accounting.js";
import { byNumber, citedTimeline } from "./cited.js";
import { clockOf } from "./clock-report.js";
import { type Report, type ReportFinding, type ReportSuppressed, SCHEMA, type Story } from "./contract.js";
import { Placing } from "./placing.js";
import type { Undated } from "./times.js";
import { decodeWithin } from "./utf8.js";
import { cut } from "./width.js";

export type { Report } from "./contract.js";

/** What the diagnosis gives. `Event.source` is an index into `sources`. */
export interface ReportInput {
  /** The program's version. */
  version: string;
  sources: readonly Source[];
  /** Linked: `causedBy` is filled. */
  findings: readonly Finding[];
  /** Ids of findings, best first. */
  rootCauses: readonly string[];
  /** For each root cause, the ids from it to what was noticed, and the ids of what was noticed. */
  stories: readonly {
    root: string;
    chain: readonly string[];
    symptoms: readonly string[];
    /** Ids of what it explains beside the chain. */
    besides?: readonly string[];
    /** Of these, those that may have begun before what explains them. */
    uncertain?: readonly string[];
    /** 0…1: how sure the whole is. */
    confidence?: number;
  }[];
  /** What the project file took out. */
  suppressed?: readonly SuppressedFinding[];
  clocks: readonly ClockInfo[];
  /** False: clocks were not compared, as asked. */
  aligned?: boolean | undefined;
  missing: readonly Missing[];
  /** Paths that never became a source. */
  problems?: readonly Problem[];
  /** A cited record's own text, one char per byte (latin1) as in the evidence, or decoded already. */
  texts: (event: Event) => string;
}

/**
 * Makes the report from what was found: the JSON contract, from which everything else is printed.
 * Pure: the same input gives the same report, with the same order of keys; no clock, locale or machine is asked.
 */
export function buildReport(input: ReportInput): Report {
  const placing = new Placing(input.sources, input.clocks, input.texts);
  const known = new Map(input.findings.map((finding) => [finding.id, finding]));
  const rootCauses = input.rootCauses.filter((id) => known.has(id));
  const ordered = order(input.findings, rootCauses);
  const sources = input.sources.map((source) => sourceOf(source, placing));
  return {
    schema: SCHEMA,
    version: input.version,
    summary: summaryOf(input.sources, placing),
    rootCauses,
    story: input.stories.filter(({ root }) => known.has(root)).map((story) => storyOf(story, known, placing)),
    findings: ordered.map((finding) => findingOf(finding, placing)),
    ...(input.suppressed?.length && {
      suppressed: input.suppressed.map((one) => suppressedOf(one, placing)),
    }),
    timeline: citedTimeline(ordered, placing),
    ...(input.aligned === false && { aligned: false }),
    clocks: input.clocks.map((clock) => clockOf(clock, placing)),
    sources,
    unplaced: unplacedOf(input.sources, input.findings, placing),
    problems: [...(input.problems ?? []).map(problemOf), ...sources.flatMap((source) => source.problems)],
    missing: input.missing.map(({ what, why, command }) => ({
      what: decodeWithin(what),
      why: decodeWithin(why),
      command: decodeWithin(command),
    })),
  };
}

/** Root causes first, then the grave before the slight, then the early before the late. */
function order(findings: readonly Finding[], rootCauses: readonly string[]): Finding[] {
  const rank = new Map(rootCauses.map((id, index) => [id, index]));
  const rankOf = (finding: Finding) => rank.get(finding.id) ?? rootCauses.length;
  return [...findings].sort(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      compareSeverity(b.severity, a.severity) ||
      byNumber(a.from, b.from) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

function findingOf(finding: Finding, placing: Placing): ReportFinding {
  const { from, to, ...undatedTimes } = placing.span(finding);
  const names = Object.keys(finding.entities).sort();
  return {
    id: finding.id,
    rule: finding.rule,
    severity: finding.severity,
    title: decodeWithin(finding.title),
    summary: decodeWithin(finding.summary),
    confidence: Number.isFinite(finding.confidence)
      ? Math.round(Math.min(1, Math.max(0, finding.confidence)) * 100) / 100
      : 0,
    from,
    to,
    ...undatedTimes,
    count: finding.count,
    entities: Object.fromEntries(names.map((name) => [name, finding.entities[name]!.map(entityOf)])),
    causedBy: [...finding.causedBy],
    evidence: finding.evidence.map((event) => placing.evidence(event)),
    remediation: finding.remediation.map(decodeWithin),
    verify: finding.verify.map(decodeWithin),
  };
}

function suppressedOf(
  { finding, reason, until, path, line }: SuppressedFinding,
  placing: Placing,
): ReportSuppressed {
  const {
    id: _id,
    causedBy: _causedBy,
    evidence: _evidence,
    remediation: _remediation,
    verify: _verify,
    ...told
  } = findingOf({ ...finding, evidence: [], causedBy: [] }, placing);
  return {
    ...told,
    reason: decodeWithin(reason),
    ...(until !== undefined && { until }),
    path: decodeWithin(path),
    line,
  };
}

/** A value as it is; one that is no name or address any more but a whole text is cut. */
const entityOf = (value: string) => cut(decodeWithin(value), 1024);

function storyOf(
  story: ReportInput["stories"][number],
  known: Map<string, Finding>,
  placing: Placing,
): Story {
  const symptoms = story.symptoms.filter((id) => known.has(id));
  const uncertain = new Set(story.uncertain);
  const ids = [...new Set([story.root, ...story.chain, ...(story.besides ?? []), ...symptoms])].filter((id) =>
    known.has(id),
  );
  const steps = ids.map((id) => {
    const finding = known.get(id)!;
    const { from, time_of_day, elapsed } = placing.span(finding);
    const rest: Undated = time_of_day
      ? { time_of_day: time_of_day.from }
      : elapsed
        ? { elapsed: elapsed.from }
        : {};
    return {
      findingId: id,
      time: from,
      ...rest,
      text: decodeWithin(finding.summary || finding.title),
      ...(uncertain.has(id) && { uncertain: true as const }),
    };
  });
  const { confidence } = story;
  return {
    root: story.root,
    steps,
    symptoms,
    ...(confidence !== undefined && { confidence: Math.round(confidence * 100) / 100 }),
  };
}
