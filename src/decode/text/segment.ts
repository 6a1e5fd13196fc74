import type { Problem } from "../../model/source.js";
import type { Extent } from "../segment.js";
import type { RecordColumns } from "./columns.js";
import type { UnreadRecords } from "./unread.js";
import type { UntimedRecord } from "./untimed.js";

/** What was read of a stretch of text. Plain data. */
export interface TextSegment extends Extent {
  /** Lines in [begin, end). */
  readonly lines: number;
  readonly records: number;
  readonly parsed: number;
  readonly unparsed: number;
  /** Records by the format that claimed them. */
  readonly claims: readonly (readonly [grammar: string, count: number])[];
  readonly wanted: readonly UntimedRecord[];
  /** The same as columns, in place of `wanted`: where a segment is sent, or waits until somebody takes it. */
  readonly columns?: RecordColumns;
  /** Records of which somebody later in the order decides whether they are worth reading. */
  readonly unread?: UnreadRecords;
  /**
   * The last record that some format claims, with its stamp only, when it is not among the wanted ones: should it prove to be the last
   * of the source, it ends the source's range.
   */
  readonly last?: UntimedRecord;
  /** Place of the first record that fits no format: line from the segment's first, offset in the source. */
  readonly firstUnparsed?: { readonly line: number; readonly offset: number };
  /** Lines of problems count from the segment's first (0). Those with a `once` are told once for a source. */
  readonly problems: readonly (Problem & { readonly once?: string })[];
}
