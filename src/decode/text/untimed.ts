import type { Fields } from "../../model/event.js";
import type { StampKind } from "../../model/stamp.js";

/** A stamp as it was written. */
export interface WrittenStamp {
  readonly kind: StampKind;
  readonly text: string;
}

/** One happening that a record tells of. */
export interface Told {
  readonly action: string;
  readonly category: string;
  readonly fields: Fields;
}

/**
 * A record that somebody wants, read but without its time: that takes the records before it, and so the order of the source.
 * Plain data, which may be sent from thread to thread.
 */
export interface UntimedRecord {
  /** Number of its first line, counted from the segment's first (0). */
  readonly line: number;
  /** Offset in the source, and length, in bytes. */
  readonly offset: number;
  readonly length: number;
  readonly stamp: WrittenStamp;
  /** The record's own happening, and those of errors inside it. Empty where only the stamp is of interest: it moves the source's clock on. */
  readonly told: readonly Told[];
  /** It is the first record that its format claims in its mebibyte of the source, or in the part of that which the segment has. */
  readonly sample?: true;
}
