import { Blocks } from "../../grammar/blocks.js";
import type { Scanner } from "../../scan/scanner.js";
import { type Claimer, claimersOf, MAX_RECORD, mainFormat } from "./claim.js";
import { RecordFramer } from "./framer.js";
import { ScannedLines } from "./lines.js";
import type { Reading, RecordOptions } from "./options.js";
import { PlainLines } from "./plain-lines.js";
import { RecordTaker } from "./record-taker.js";
import { PIECE } from "./scanners.js";
import type { TextSegment } from "./segment.js";
import { SegmentWriter } from "./segment-writer.js";
import { TrackedLines, tracksFor } from "./tracked-lines.js";
import { WantedLines } from "./wanted-lines.js";
import { WindowFramer } from "./window-framer.js";

/**
 * Cuts bytes into records, finds who claims each, and reads those that somebody wants: everything that needs no order of time.
 *
 * Every byte belongs to exactly one record. The chunk in the scanner's memory is scanned once; lines that begin like others of
 * their format, hold no literal and are not followed by a line that could continue them are counted by the thousand. Text (latin1: one char is one
 * byte) is made only of records that somebody must look at. What comes out does not depend on where chunks end.
 */
export class RecordReader {
  /** All records that begin before `until` are read. */
  done = false;
  private readonly bytes: Buffer;
  private readonly primary: Claimer | undefined;
  private readonly framer: RecordFramer;
  private readonly lines: ScannedLines;
  private readonly plain: PlainLines | undefined;
  private readonly framing: WindowFramer;
  /** Absent: all records are wanted. */
  private readonly wanted: WantedLines | undefined;
  private readonly writer: SegmentWriter;
  private readonly blocks: Blocks;
  private readonly taker: RecordTaker;
  private readonly tracked: TrackedLines | undefined;
  private readonly until: number;
  private filled = 0;
  /** What was in memory when another reader got it. */
  private aside: Buffer | undefined;
  /** Offset in the source of the first byte in memory. */
  private base: number;
  /** Lines before the first one in memory. */
  private first = 0;
  /** Lines before the one in hand, and before the first byte in memory. */
  private line = 0;
  /** In the middle of a line that is longer than any record. */
  private skipping = false;

  constructor(
    private readonly options: RecordOptions,
    { scanner, learner, begin = 0, open, until = Number.POSITIVE_INFINITY }: Reading,
  ) {
    const { detection, envelopes, selective, observe, columns } = options;
    this.blocks = new Blocks(open);
    const claimers = claimersOf(detection, envelopes, this.blocks);
    this.primary = mainFormat(detection) && claimers[0];
    this.framer = new RecordFramer(claimers, this.primary, detection.pasted, envelopes);
    this.bytes = scanner.bytes;
    this.lines = new ScannedLines(scanner);
    this.framing = new WindowFramer(scanner.bytes, this.lines, this.framer);
    if (selective) this.wanted = new WantedLines(this.bytes, this.lines, this.framer, this.primary?.grammar);
    this.writer = new SegmentWriter(options.path, { line: 0, offset: begin }, columns);
    const mayCount = selective && !observe && !detection.pasted && !this.primary?.grammar.blocks;
    const tracks = mayCount && learner && columns ? tracksFor(this.primary?.grammar, options) : undefined;
    this.taker = new RecordTaker(options, this.primary, this.writer, begin, this.blocks, tracks);
    if (tracks && learner)
      this.tracked = new TrackedLines(scanner, this.lines, this.taker, tracks, learner.continuing);
    if (this.primary && learner && mayCount)
      this.plain = new PlainLines(
        this.lines,
        scanner,
        learner,
        this.primary.grammar,
        options.defer ? (row, rows) => this.leave(scanner, row, rows) : undefined,
      );
    this.base = begin;
    this.until = until;
  }

  /** How many records there are to give. */
  get given(): number {
    return this.writer.given;
  }

  /** Offset of the first byte that was not read: there the next record begins. */
  get offset(): number {
    return this.base;
  }

  /** Are there so many records to give, and is nothing in pieces? */
  has(enough: number): boolean {
    return this.writer.given >= enough && !this.skipping;
  }

  /** Memory to put the next bytes into, at most `most`: tell {@link take} how many came. */
  room(most: number): Buffer {
    return this.bytes.subarray(this.filled, Math.min(this.bytes.length, this.filled + most));
  }

  /** Takes the bytes that were put into the {@link room}. */
  take(count: number): void {
    this.filled += count;
    this.drain(false);
  }

  /** Takes the next bytes; they may be overwritten afterwards. */
  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      const count = chunk.copy(this.room(PIECE), 0, at);
      this.take(count);
      at += count;
    }
  }

  /** Leaves the scanner to another reader: what waits for its end is kept elsewhere until {@link resume}. */
  pause(): void {
    this.aside = Buffer.from(this.bytes.subarray(0, this.filled));
  }

  /** Has the scanner again. */
  resume(): void {
    this.aside?.copy(this.bytes);
    this.aside = undefined;
  }

  /** Reads what is left: nothing follows. */
  end(): void {
    this.drain(true);
    if (this.skipping) this.line++;
    this.done = true;
  }

  /**
   * What was read since the last call.
   * @param isLast the source, or the stretch, ends here: the time of its last record is read too
   */
  segment(isLast: boolean): TextSegment {
    this.tracked?.forget();
    return this.writer.segment(
      { line: this.line, offset: this.base, open: this.blocks.state },
      isLast ? this.taker.last() : undefined,
    );
  }

  /** Reads the complete records in memory; with `final`, all of it. */
  private drain(final: boolean): void {
    if (this.filled === 0 || this.done) return;
    const { lines, plain, writer, bytes, filled } = this;
    this.framing.forget();
    lines.scan(filled, this.options.selective && !this.primary?.grammar.judge, !writer.toldOfNul);
    let line = 0;
    if (this.skipping && lines.count > 0) {
      this.skipping = false;
      line = 1;
      this.line++;
    }
    if (!this.skipping) {
      plain?.begin(line, this.base, this.until, final);
      line = this.records(line, final);
    }
    this.taker.keep(bytes, this.base);
    const rest = this.skipping ? filled : Math.min(lines.start(line), filled);
    bytes.copyWithin(0, rest, filled);
    this.filled = filled - rest;
    this.base += rest;
  }

  /** Reads records from a line on. @returns the line at which it ended: the first of what must wait for more bytes */
  private records(from: number, final: boolean): number {
    const { lines, plain, taker, framer, framing, filled } = this;
    let line = from;
    for (let at = lines.start(line); at < lines.length; at = lines.start(line)) {
      if (this.base + at >= this.until) {
        this.done = true;
        break;
      }
      this.first = this.line - line;
      const stop = plain?.run(line, taker.sampleFrom) ?? line;
      if (stop > line) {
        const { records, last } = plain!;
        const offset = lines.start(last);
        const length = lines.end(stop - 1) - offset;
        taker.count(records, { line: this.line + last - line, offset: this.base + offset, length });
        this.line += stop - line;
        line = stop;
        continue;
      }
      const end = lines.end(line);
      const isWhole = line < lines.count;
      if (end - at > MAX_RECORD) {
        this.passOver(at, end);
        if (!isWhole) {
          this.skipping = true;
          break;
        }
        this.line++;
        line++;
        continue;
      }
      if (isWhole && plain?.stands(line)) {
        const next = this.tracked?.take(line, plain.stop, { line: this.first, offset: this.base }) ?? line;
        if (next > line) {
          this.line += next - line;
          line = next;
          continue;
        }
        framing.know(at, end, filled);
      } else if ((!isWhole && !final) || !framing.frame(line, at, filled, final)) break;
      this.looked(line, at);
      plain?.learn(line, framer, this.primary!);
      this.line += framer.lines;
      line += framer.lines;
    }
    return line;
  }

  /** Leaves odd lines unread. They are counted with the others of their run. */
  private leave(scanner: Scanner, row: number, rows: number): void {
    const first = { line: this.first, offset: this.base };
    this.writer.leaveOdd(scanner, row, rows, first, !this.options.again);
  }

  /** Hands on the record that the framer has found. */
  private looked(line: number, at: number): void {
    const { framer, lines, writer } = this;
    const { claimer, text, end } = framer;
    const offset = this.base + at;
    if (framer.largeAt >= 0) writer.large({ line: this.line, offset });
    if (lines.nulAt >= 0 && lines.nulAt < end) {
      // Where fields have a length, they may hold anything.
      if (!claimer?.grammar.framing.end) writer.nul({ line: this.line, offset });
      lines.findNul(end, !writer.toldOfNul);
    }
    const record = { line: this.line, offset, length: end - at, text };
    this.taker.take(record, claimer, this.wanted?.has(line) ?? true);
  }

  /** A line longer than any record is one that nobody claims. */
  private passOver(at: number, end: number): void {
    const place = { line: this.line, offset: this.base + at };
    this.taker.take(
      { ...place, length: end - at, text: this.bytes.toString("latin1", at, at + 256) },
      undefined,
      false,
    );
    this.writer.overlong(place);
  }
}
