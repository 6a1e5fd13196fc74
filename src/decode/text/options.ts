import type { OpenBlock } from "../../grammar/blocks.js";
import type { Grammar } from "../../grammar/types.js";
import type { Scanner } from "../../scan/scanner.js";
import type { Detection } from "./claim.js";
import type { HeadLearner } from "./head-learner.js";
import type { TakingOptions } from "./record-taker.js";

/** What decides how a source's text is read, wherever it is read. */
export interface RecordOptions extends TakingOptions {
  /** The source's path, for problems. */
  path: string;
  detection: Detection;
  /** All envelopes; those that the detection ranked are tried first. */
  envelopes: readonly Grammar[];
  /** The scanner knows literals of all wanted records: the others are only counted. Else every record is read. */
  selective: boolean;
  /** What is left unread can be read again: texts that hardly anybody asks for stay in the source. */
  again?: boolean | undefined;
  /** Give wanted records as columns: for segments that are sent, or wait. */
  columns?: boolean | undefined;
}

/** What one reading needs besides. */
export interface Reading {
  /** Its memory is the reader's as long as that reads. */
  scanner: Scanner;
  /** Teaches the scanner how plain lines begin; absent: every line is looked at. */
  learner?: HeadLearner | undefined;
  /** Offset in the source of the first byte, where a record begins. */
  begin?: number;
  /** What the records before it left open. */
  open?: OpenBlock | undefined;
  /** Records that begin at or behind this offset are somebody else's. */
  until?: number;
}
