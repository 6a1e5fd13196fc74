import type { Scanner } from "../../scan/scanner.js";
import { MAX_RECORD } from "./claim.js";

const CARRIAGE_RETURN = 13;
const NONE = Number.POSITIVE_INFINITY;
/** Whatever is longer than a record may be covers one of the places that lie so far apart. */
const STRIDE = MAX_RECORD >> 1;

/** The lines of the chunk in a scanner's memory, and which of them have something that a reader must look at. */
export class ScannedLines {
  /** Bytes of the chunk. */
  length = 0;
  /** Lines that end in it; behind the last may lie the beginning of one more. */
  count = 0;
  /** Where the next NUL is that nobody was told of; -1: nowhere. */
  nulAt = -1;
  /** Its line, or infinite. */
  nulLine = NONE;
  private hits = 0;
  private hitAt = 0;
  private hitLine = NONE;
  private odds = 0;
  private oddAt = 0;
  /** First line that is longer than any record. */
  private long = NONE;

  constructor(private readonly scanner: Scanner) {}

  /** Looks at the first `length` bytes, also for literals and for NULs where these are of interest. */
  scan(length: number, literals: boolean, nuls: boolean): void {
    this.length = length;
    this.count = this.scanner.findEnds(length);
    this.hits = literals ? this.scanner.findHits(length) : 0;
    this.hitAt = 0;
    this.hitLine = -1;
    this.odds = this.oddAt = 0;
    this.long = this.firstLong(0);
    this.findNul(0, nuls);
  }

  /** Looks for a NUL behind `at`, if they are still of interest. */
  findNul(at: number, nuls: boolean): void {
    this.nulAt = nuls && at < this.length ? this.scanner.bytes.subarray(0, this.length).indexOf(0, at) : -1;
    this.nulLine = this.nulAt < 0 ? NONE : this.lineAt(this.nulAt, 0);
  }

  /** Compares the lines from `line` on with the heads that are known now. @returns how many fit none */
  compare(line: number): number {
    this.odds = this.scanner.findOdd(line, this.count);
    this.oddAt = 0;
    return this.odds;
  }

  /** Offset of a line's first byte; where the chunk ends, of lines behind it. */
  start(line: number): number {
    return line === 0 ? 0 : line > this.count ? this.length : this.scanner.ends[line - 1]! + 1;
  }

  /** Offset of its line feed, or where the chunk ends. */
  end(line: number): number {
    return line < this.count ? this.scanner.ends[line]! : this.length;
  }

  /** The same, before a carriage return. */
  textEnd(line: number): number {
    const end = this.end(line);
    return end > this.start(line) && this.scanner.bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
  }

  /** The line that the byte at `offset` belongs to, which is not before `from`. */
  lineAt(offset: number, from: number): number {
    const { ends } = this.scanner;
    const { count } = this;
    let low = from;
    let high = from;
    // Where much is of interest it is one of the next lines.
    for (let step = 1; high < count && ends[high]! < offset; step *= 2) {
      low = high + 1;
      high = Math.min(count, high + step);
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ends[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first line, not before `from`, that begins at or behind `offset`. */
  lineFrom(offset: number, from: number): number {
    return offset <= this.start(from) ? from : this.lineAt(offset - 1, from) + 1;
  }

  /** The first line from `line` on that begins like no head; infinite when there is none. Ask for ever later lines. */
  nextOdd(line: number): number {
    const { odd } = this.scanner;
    while (this.oddAt < this.odds && odd[this.oddAt]! < line) this.oddAt++;
    return this.oddAt < this.odds ? odd[this.oddAt]! : NONE;
  }

  /** Which of the odd lines {@link nextOdd} told last. */
  get row(): number {
    return this.oddAt;
  }

  /** How many odd lines from that one on are before the line `most`, certainly show system calls, and are whole records. */
  calls(most: number): number {
    return this.scanner.countCalls(this.oddAt, this.odds, most);
  }

  /** The last of so many odd lines, from that one on. */
  lastOf(rows: number): number {
    return this.scanner.odd[this.oddAt + rows - 1]!;
  }

  /** The first line from `line` on with a literal; infinite when there is none. Ask for ever later lines. */
  nextHit(line: number): number {
    if (this.hitLine >= line) return this.hitLine;
    const { hits } = this.scanner;
    const start = this.start(line);
    while (this.hitAt < this.hits && hits[this.hitAt]! < start) this.hitAt++;
    this.hitLine = this.hitAt < this.hits ? this.lineAt(hits[this.hitAt]!, line) : NONE;
    return this.hitLine;
  }

  /** The first line from `line` on that is longer than any record. */
  nextLong(line: number): number {
    if (this.long < line) this.long = this.firstLong(line);
    return this.long;
  }

  private firstLong(from: number): number {
    if (this.length <= MAX_RECORD) return NONE;
    const start = this.start(from);
    for (let at = start - (start % STRIDE) + STRIDE; at < this.length; at += STRIDE) {
      const line = this.lineAt(at, from);
      if (this.end(line) - this.start(line) > MAX_RECORD) return line;
    }
    return NONE;
  }
}
