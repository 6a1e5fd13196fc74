import type { Fields } from "../model/event.js";
import type { StampKind } from "../model/stamp.js";

/** Layers compose: envelope → body → message; `values` grammars read what nests. */
export type Layer = "envelope" | "body" | "message" | "values";

/** How an envelope's records are cut out of the byte stream. */
export interface Framing {
  /** `line`: a record is a line plus the lines that continue it. `file`: the whole stream is one record. */
  unit: "line" | "file";
  /** A line that matches continues the record before it (sticky, tried at the line's beginning). */
  continuation?: RegExp;
}

/** One event shape, compiled. Texts are latin1: one char per byte. */
export interface Shape {
  /** Name of the grammar it belongs to. */
  grammar: string;
  /** `event.action` of what it gives. */
  event: string;
  /** Sticky; matches a whole record from `lastIndex` to the end of the string, trailing blanks allowed. */
  regex: RegExp;
  /**
   * Fields of a match, typed. A `@timestamp` capture comes as its raw text, with its kind under
   * `@timestamp.kind`; a `message` capture is what the envelope or body hands on.
   */
  decode(match: RegExpExecArray): Fields;
  /** Required literals: of each inner list, at least one is in every text that matches (a conjunction of alternatives). */
  literals: readonly (readonly string[])[];
  /** Literal that every text that matches begins with, when there is one. */
  prefix?: string;
  /** Fields whose text is handed on to the message layer (`pass FIELD to message`). */
  pass?: readonly string[];
  /** Kinds that its `@timestamp` can have. */
  stamps: readonly StampKind[];
}

/** A condition over fields from an `accepts` clause. */
export type Accepts = (fields: Fields) => boolean;

/** A grammar, compiled: what `grammars/NAME.grammar` became. */
export interface Grammar {
  name: string;
  title: string;
  layer: Layer;
  /** Where it came from, for messages: `grammars/kernel-bridge.grammar`. */
  file: string;
  framing: Framing;
  /** `undefined`: accepts everything. */
  accepts?: Accepts;
  /** Fields set on every event of this grammar (`event.dataset`, `event.category`, …). */
  set: Fields;
  shapes: readonly Shape[];
  /**
   * Literals at least one of which a record must contain for anybody to want its fields (`wants` clause of
   * an envelope). Absent: every record is wanted, or, for envelopes with a message, those that a message shape may match.
   */
  wants?: readonly string[];
}

/** What reading one record gave. */
export interface Reading {
  grammar: Grammar;
  shape: Shape;
  fields: Fields;
  /** What a `pass FIELD to message` found inside a field (Go errors wrap errors), outermost first. */
  inner?: Reading[];
}
