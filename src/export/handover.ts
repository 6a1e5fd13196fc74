import type { Report } from "../report/contract.js";
import type { Picture } from "../report/study.js";
import type { Column } from "./columns.js";
import type { ExportedEvent } from "./event.js";

/** What a format may make its output of. */
export interface Handover {
  /** All events in the order of the timeline, a batch at a time. To be read once, or not at all. */
  events: AsyncIterable<readonly ExportedEvent[]>;
  /** What was found; absent where the format has no place for findings, or nobody wants them. */
  report?: Report | undefined;
  /** What is drawn beside the report, for formats that draw. */
  picture?: Picture | undefined;
  /** The columns that the events have, or those that were asked for; for formats that are tables. */
  columns?: readonly Column[] | undefined;
  /** Is told of what the format cannot hold, with the reason: `it has no time on the common clock`. */
  leaveOut: (what: "record" | "finding" | "transaction", reason: string, count?: number) => void;
  /** The program's version. */
  version: string;
}

/** What was written: a piece of the output. */
export type Piece = string | Uint8Array;

/**
 * Makes a format's output of events and findings, piece by piece, and reads on only when the next piece is asked for: memory does not
 * grow with the evidence.
 */
export type Exporter = (handover: Handover) => AsyncGenerator<Piece>;
