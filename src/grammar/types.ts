import type { StandsFor } from "../model/clock.js";
import type { Fields } from "../model/event.js";
import type { StampKind } from "../model/stamp.js";
import type { SlotOutline } from "./outline.js";

/**
 * Layers compose: envelope → body → message; `values` grammars read what nests. A `generic` grammar is an envelope for records that no
 * other claims.
 */
export type Layer = "envelope" | "generic" | "body" | "message" | "values";

/** How an envelope's records are cut out of the byte stream. */
export interface Framing {
  /** `line`: a record is a line plus the lines that continue it. `file`: the whole stream is one record. */
  unit: "line" | "file";
  /** A line that matches continues the record before it (sticky, tried at the line's beginning). */
  continuation?: RegExp | undefined;
  /**
   * Where the record that begins at `at` ends (the offset of its last newline, or `length`), for records that no line's look
   * delimits, such as fields with a length. `undefined`: more bytes are needed; never when `final`. At least the line's end.
   */
  end?(text: string, at: number, length: number, final: boolean): number | undefined;
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
   * `@timestamp.kind`; a `message` capture is what the envelope or body hands on. Throws `UnreadableRecord` when
   * what has the look of a record turns out to be none (JSON that does not parse); `matchShape` catches it.
   */
  decode(match: RegExpExecArray): Fields;
  /** The decoder names the same fields in the same order for every match, `undefined` those that it did not find. */
  fixed?: true;
  /** What the decoder does with the groups of the expression, as data; absent where only the decoder knows. */
  outline?: readonly SlotOutline[] | undefined;
  /** Required literals: of each inner list, at least one is in every text that matches (a conjunction of alternatives). */
  literals: readonly (readonly string[])[];
  /** Literal that every text that matches begins with, when there is one. */
  prefix?: string;
  /** Bytes that can stand at its first places (`mayBegin` reads them); absent: any. */
  begins?: readonly string[];
  /** It begins with `upto`: its words may stand anywhere in a text. */
  floats?: boolean;
  /** Fields whose text is handed on to the message layer (`pass FIELD to message`). */
  pass?: readonly string[] | undefined;
  /** Headers one of which must have opened the block in which a record stands; absent: it stands anywhere. */
  after?: readonly string[] | undefined;
  /** It matches what stands around the records of many formats, such as the brackets of an array: by itself it tells of none. */
  around?: true;
  /** Inherited fields that end with its records. */
  forgets?: readonly string[] | undefined;
  /** Kinds that its `@timestamp` can have. */
  stamps: readonly StampKind[];
}

/** By which rules the blocks of a grammar open and close. */
export interface BlockRules {
  /** Events that open a block, and the headers that stay in force behind them: those of the blocks in which they stand. */
  readonly headers: ReadonlyMap<string, ReadonlySet<string>>;
  /** Fields that records take over from the records before them. */
  readonly inherit: readonly string[];
}

/** What a look at a line's bytes told. */
export const Verdict = {
  /** Nothing for certain: an expression must be asked. */
  UNKNOWN: 0,
  /** The grammar claims it, and nobody needs more of it than that. */
  IDLE: 1,
  /** The grammar claims it, and somebody may need it. */
  WANTED: 2,
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/**
 * Judges the record in bytes[from, to), a line and perhaps others that continue it, without an expression: an envelope whose records are lines of brackets and quotes, which no
 * beginning proves, may have one. It stands for the grammar's expressions and literals: it says `IDLE` or `WANTED` only of what some shape matches, and
 * `IDLE` only of what changes no result. Pure: the same bytes, the same verdict.
 */
export type LineJudge = (bytes: Uint8Array, from: number, to: number) => Verdict;

/**
 * Reads a line (latin1, its line end excluded) by what a scanner noted of it, its `FACTS` numbers from `at` on: all fields that the grammar gives
 * of it, `set` among them. `undefined` where nothing was noted of the line, which the expressions may know.
 */
export type LineFields = (line: string, facts: Int32Array, at: number) => Fields | undefined;

/** A condition over fields from an `accepts` clause. */
export type Accepts = (fields: Fields) => boolean;

/** A grammar, compiled: what `grammars/AREA/NAME.grammar` became. */
export interface Grammar {
  name: string;
  title: string;
  layer: Layer;
  /** Where it came from, for messages: `grammars/kernel/kernel-bridge.grammar`. */
  file: string;
  framing: Framing;
  /** `undefined`: accepts everything. */
  accepts?: Accepts;
  /** Fields set on every event of this grammar (`event.dataset`, `event.category`, …). */
  set: Fields;
  shapes: readonly Shape[];
  /** Of a format whose records are documents: recognises and reads them, in place of the expressions of its shapes. */
  document?: DocumentDecoder | undefined;
  /** Of records that are only framed: why a record is not understood, so that it counts as unparsed. */
  unknown?: ((record: string) => string | undefined) | undefined;
  /** Of an envelope some of whose records say what others are, or are about. */
  blocks?: BlockRules | undefined;
  /**
   * Literals at least one of which a record must contain for anybody to want its fields (`wants` clause of
   * an envelope). Absent: every record is wanted, or, for envelopes with a message, those that a message shape may match.
   */
  wants?: readonly string[];
  /** Which moment of what its records tell of their stamps are. */
  standsFor?: StandsFor;
  /**
   * Literals that betray an encoding which hides the words of a message (byte arrays, `\u003c`): a record with one of them is
   * decoded whatever it says.
   */
  hides?: readonly string[];
  /** Judges single lines in place of `shapes` and `wants`; what it does not know is asked of these. */
  judge?: LineJudge;
  /** Reads lines of the first shape in place of its expression. */
  lineFields?: LineFields;
  /** Of a format whose lines show system calls: by which rules a scanner finds lines that `judge` calls idle. */
  calls?: ReadonlyMap<string, number>;
}

/** Recognises and reads records that are documents, such as JSON objects. */
export interface DocumentDecoder {
  /** Is the record (latin1) a document of this format, or an array or a list of such? */
  recognises(record: string): boolean;
  /** The events of a record that is recognised, in the order of its documents. */
  read(record: string): { shape: Shape; fields: Fields }[];
}

/** What reading one record gave. */
export interface Reading {
  grammar: Grammar;
  shape: Shape;
  fields: Fields;
  /** What a `pass FIELD to message` found inside a field (Go errors wrap errors), outermost first. */
  inner?: Reading[];
}
