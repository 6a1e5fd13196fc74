import type { Scanner } from "./scanner.js";
import { matchTrack } from "./track-match.js";
import { TRACK_BYTES, trackMemory } from "./track-rows.js";
import { KnownValues } from "./track-values.js";
import {
  From,
  Halt,
  MOST_CHANGES,
  MOST_ROWS,
  MOST_TEXT,
  Stored,
  type TrackFollower,
  type TrackRows,
  type TrackTable,
} from "./tracks.js";

const CARRIAGE_RETURN = 13;
const BLANK = 32;

/** What a follower asks of the scanner that it belongs to, and how much of its arrays holds. */
interface Scanned extends Pick<Scanner, "bytes" | "ends" | "hits" | "odd"> {
  readonly length: number;
  readonly lines: number;
  readonly hitCount: number;
  readonly oddCount: number;
}

/** Follows lines in JavaScript. */
export class ReferenceFollower implements TrackFollower {
  halt: Halt = Halt.LINE;
  lastRow = -1;
  track = -1;
  readonly marks: Int32Array;
  readonly rows: TrackRows;
  private table: TrackTable | undefined;
  private continuing: Uint8Array = new Uint8Array(256);
  private known: KnownValues[] = [];
  private kinds: number[] = [];

  constructor(private readonly scanned: Scanned) {
    const memory = trackMemory(new ArrayBuffer(TRACK_BYTES), 0);
    this.rows = memory.rows;
    this.marks = memory.marks;
  }

  get changed(): Uint8Array {
    return this.known[this.track]!.changed;
  }

  get numbers(): Float64Array {
    return this.known[this.track]!.numbers;
  }

  know(table: TrackTable, continuing: Uint8Array): void {
    this.table = table;
    this.continuing = continuing;
    this.known = table.sources.map((sources) => new KnownValues(sources));
    this.kinds = table.sources.map(() => -1);
  }

  setKind(track: number, kind: number): void {
    this.kinds[track] = kind;
    if (kind < 0) this.known[track]!.forget();
  }

  follow(from: number, to: number, line: number, offset: number): number {
    const { rows } = this;
    rows.count = rows.changeCount = rows.textCount = rows.numberCount = rows.textBytes = 0;
    this.halt = Halt.LINE;
    this.lastRow = -1;
    for (let at = from; ; at++) {
      at = this.passPlain(at, to);
      if (at >= to || !this.isWanted(at) || !this.match(at)) return at;
      this.halt = this.write(at, line, offset);
      if (this.halt !== Halt.LINE) return at;
      this.lastRow = at;
    }
  }

  /** The first line, not before `from`, that holds a literal or is odd; the one before an odd one that may continue it. */
  private passPlain(from: number, to: number): number {
    const { hits, hitCount, odd, oddCount } = this.scanned;
    const hit = firstFrom(this.beginOf(from), hits, hitCount);
    const next = firstFrom(from, odd, oddCount);
    const stop = hit === undefined ? to : Math.min(to, this.lineOf(hit, from));
    if (next === undefined || next > stop) return stop;
    return next > from && this.mayContinue(next) ? next - 1 : next;
  }

  /** Is the line no odd one, and no part of a longer record? */
  private isWanted(line: number): boolean {
    const { odd, oddCount } = this.scanned;
    if (this.mayContinue(line) || this.mayContinue(line + 1)) return false;
    return firstFrom(line, odd, oddCount) !== line;
  }

  private match(line: number): boolean {
    const { bytes } = this.scanned;
    const begin = this.beginOf(line);
    const to = this.textEndOf(line);
    if (to === begin || bytes[to - 1]! <= BLANK) return false;
    this.track = matchTrack(this.table!.program, bytes, begin, to, this.marks);
    return this.track >= 0 && this.known[this.track]!.compare(bytes, this.marks);
  }

  /** Writes a row for the line that was matched. */
  private write(line: number, firstLine: number, firstOffset: number): Halt {
    const { rows, track, marks } = this;
    const { bytes, ends } = this.scanned;
    const known = this.known[track]!;
    const { sources, changed, numbers } = known;
    const kind = this.kinds[track]!;
    const texts = sources.map(([from, mark], i) =>
      from === From.TEXT && changed[i] === 1 ? marks[mark + 1]! - marks[mark]! : 0,
    );
    const size = texts.reduce((sum, length) => sum + length, 0);
    if (kind < 0 || known.mustMake || size > MOST_TEXT) {
      known.keep(bytes, marks);
      return Halt.VALUES;
    }
    const hasRoom =
      rows.count < MOST_ROWS &&
      rows.changeCount + sources.length <= MOST_CHANGES &&
      rows.textBytes + size <= MOST_TEXT;
    if (!hasRoom) return Halt.ROOM;
    const before = rows.changeCount;
    for (const [i, [from, mark]] of sources.entries()) {
      if (changed[i] === 0) continue;
      const isText = from === From.TEXT;
      rows.changes[rows.changeCount++] = (i << Stored.BITS) | (isText ? Stored.TEXT : Stored.NUMBER);
      if (isText) {
        rows.texts.set(bytes.subarray(marks[mark], marks[mark + 1]), rows.textBytes);
        rows.textBytes += texts[i]!;
        rows.lengthsOfTexts[rows.textCount++] = texts[i]!;
      } else rows.numbers[rows.numberCount++] = numbers[i]!;
    }
    known.keep(bytes, marks);
    const begin = this.beginOf(line);
    rows.lines[rows.count] = firstLine + line;
    rows.offsets[rows.count] = firstOffset + begin;
    rows.lengths[rows.count] = ends[line]! - begin;
    rows.kinds[rows.count] = kind;
    rows.changed[rows.count] = rows.changeCount - before;
    rows.textLengths[rows.count] = size;
    rows.count++;
    return Halt.LINE;
  }

  private mayContinue(line: number): boolean {
    const at = this.beginOf(line);
    return at < this.scanned.length && this.continuing[this.scanned.bytes[at]!] === 1;
  }

  /** The line, from one on, that the byte at `offset` belongs to. */
  private lineOf(offset: number, from: number): number {
    const { ends, lines } = this.scanned;
    let line = from;
    while (line < lines && ends[line]! < offset) line++;
    return line;
  }

  private beginOf(line: number): number {
    const { ends, lines, length } = this.scanned;
    return line === 0 ? 0 : line > lines ? length : ends[line - 1]! + 1;
  }

  private textEndOf(line: number): number {
    const { bytes, ends } = this.scanned;
    const end = ends[line]!;
    return end > this.beginOf(line) && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
  }
}

/** The first of `count` ascending numbers that is not less than one; `undefined`: there is none. */
function firstFrom(least: number, numbers: Int32Array, count: number): number | undefined {
  let low = 0;
  for (let high = count; low < high; ) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low < count ? numbers[low] : undefined;
}
