import type { FieldValue } from "../../model/event.js";
import type { StampKind } from "../../model/stamp.js";
import type { Stored } from "../../scan/tracks.js";

/** What records have in common that have the same stamp and tell the same happenings by the same fields. */
export interface RecordKind {
  readonly stamp: StampKind;
  readonly sample: boolean;
  readonly told: readonly ToldKind[];
}

/** A happening, and the names of its fields in their order. */
export interface ToldKind {
  readonly action: string;
  readonly category: string;
  readonly names: readonly string[];
}

/**
 * Wanted records as columns. The values of a record (its stamp's text, or the stamp packed as a number, then the fields of its happenings) are stored only where they
 * differ from those of the record of its kind before it: host, program and much else are there once. Plain data that is
 * cheap to send, keep and collect, however many records there are.
 */
export interface RecordColumns {
  readonly kinds: readonly RecordKind[];
  /** For each record: its place, as in {@link UntimedRecord}, its kind, how many values changed, and bytes of text among these. */
  readonly lines: Int32Array;
  readonly offsets: Float64Array;
  readonly lengths: Int32Array;
  readonly kindOf: Uint32Array;
  readonly changed: Uint32Array;
  readonly textLengths: Int32Array;
  /** For each value that changed: how it is {@link Stored}, and above these bits its number among its record's values. */
  readonly changes: Uint32Array;
  /** Changed texts (latin1), one behind the other, and the length of each. */
  readonly texts: Uint8Array;
  readonly lengthsOfTexts: Int32Array;
  readonly numbers: Float64Array;
  /** Changed values of other types, and texts that are not latin1. */
  readonly others: readonly (FieldValue | undefined)[];
}
