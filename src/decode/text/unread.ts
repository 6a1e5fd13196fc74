import { FACTS, Fact, FactAt, stampFrom, stampKindOf, stampTo } from "../../scan/facts.js";
import { GATHERED, type Gathering, type Scanner } from "../../scan/scanner.js";
import type { WrittenStamp } from "./untimed.js";

/**
 * Records that were left unread, since only the order of the source tells whether anybody needs them: their texts in one piece of memory, and a row
 * of numbers for each. Plain data that is cheap to send, however many there are.
 */
export interface UnreadRecords {
  /** Number of the first line, counted from the segment's first (0). */
  readonly lines: Int32Array;
  /** Offset in the source, and length, in bytes. */
  readonly offsets: Float64Array;
  readonly lengths: Int32Array;
  /** The texts, without line ends, one behind the other, and where each ends. That of a brief call may be left in the source: it is empty then. */
  readonly texts: Uint8Array;
  readonly ends: Int32Array;
  /** What the scanner noted of each: so many numbers, all 0 where it noted nothing. */
  readonly facts: Int32Array;
}

/** Reads bytes of the source once more: an offset in it, and how many. Fewer, or none, where it has them no more. */
export type Again = (offset: number, length: number) => Buffer;

/** The same, where its texts can be made strings. */
export interface UnreadRows extends UnreadRecords {
  readonly texts: Buffer;
  /** Gives texts that were left in the source; absent: none was. */
  readonly again?: Again | undefined;
}

/**
 * The rows as they came, from this thread or another. V8 lays out what comes from another in another way: as rows at hand all are alike,
 * so that the code which goes through them is compiled once.
 */
export const rowsOf = (unread: UnreadRecords, again: Again | undefined): UnreadRows =>
  new RowsAtHand(unread, again);

class RowsAtHand implements UnreadRows {
  readonly lines: Int32Array;
  readonly offsets: Float64Array;
  readonly lengths: Int32Array;
  readonly texts: Buffer;
  readonly ends: Int32Array;
  readonly facts: Int32Array;

  constructor(
    unread: UnreadRecords,
    readonly again: Again | undefined,
  ) {
    const { buffer, byteOffset, byteLength } = unread.texts;
    this.lines = unread.lines;
    this.offsets = unread.offsets;
    this.lengths = unread.lengths;
    this.texts = Buffer.from(buffer, byteOffset, byteLength);
    this.ends = unread.ends;
    this.facts = unread.facts;
  }
}

/** Where a row's text begins. */
export const textBegin = ({ ends }: UnreadRecords, row: number): number => (row === 0 ? 0 : ends[row - 1]!);

const CARRIAGE_RETURN = 13;

/** A row's text, without its line end, wherever it lies. */
export function rowText(rows: UnreadRows, row: number): Buffer {
  const { texts, ends, facts, offsets, lengths, again } = rows;
  const begin = textBegin(rows, row);
  const isLeft = ends[row] === begin && (facts[row * FACTS + FactAt.BITS]! & Fact.BRIEF) !== 0;
  if (!isLeft || !again) return texts.subarray(begin, ends[row]);
  const text = again(offsets[row]!, lengths[row]!);
  return text.at(-1) === CARRIAGE_RETURN ? text.subarray(0, -1) : text;
}

/** The stamp of a row whose text came with it, where the scanner has found it. */
export function stampIn(rows: UnreadRows, row: number): WrittenStamp {
  const { facts, texts } = rows;
  const kind = stampKindOf(facts[row * FACTS + FactAt.BITS]!);
  if (kind === undefined) return { kind: "none", text: "" };
  const lead = facts[row * FACTS + FactAt.LEAD]!;
  const begin = textBegin(rows, row);
  return { kind, text: texts.toString("latin1", begin + stampFrom(lead), begin + stampTo(lead)) };
}

/** Collects them. */
export class UnreadWriter {
  private lines = new Int32Array(256);
  private offsets = new Float64Array(256);
  private lengths = new Int32Array(256);
  private ends = new Int32Array(256);
  private facts = new Int32Array(256 * FACTS);
  private texts = new Uint8Array(64 << 10);
  private count = 0;

  /** Adds a record. */
  add(line: number, offset: number, length: number, text: Uint8Array): void {
    this.makeRoom(1, text.length);
    const { count } = this;
    const begin = count === 0 ? 0 : this.ends[count - 1]!;
    this.texts.set(text, begin);
    this.lines[count] = line;
    this.offsets[count] = offset;
    this.lengths[count] = length;
    this.ends[count] = begin + text.length;
    this.facts.fill(0, count * FACTS, (count + 1) * FACTS);
    this.count++;
  }

  /**
   * Adds odd lines of the chunk that a scanner holds, with what it noted of them.
   * @param row the first of them, by its place among the odd lines
   * @param first number of the chunk's first line, and offset of its first byte
   * @param all also the texts of brief calls: who asks for one cannot read it in the source
   */
  addOdd(scanner: Scanner, row: number, rows: number, first: Omit<Gathering, "text">, all: boolean): void {
    for (const end = row + rows; row < end; row += GATHERED)
      this.addSome(scanner, row, Math.min(GATHERED, end - row), first, all);
  }

  private addSome(
    scanner: Scanner,
    row: number,
    rows: number,
    first: Omit<Gathering, "text">,
    all: boolean,
  ): void {
    const { count } = this;
    const begin = count === 0 ? 0 : this.ends[count - 1]!;
    const size = scanner.gather(row, row + rows, { ...first, text: begin }, all);
    this.makeRoom(rows, size);
    const { lines, offsets, lengths, ends } = scanner.rows;
    this.texts.set(scanner.texts.subarray(0, size), begin);
    this.facts.set(scanner.facts.subarray(row * FACTS, (row + rows) * FACTS), count * FACTS);
    this.lines.set(lines.subarray(0, rows), count);
    this.offsets.set(offsets.subarray(0, rows), count);
    this.lengths.set(lengths.subarray(0, rows), count);
    this.ends.set(ends.subarray(0, rows), count);
    this.count += rows;
  }

  /** What was added since the last call; `undefined` when nothing was. */
  take(): UnreadRecords | undefined {
    const { count } = this;
    if (count === 0) return undefined;
    this.count = 0;
    return {
      lines: this.lines.slice(0, count),
      offsets: this.offsets.slice(0, count),
      lengths: this.lengths.slice(0, count),
      ends: this.ends.slice(0, count),
      facts: this.facts.slice(0, count * FACTS),
      texts: this.texts.slice(0, this.ends[count - 1]),
    };
  }

  /** Room for so many more rows and bytes of text. */
  private makeRoom(more: number, bytes: number): void {
    const rows = this.count + more;
    if (rows > this.lines.length) this.grow(Math.max(rows, this.lines.length * 2));
    const end = (this.count === 0 ? 0 : this.ends[this.count - 1]!) + bytes;
    if (end <= this.texts.length) return;
    const grown = new Uint8Array(Math.max(end, this.texts.length * 2));
    grown.set(this.texts);
    this.texts = grown;
  }

  private grow(rows: number): void {
    const larger = <T extends Int32Array | Float64Array>(column: T, empty: T): T => {
      empty.set(column);
      return empty;
    };
    this.lines = larger(this.lines, new Int32Array(rows));
    this.offsets = larger(this.offsets, new Float64Array(rows));
    this.lengths = larger(this.lengths, new Int32Array(rows));
    this.ends = larger(this.ends, new Int32Array(rows));
    this.facts = larger(this.facts, new Int32Array(rows * FACTS));
  }
}
