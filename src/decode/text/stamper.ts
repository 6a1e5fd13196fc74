import type { StampKind } from "../../model/stamp.js";
import type { FixedStamp } from "../../scan/fixed-stamps.js";

/**
 * Turns a record's stamp into a time. The clock stage implements it; decoders only see this, because which zone, year
 * or offset completes a stamp is not theirs to know.
 */
export interface Stamper {
  /**
   * Places the record with this stamp (or, with kind `none`, the record that begins at line `line`). Call in file order.
   * The result is in `us`, `latest` (µs UTC, NaN when unplaced) and `ns`.
   */
  stamp(kind: StampKind, text: string, line: number): void;
  /** The same for a stamp that was read already, in the usual form of its kind. */
  stampRead(kind: StampKind, stamp: FixedStamp, line: number): void;
  us: number;
  latest: number;
  ns: number;
  /** µs: the time on the source's own clock, where `us` was put on another. */
  stamped?: number | undefined;
  /** The first record whose stamp can't be right, and why. */
  oddity?: { line: number; message: string } | undefined;
}
