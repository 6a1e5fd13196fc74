import type { StampKind } from "./stamp.js";

/** Something about a source that the reader must know: place, reason, and what was saved or what to do. */
export interface Problem {
  path: string;
  /** `1041`: a line or packet number, when there is one. */
  line?: number;
  /** Byte offset, when there is one. */
  offset?: number;
  /** One sentence: the reason, and what was saved or skipped. */
  message: string;
  /** `error`: evidence could not be read (exit status 4). `warning`: it was read, with a reservation. */
  severity: "error" | "warning";
}

/** A time from which something may be missing in a source, as the evidence itself says: silence alone is none. */
export interface Gap {
  /** µs UTC; the records at its ends are there. `-Infinity`: nothing tells from when; `Infinity`: to the source's end. */
  from: number;
  to: number;
  /** Half a sentence: `311 packets were dropped while capturing`. */
  why: string;
  /** How much is missing, where that is told: messages, packets or bytes, as `why` says. */
  lost?: number;
  /** The record that tells it: its line (or packet), and its byte offset. */
  line?: number;
  offset?: number;
}

/** What is known of one source: a file, or a member of an archive. Filled while it is read. */
export interface Source {
  id: number;
  /** Path as shown to the user: relative to the given folder, `/` separated; `bundle.tgz!/var/log/messages` for members. */
  path: string;
  /** SHA-256 of the bytes as they lie on disk, hex. */
  sha256: string;
  bytes: number;
  /** Name of the grammar or decoder that claimed most records; `unknown` when none did. */
  format: string;
  records: number;
  parsed: number;
  unparsed: number;
  /** Parsed records that only a generic format claims: when they were written is known, hardly what they mean. */
  generic?: number;
  stamp: StampKind;
  /** Id of the clock that its stamps are on. */
  clock: string;
  /** First and last time in it, µs UTC; NaN when it has none. */
  from: number;
  to: number;
  problems: Problem[];
  /** In the order of their ends; absent: none is told. */
  gaps?: readonly Gap[];
}
