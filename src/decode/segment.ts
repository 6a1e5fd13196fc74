import type { OpenBlock } from "../grammar/blocks.js";

/**
 * A stretch of a source's bytes, [from, to). It is read by whoever has time, perhaps in another thread: the records that begin in
 * it are its own, and its last record may end behind it.
 */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where a record is known to begin, and what those before it left open. */
export interface Start {
  readonly at: number;
  readonly open?: OpenBlock | undefined;
}

/**
 * Where the records lie that a reading of a stretch took. A reader that begins in the middle of a file can only suppose where the
 * first record begins; what it supposed holds when the reading before it ended there. If not, the stretch is read again from the right place.
 */
export interface Extent {
  /** Offset of the first record's first byte. */
  readonly begin: number;
  /** Offset behind the last record and its line end: where the next reading must begin. */
  readonly end: number;
  /** What its records leave open for those behind: the next reading must begin with it. */
  readonly open?: OpenBlock | undefined;
  /** Enough was read before the end of the stretch: its rest, from `end` on, is still to be read. */
  readonly partial?: true;
}
