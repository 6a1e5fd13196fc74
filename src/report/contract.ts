import type { StandsFor } from "../model/clock.js";
import type { Severity } from "../model/finding.js";
import type { StampKind } from "../model/stamp.js";
import type { Time, Undated, When } from "./times.js";

export const SCHEMA = "hindcast.report/1";

/** First and last of times whose date is unknown; see {@link Undated}. */
export interface UndatedSpan {
  time_of_day?: { from: string; to: string };
  elapsed?: { from: string; to: string };
}

/** One record that proves something. `line` counts lines from 1, or packets in captures; `offset` and `length` are bytes of the decoded stream. */
export interface ReportEvidence extends Undated {
  source: string;
  line: number;
  offset: number;
  length: number;
  time: When;
  /** The time as stamped, where the source's clock was corrected and `time` differs from it. */
  stamp?: Time;
  action: string;
  /** The record's own text; bytes that are no UTF-8 as `\xff`; at most 4096 characters, then `…`. */
  text: string;
}

export interface ReportFinding extends UndatedSpan {
  id: string;
  rule: string;
  severity: Severity;
  title: string;
  summary: string;
  /** 0…1, two digits. */
  confidence: number;
  from: When;
  to: Time | null;
  count: number;
  entities: Record<string, string[]>;
  causedBy: string[];
  evidence: ReportEvidence[];
  remediation: string[];
  verify: string[];
}

/** A finding that the project file takes out: it is in no story, and counts for no exit status. */
export interface ReportSuppressed
  extends Pick<
      ReportFinding,
      "rule" | "severity" | "title" | "summary" | "confidence" | "from" | "to" | "count" | "entities"
    >,
    UndatedSpan {
  reason: string;
  /** The last day on which it is taken out: `2026-12-31`. */
  until?: string;
  /** The place in the project file. */
  path: string;
  line: number;
}

export interface StoryStep extends Undated {
  findingId: string;
  time: When;
  text: string;
  /** True: what explains it may have begun after it; their times do not tell. */
  uncertain?: true;
}

/** How one root cause led to what was noticed, in order of cause and effect. */
export interface Story {
  root: string;
  steps: StoryStep[];
  /** Findings at the end of the chain: what people saw. */
  symptoms: string[];
  /** 0…1, two digits: how sure the whole chain is. */
  confidence?: number;
}

/** An event that a finding cites. Both times are `null` when it could not be placed. */
export interface TimelineEntry extends Undated {
  time: Time | null;
  latest: Time | null;
  /** As in {@link ReportEvidence}. */
  stamp?: Time;
  source: string;
  line: number;
  action: string;
  text: string;
  findingIds: string[];
}

/** Seconds, ends included. A bound that is not known is `null`. */
export interface ReportBounds {
  min: number | null;
  max: number | null;
}

/** Two records that tell of the same happening, and what that says of their clocks. */
export interface ReportPair {
  /** The record that the clock in question stamped. */
  own: ReportEvidence;
  other: ReportEvidence;
  /** The own stamp is so far ahead of the other one. */
  offset: ReportBounds;
}

/** A clock was set between two of its own stamps: what comes after is so much further ahead. */
export interface ReportStep {
  after: Time | null;
  before: Time | null;
  by: ReportBounds & { best: number | null };
}

export interface ReportClock {
  id: string;
  kind: StampKind;
  host?: string;
  /** Seconds: the finest step that its stamps show. */
  resolution?: number;
  zone?: string;
  /** Of its first stamp, where the stamps say none. */
  year?: number;
  /** What its stamps tell the time of: a beginning, an end, or the moment itself. */
  stands_for?: StandsFor;
  sources: string[];
  /** Present on the clock that others are told in. */
  reference?: true;
  /** Seconds; positive: ahead of the reference clock. */
  offset: (ReportBounds & { best: number | null }) | null;
  /** The moment for which the offset's bounds hold. */
  at?: Time;
  /** Seconds gained per second. */
  drift: number | null;
  drift_bounds?: ReportBounds;
  matches: number;
  /** The source in whose time it is told. */
  told_in?: string;
  /** The source that it was compared with. */
  compared_with?: string;
  /** The tightest pairs that the offset rests on, at most three. */
  proof?: ReportPair[];
  steps?: ReportStep[];
  basis: string;
  /** True when the date stayed unknown. */
  floating: boolean;
}

export interface ReportProblem {
  path: string;
  line?: number;
  offset?: number;
  severity: "error" | "warning";
  message: string;
}

/** A time in which something is missing from a source, as the evidence itself says. */
export interface ReportGap extends UndatedSpan {
  /** `null`: from the source's beginning, or from a time that nothing tells. */
  from: Time | null;
  /** `null`: to the source's end. */
  to: Time | null;
  why: string;
  /** How much is missing: messages, packets or bytes, as `why` says. */
  lost?: number;
  /** The record that tells it. */
  line?: number;
  offset?: number;
}

export interface ReportSource extends UndatedSpan {
  path: string;
  sha256: string;
  bytes: number;
  format: string;
  records: number;
  parsed: number;
  unparsed: number;
  /** Of the parsed records, those that only a generic format claims; absent: none. */
  generic?: number;
  clock: string;
  from: Time | null;
  to: Time | null;
  /** In the order of their ends; absent: the evidence tells of none. */
  gaps?: ReportGap[];
  problems: ReportProblem[];
}

/** A source whose records, all or the cited ones, have no place on the common timeline. */
export interface Unplaced {
  source: string;
  /** All its records when the source has no usable time, else the cited ones that have none. */
  records: number;
  why: string;
}

export interface ReportMissing {
  what: string;
  why: string;
  command: string;
}

/** The JSON contract, `hindcast.report/1` (report.schema.json). Everything that people read is made from this. */
export interface Report {
  schema: typeof SCHEMA;
  version: string;
  summary: { from: Time | null; to: Time | null; records: number; unparsed: number; sources: number };
  rootCauses: string[];
  story: Story[];
  findings: ReportFinding[];
  /** Absent: none. */
  suppressed?: ReportSuppressed[];
  timeline: TimelineEntry[];
  /** False: stamps were trusted as they are, as asked. Absent: clocks were compared. */
  aligned?: false;
  clocks: ReportClock[];
  sources: ReportSource[];
  unplaced: Unplaced[];
  problems: ReportProblem[];
  missing: ReportMissing[];
}
