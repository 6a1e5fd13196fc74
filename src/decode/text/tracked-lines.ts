import type { Grammar } from "../../grammar/types.js";
import type { Scanner } from "../../scan/scanner.js";
import { Halt, type TrackTable } from "../../scan/tracks.js";
import type { ScannedLines } from "./lines.js";
import type { RecordOptions } from "./options.js";
import type { RecordTaker } from "./record-taker.js";
import type { Place } from "./segment-writer.js";
import { type Tracks, tracksOf } from "./tracks/tracks.js";

/** The tracks of a format's records; `undefined` where what a record is depends on more than its line. */
export function tracksFor(grammar: Grammar | undefined, options: RecordOptions): Tracks | undefined {
  if (!grammar || grammar.judge || grammar.unknown || grammar.document) return undefined;
  return tracksOf(options.composer, grammar, options.wants);
}

/** Has the scanner follow lines that are whole records of the main format along their tracks, and takes what they tell. */
export class TrackedLines {
  /** What the scanner knows. */
  private table: TrackTable | undefined;
  /** The source's line that is no record of a track. */
  private refused = -1;

  /** @param continuing 1 for each byte with which a line may begin that continues a record */
  constructor(
    private readonly scanner: Scanner,
    private readonly lines: ScannedLines,
    private readonly taker: RecordTaker,
    private readonly tracks: Tracks,
    private readonly continuing: Uint8Array,
  ) {}

  /** The columns were taken: no value of a record before is known in the next ones. */
  forget(): void {
    this.table = undefined;
  }

  /**
   * Takes the lines [from, to) up to the first that must be looked at: those that nobody wants, and those that tracks read.
   * @param chunk line and offset of the first byte in memory
   * @returns that line
   */
  take(from: number, to: number, chunk: Place): number {
    const { tracks, taker, scanner } = this;
    if (!tracks.table || this.refused === chunk.line + from) return from;
    this.know(tracks.table);
    const follower = scanner.tracks;
    let line = from;
    for (;;) {
      const end = follower.follow(line, to, taker.relative(chunk.line), chunk.offset);
      if (end > line)
        taker.takeRows(
          follower.rows,
          end - line,
          follower.lastRow === end - 1 ? undefined : this.placeOf(end - 1, chunk),
        );
      line = end;
      if (follower.halt === Halt.VALUES && this.takeValues(line, chunk)) line++;
      else if (follower.halt !== Halt.ROOM) {
        if (line < to) this.refused = chunk.line + line;
        return line;
      }
    }
  }

  /** Takes the record at which the scanner halted for its values. @returns false: not all of them can be made */
  private takeValues(line: number, chunk: Place): boolean {
    const { scanner, taker } = this;
    const { bytes, tracks: follower } = scanner;
    const track = this.tracks.at(follower.track);
    const isMade = track.make(bytes, follower.marks);
    const kind = isMade ? taker.takeTracked(track, bytes, follower, this.placeOf(line, chunk)) : -1;
    follower.setKind(track.id, kind);
    return isMade;
  }

  private know(table: TrackTable): void {
    if (this.table === table) return;
    this.scanner.tracks.know(table, this.continuing);
    this.table = table;
  }

  private placeOf(line: number, chunk: Place): Place & { length: number } {
    const at = this.lines.start(line);
    return { line: chunk.line + line, offset: chunk.offset + at, length: this.lines.end(line) - at };
  }
}
