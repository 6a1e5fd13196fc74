import type { StandsFor } from "../../model/clock.js";
import type { Layer } from "../types.js";

/** A place in the grammar file, 1-based. */
export interface Place {
  line: number;
  column: number;
}

/** A constant: text, number, truth value, or the name of a field of the same event (`$other.field`). */
export type Value = string | number | boolean | readonly (string | number)[] | { copy: string };

/** What a pattern is made of. Literals are bytes (latin1 strings). */
export type Piece = { at: Place } & (
  | { kind: "literal"; bytes: string }
  | { kind: "ref"; name: string }
  | { kind: "capture"; field: string; item: Piece; as?: string }
  | { kind: "upto"; stop: Piece; outside?: string }
  | { kind: "rest" }
  | { kind: "sequence"; items: Piece[] }
  | { kind: "choice"; items: Piece[]; ordered: boolean }
  | { kind: "repeat"; item: Piece; min: number; max: number; ordered: boolean }
  | { kind: "constant"; field: string; value: Value }
  | { kind: "list"; item: Piece; separator: Piece }
);

export interface Condition {
  field: string;
  /** Written `FIELD?`: an event without the field is accepted. */
  optional: boolean;
  test: { kind: "in"; values: string[] } | { kind: "matches"; regex: RegexText };
  at: Place;
}

/** Text between the slashes of a regex, as written. */
export interface RegexText {
  source: string;
  at: Place;
}

/** A name, and where it is written. */
export interface Named {
  name: string;
  at: Place;
}

export interface TokenDef {
  name: string;
  regex: RegexText;
  as?: string;
  at: Place;
}

export interface RuleDef {
  name: string;
  body: Piece;
  at: Place;
}

export interface EventDef extends RuleDef {
  pass: string[];
  /** Events of this grammar one of which must have opened the block in which it stands; empty: it stands anywhere. */
  after: Named[];
  /** Inherited fields that end with it. */
  forgets: Named[];
}

/** A path in a document, as written. */
export interface PathText {
  source: string;
  at: Place;
}

/** A condition on a document: what stands at a path is there, is one of some values, or matches; with `not`, the contrary. */
export interface DocumentTest {
  path: PathText;
  not: boolean;
  values?: (string | number | boolean)[];
  matches?: RegexText;
}

/** How a field of a document's event gets its value. */
export type Taken =
  | { kind: "path"; path: PathText; as?: TakenAs }
  /** The name or place of the element that is told of. */
  | { kind: "key"; as?: TakenAs }
  | { kind: "constant"; value: Value };

/** A type, or a text with paths in braces. */
export type TakenAs = { type: string; at: Place } | { template: string; at: Place };

/** A line of a document's event: a field with its value, or a text that a pattern reads. */
export type Entry = { when: DocumentTest[]; at: Place } & (
  | { kind: "field"; field: string; value: Taken }
  | { kind: "text"; path: PathText; body: Piece }
);

/** An event that a document tells of. */
export interface TellingDef {
  name: string;
  /** The element that is told of, one within the other. */
  each: PathText[];
  when: DocumentTest[];
  entries: Entry[];
  at: Place;
}

/** An event that a sample gives, with some of its fields. */
export interface GivenEvent {
  event: string;
  fields?: Record<string, Value>;
}

/** A sample must match (`reject` false), a reject must not. Text is bytes. */
export interface SampleDef {
  text: string;
  /** The lines before it, which open the block in which it stands. */
  before?: string;
  reject: boolean;
  event?: string;
  fields?: Record<string, Value>;
  /** Further events that a document gives. */
  also?: GivenEvent[];
  at: Place;
}

/** One grammar file. */
export interface GrammarAst {
  file: string;
  text: string;
  name: string;
  title: string;
  /** What the format is, in a sentence or two; empty when the file does not say. */
  about: string;
  /** Commands whose output has this format. */
  commands: string[];
  layer: Layer;
  /** It reads documents (JSON), not lines. */
  isDocument: boolean;
  accepts: Condition[];
  /** By which a document is recognised. */
  there: DocumentTest[];
  set: Record<string, Value>;
  unit: "line" | "file";
  continuation?: RegexText;
  wants?: string[];
  standsFor?: StandsFor;
  /** Fields that records take over from the records of the block before them. */
  inherit: Named[];
  tokens: TokenDef[];
  rules: RuleDef[];
  events: EventDef[];
  /** Events of a document. */
  tellings: TellingDef[];
  samples: SampleDef[];
  at: Place;
}
