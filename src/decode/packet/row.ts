import type { Extent } from "../segment.js";
import type { SourceCounts } from "./accounts.js";
import type { CaptureInterface, CaptureNote } from "./framer.js";

/**
 * How a packet that somebody wants travels from the thread that framed it to the one that puts it in order: as a row of
 * {@link ROW_WORDS} numbers, and the bytes of its frame. What the kinds have in common is that none is an object: of the
 * millions of packets of a healthy capture only a few are ever made one.
 */
export const ROW_WORDS = 11;

/** {@link ROW} of the kind of row; see {@link KIND}. */
export const ROW = {
  /**
   * One of {@link KIND} in the lowest byte, the response code of an answer in the next, then {@link ROW_V6}. In the upper 15 bits: of
   * an answer or reply, how many rows before it stands what it answers; of a question, the last octet of the client's address.
   */
  KIND: 0,
  /** Where the frame begins in the segment's `frames`, and its captured and original length in bytes. */
  FRAME: 1,
  CAPTURED: 2,
  ORIGINAL: 3,
  /** Number of the packet in its segment: the first is 1. */
  PACKET: 4,
  /** The record's offset from the segment's beginning, and its length, in bytes. */
  OFFSET: 5,
  LENGTH: 6,
  /** Index into the segment's `captures` in the upper half, nanoseconds below the row's time in the lower. */
  CAPTURE: 7,
  /**
   * Of a DNS message: a hash of id and question, the same for one question whatever the case of its letters. Of an opener: its
   * sequence number; of a reply to one, that of the opener.
   */
  KEY: 8,
  /** Of a DNS message or TCP segment: the client's port in the lower half; of the first, its id in the upper. */
  ID: 9,
  /**
   * Of both, offset of the IP header in the frame in the lowest byte; in the next the question's length in bytes, or the TCP flags. Of a
   * question, a number of the server's address in this segment in the upper half; 0 when it has none.
   */
  PLACE: 10,
} as const;

/** Bit of {@link ROW.KIND}: IPv6. */
export const ROW_V6 = 1 << 16;
/** What stands further before an answer, in rows, is not noted in its row. */
export const MOST_APART = 0x7fff;

/** What a row is to those who take it. */
export const KIND = {
  /** A DNS question over UDP, whole, of usual form. */
  QUERY: 1,
  /** A DNS answer over UDP, whole, of usual form, with its question. */
  ANSWER: 2,
  /** A packet that would give an event of no consequence: its source was still recording when it passed. */
  TICK: 3,
  /** A packet that gives an event with no bearing on any DNS exchange, nor on whether a handshake is plain. */
  APART: 4,
  /** Any other packet that gives an event. */
  OTHER: 5,
  /** The capture itself says something here: `markers` has it. */
  MARKER: 6,
  /** A TCP segment with SYN alone. */
  OPENER: 7,
  /** A TCP segment that may answer one: SYN and ACK, or a reset. */
  REPLY: 8,
} as const;

/** An interface of the capture, and the direction that the file itself tells. */
export interface Captured extends CaptureInterface {
  readonly direction: string | undefined;
}

/** A note in the capture itself, in the place of a packet. */
export interface Marker {
  readonly row: number;
  readonly note: CaptureNote;
}

/** What was read of a stretch of a capture. Plain data: the arrays can be handed from thread to thread. */
export interface PacketSegment extends Extent {
  readonly counts: SourceCounts;
  /** How many rows there are. */
  readonly length: number;
  /** Times of the rows, µs UTC; NaN when the record has none. */
  readonly times: Float64Array;
  /** {@link ROW_WORDS} numbers for each row. */
  readonly words: Int32Array;
  /** The frames of the rows. */
  readonly frames: Buffer;
  readonly captures: readonly Captured[];
  readonly markers: readonly Marker[];
  /**
   * Something in it depends on what lies before: damage, whose description counts packets, or interfaces that are described
   * in mid-file. It is to be read again, and what follows it, in sequence.
   */
  readonly needsSequence: boolean;
}
