import type { Grammar } from "../../grammar/types.js";
import type { ScannedLines } from "./lines.js";
import type { RecordOptions } from "./options.js";
import type { RecordTaker } from "./record-taker.js";
import { type Tracks, tracksOf } from "./tracks/tracks.js";

/** The tracks of a format's records; `undefined` where what a record is depends on more than its line. */
export function tracksFor(grammar: Grammar | undefined, options: RecordOptions): Tracks | undefined {
  if (!grammar || grammar.judge || grammar.unknown || grammar.document) return undefined;
  return tracksOf(options.composer, grammar, options.wants);
}

/** Reads lines that are whole records of the main format by their tracks. */
export class TrackedLines {
  constructor(
    private readonly bytes: Buffer,
    private readonly lines: ScannedLines,
    private readonly taker: RecordTaker,
    private readonly tracks: Tracks,
  ) {}

  /**
   * Takes a line, if it is wanted and has a track; a sample is read as all records once were.
   * @param at its place among the bytes
   * @param place where it stands in the source
   * @returns whether it was taken
   */
  take(line: number, at: number, place: { line: number; offset: number; length: number }): boolean {
    const { bytes, lines, taker, tracks } = this;
    if (place.offset >= taker.sampleFrom || lines.nextHit(line) > line) return false;
    const track = tracks.of(bytes, at, lines.textEnd(line));
    if (!track) return false;
    taker.takeTracked(track, place, bytes, tracks.marks);
    return true;
  }
}
