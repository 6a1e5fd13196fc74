import type { FieldValue } from "../../model/event.js";
import type { Query } from "../../rules/eql/ast.js";
import type { Tally } from "../../rules/eql/match.js";

/** An event as a query's answer shows it. */
export interface Doc {
  /** Where it comes from: a source's path, or the file of the events. */
  index: string;
  /** Names it within its index. */
  id: string;
  /** RFC 3339 in UTC, nine digits; for a time without a date what is known of it; `null` for none. */
  time: string | null;
  /** The end of the interval in which it lies, where that is no point. */
  latest?: string;
  /** Line, or number of the packet. */
  line: number;
  category: string;
  action: string;
  /** Flat, by dotted names. */
  fields: Readonly<Record<string, FieldValue>>;
  /** What is shown as `_source`: nested. */
  source: unknown;
}

/** One match: an event, a sequence, sample or join, or a row of `| count`. */
export interface Hit {
  joinKeys: readonly (FieldValue | null)[];
  /** In the places of the query; `undefined` where an event is missing. */
  events: readonly (Doc | undefined)[];
  tally?: Tally;
  /** Why it cannot be told whether it is a match. */
  because?: "order" | "coverage";
  /** Of the latter: what the evidence itself says is missing in that time. */
  gap?: string;
}

/** What a query found. */
export interface QueryAnswer {
  kind: Query["kind"];
  /** Fields that the query names, in the order of its text: what a table shows. */
  fields: readonly string[];
  hits: readonly Hit[];
  /** How many matches there are; `hits` may be fewer. */
  total: number;
  /** Sequences of which it cannot be told whether they match. */
  open: readonly Hit[];
  openTotal: number;
  /** Sentences about what was given up to keep memory bounded, or could not be used. */
  notes: readonly string[];
}
