import type { RecordRef } from "../../model/event.js";

/**
 * Two sources saw the same happening, each within a window of its own clock. With c the correction that is added to a
 * clock's stamps to give the common time: c(b) - c(a) lies in [aLo - bHi, aHi - bLo].
 */
export interface Match {
  /** Indexes of clocks, a < b. */
  a: number;
  b: number;
  aLo: number;
  aHi: number;
  bLo: number;
  bHi: number;
  aRecord: RecordRef;
  bRecord: RecordRef;
}
