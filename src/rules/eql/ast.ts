/**
 * The syntax tree of an EQL query: plain JSON, so that a build can write it into a module and start-up needs no parser.
 *
 * The language is Elastic's Event Query Language
 * (https://www.elastic.co/docs/reference/query-languages/eql/eql-syntax); docs/EQL.md lists the differences.
 */

/** A constant. `null` stands for "no value". */
export type Constant = string | number | boolean | null;

export type Comparator = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type Sign = "+" | "-" | "*" | "/" | "%";

/** How a value is looked up in a list of patterns. A `~` ignores case. */
export type LookUp = "in" | "in~" | ":" | "like" | "like~" | "regex" | "regex~";

export type Expression =
  | {
      op: "constant";
      value: Constant /** Written with a decimal point: divides without rounding. */;
      float?: true;
    }
  | {
      op: "field";
      name: string /** Written `?name`: no event need have it. */;
      optional?: true;
    }
  | { op: "and" | "or"; of: Expression[] }
  | { op: "not"; of: Expression }
  | { op: "compare"; is: Comparator; left: Expression; right: Expression }
  | { op: "look-up"; how: LookUp; left: Expression; list: Expression[] }
  | { op: "arithmetic"; sign: Sign; left: Expression; right: Expression }
  | { op: "negative"; of: Expression }
  | { op: "call"; name: string /** `name~(…)`. */; ignoreCase?: true; args: Expression[] };

/** `CATEGORY where CONDITION`. */
export interface EventPattern {
  /** Absent: `any`. */
  category?: string;
  where: Expression;
}

/** A field that the events of a sequence share. An optional one (`?name`) may be absent, and absence is then a value. */
export interface Key {
  name: string;
  optional?: true;
}

/** `[ … ] by a, b with runs=N`, or `![ … ]` for an event that must be missing. */
export interface Step extends EventPattern {
  by: Key[];
  /** Absent: 1. */
  runs?: number;
  missing?: true;
}

/** What is done with matches: `| head 5`, `| filter x > 1`, `| unique a, b`. */
export type Pipe =
  | { name: "head" | "tail"; count: number }
  | { name: "filter"; where: Expression }
  | { name: "unique" | "unique_count" | "count" | "sort"; by: Expression[] };

export interface EventQuery extends EventPattern {
  kind: "event";
  pipes?: Pipe[];
}

export interface SequenceQuery {
  kind: "sequence";
  /** The `sequence by` keys are already part of each step's `by`. */
  steps: Step[];
  /** Microseconds. */
  maxspan?: number;
  until?: Step;
  /** Events that share several values of a key are told once for each of them. Absent: once. */
  eachKey?: true;
  pipes?: Pipe[];
}

/**
 * Events in any order that share the values of their keys: Elastic's `sample` (by value of the keys), Endgame's `join` (one after the
 * other, as often as they come together).
 */
export interface UnorderedQuery {
  kind: "sample" | "join";
  /** The shared keys are already part of each step's `by`. */
  steps: Step[];
  /** Of a `join`: ends what is under way. */
  until?: Step;
  /** Of a `sample`: so many for each value of the keys, as Elasticsearch's `max_samples_per_key`. Absent: 1. */
  perKey?: number;
  pipes?: Pipe[];
}

export type Query = EventQuery | SequenceQuery | UnorderedQuery;
