import { FACTS } from "../../scan/calls.js";

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
  /** The texts, without line ends, one behind the other, and where each ends. */
  readonly texts: Uint8Array;
  readonly ends: Int32Array;
  /** What the scanner noted of each: so many numbers, all 0 where it noted nothing. */
  readonly facts: Int32Array;
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

  /** Adds a record whose text lies in bytes[from, to). */
  add(line: number, offset: number, length: number, bytes: Uint8Array, from: number, to: number): void {
    const { count } = this;
    if (count === this.lines.length) this.grow();
    const begin = count === 0 ? 0 : this.ends[count - 1]!;
    const end = begin + (to - from);
    if (end > this.texts.length) {
      const grown = new Uint8Array(Math.max(end, this.texts.length * 2));
      grown.set(this.texts);
      this.texts = grown;
    }
    this.texts.set(bytes.subarray(from, to), begin);
    this.lines[count] = line;
    this.offsets[count] = offset;
    this.lengths[count] = length;
    this.ends[count] = end;
    for (let i = count * FACTS; i < (count + 1) * FACTS; i++) this.facts[i] = 0;
    this.count++;
  }

  /** Adds the scanner's facts of the record that was added last. */
  note(facts: Int32Array, at: number): void {
    const to = (this.count - 1) * FACTS;
    for (let i = 0; i < FACTS; i++) this.facts[to + i] = facts[at + i]!;
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

  private grow(): void {
    const larger = <T extends Int32Array | Float64Array>(column: T, empty: T): T => {
      empty.set(column);
      return empty;
    };
    const rows = this.lines.length * 2;
    this.lines = larger(this.lines, new Int32Array(rows));
    this.offsets = larger(this.offsets, new Float64Array(rows));
    this.lengths = larger(this.lengths, new Int32Array(rows));
    this.ends = larger(this.ends, new Int32Array(rows));
    this.facts = larger(this.facts, new Int32Array(rows * FACTS));
  }
}
