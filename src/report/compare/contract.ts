import type { Severity } from "../../model/finding.js";
import type { ReportEvidence, ReportProblem } from "../contract.js";
import type { Time } from "../times.js";

export const COMPARE_SCHEMA = "hindcast.compare/1";

/** The two runs that are held against each other. */
export type SideName = "good" | "bad";

/** What a side says about one thing. Only what fits the kind of difference is there. */
export interface Measure {
  /** In words: `12 of 40 (30 %)`. */
  text: string;
  count?: number;
  /** Of so many transactions. */
  of?: number;
  /** Events in a minute of the sources that show them. */
  per_minute?: number;
  /** Events for each transaction that they are steps of. */
  per_transaction?: number;
  /** Seconds. */
  median?: number;
  p95?: number;
  longest?: number;
  /** What is said, sorted; the first 20. */
  values?: string[];
  severity?: Severity;
  confidence?: number;
}

/** Something in which the two differ. */
export interface Difference {
  /** `finding`: a rule's; `outcome`: how transactions went; `fact`: what is said of the network; `timing`; `events`: how often a kind of event came. */
  kind: "finding" | "outcome" | "fact" | "timing" | "events";
  /** What differs: a rule's id, `dns.leg: timeout`, `MAC of interface br-ci`. */
  what: string;
  /** 0…1, three digits: how telling it is; the list is sorted by it. */
  score: number;
  good: Measure;
  bad: Measure;
  /** Records that show it. */
  proof: { good: ReportEvidence[]; bad: ReportEvidence[] };
}

/** What one side shows and the other could not have shown: no difference. */
export interface NotComparable {
  /** The side that has no such evidence. */
  side: SideName;
  /** What it has none of: `a packet capture`. */
  lacks: string;
  /** What the other side shows of it, most telling first; at most 20. */
  shown: string[];
  /** How much more it shows. */
  more: number;
}

/** What is known of a side. */
export interface ComparedSide {
  paths: string[];
  sources: number;
  records: number;
  from: Time | null;
  to: Time | null;
  /** Kinds of evidence in it. */
  shows: string[];
}

/** What `hindcast compare` prints. */
export interface Comparison {
  schema: typeof COMPARE_SCHEMA;
  version: string;
  good: ComparedSide;
  bad: ComparedSide;
  /** Most telling first. */
  differences: Difference[];
  notComparable: NotComparable[];
  /** What was looked at and is alike, so that silence can be told from blindness. */
  alike: { findings: number; outcomes: number; facts: number; timings: number; events: number };
  /** What was given up, in sentences. */
  notes: string[];
  problems: (ReportProblem & { side: SideName })[];
}
