import type { Start, Stretch } from "../segment.js";
import { Claimer, type Detection, mainFormat } from "./claim.js";
import { RecordFramer } from "./framer.js";
import type { RecordOptions } from "./options.js";
import { RecordReader } from "./record-reader.js";
import { ANY_RECORD, BEHIND, borrowScanner, capacityFor, PIECE, returnScanner } from "./scanners.js";
import type { TextSegment } from "./segment.js";

/**
 * Bytes are read a piece at a time, at offsets that are a multiple of it. In most files, a chunk of so many holds one, and before it what
 * is left of the one before.
 */
const MOST_FILES = 2 * PIECE;
/** So much behind a stretch's first byte is looked at for the place where a record begins. */
const GUESS = 64 << 10;
const LINE_FEED = 10;

/** Random access to a source's bytes as records are cut from them. */
export interface ByteSource {
  /** Reads bytes from an offset on into `target`. @returns how many: 0 at the end of the source. Throws the system's error. */
  read(target: Buffer, offset: number): number;
}

/** How the text of one source is read. */
export interface SegmentOptions extends Omit<RecordOptions, "selective" | "observe"> {
  /** Literals of which each wanted record has one; absent: all records are read. */
  literals?: readonly string[] | undefined;
}

/**
 * Reads the records of a source that begin in a stretch, or the first of them.
 *
 * @param start where the first of them begins, if that is known: the end of the segment before. Absent: it is supposed to be the first line that
 * continues no record, and nothing to be open; whether that holds is for the caller to verify (see {@link Extent}).
 * @param enough when so many records are to be given, the segment is partial
 */
export function readTextSegment(
  options: SegmentOptions,
  source: ByteSource,
  { from, to }: Stretch,
  start: Start = { at: supposedBegin(options, source, { from, to }) },
  enough = Number.POSITIVE_INFINITY,
): TextSegment {
  const extent = { start, to, enough };
  const { detection } = options;
  const most = longRecords.has(detection) ? ANY_RECORD : MOST_FILES;
  const segment = readWithin(options, source, extent, capacityFor(to - start.at, most));
  if (segment) return segment;
  longRecords.add(detection);
  return readWithin(options, source, extent, ANY_RECORD)!;
}

/** Sources of which a record did not fit into the memory that is enough for most. */
const longRecords = new WeakSet<Detection>();

/** @returns nothing when so much memory is too little */
function readWithin(
  options: SegmentOptions,
  source: ByteSource,
  { start, to, enough }: { start: Start; to: number; enough: number },
  capacity: number,
): TextSegment | undefined {
  const { literals, detection } = options;
  const equipment = borrowScanner(literals ?? [], literals && mainFormat(detection), capacity);
  try {
    const selective = literals !== undefined;
    const { at: begin, open } = start;
    const reader = new RecordReader({ ...options, selective }, { ...equipment, begin, open, until: to });
    for (let at = begin; !reader.done; ) {
      if (reader.has(enough)) return { ...reader.segment(true), partial: true };
      const most = at < to ? Math.min(leftInPiece(at), to - at) : BEHIND;
      const room = reader.room(most);
      if (room.length === 0) return undefined;
      const count = source.read(room, at);
      if (count === 0) reader.end();
      else reader.take(count);
      at += count;
    }
    return reader.segment(true);
  } finally {
    returnScanner(equipment);
  }
}

/** Bytes up to where a piece ends; not to the end of one of which only a little is left. */
function leftInPiece(at: number): number {
  const left = PIECE - (at % PIECE);
  return left < BEHIND ? left + PIECE : left;
}

/** Where the first record of a stretch seems to begin; the stretch's end when no line begins in what is looked at. */
function supposedBegin({ detection }: SegmentOptions, source: ByteSource, { from, to }: Stretch): number {
  if (from === 0) return 0;
  const bytes = Buffer.allocUnsafe(Math.min(GUESS, to - from) + 1);
  const length = source.read(bytes, from - 1);
  const text = bytes.toString("latin1", 0, length);
  const first = bytes.subarray(0, length).indexOf(LINE_FEED) + 1;
  if (first === 0 || first >= length) return first === 0 ? to : from - 1 + first;
  for (let at = first; at > 0 && at < length; at = text.indexOf("\n", at) + 1)
    if (beginsRecord(text, at, detection)) return from - 1 + at;
  return from - 1 + first;
}

/** Is the line at `at` no part of the record before it, as far as one can see? */
function beginsRecord(text: string, at: number, detection: Detection): boolean {
  const { pasted } = detection;
  const grammar = mainFormat(detection);
  if (!grammar) return true;
  const claimer = new Claimer(grammar);
  const newline = text.indexOf("\n", at);
  const lineEnd = newline < 0 ? text.length : newline;
  if (!grammar.framing.end && !pasted) return !claimer.continues(text, at);
  if (lineEnd === at) return true;
  const framer = new RecordFramer([claimer], claimer, pasted);
  return framer.frame(text, at, lineEnd, true) && framer.claimer === claimer;
}
