import type { Event, Fields } from "../../model/event.js";
import type { StampKind } from "../../model/stamp.js";
import type { FixedStamp } from "../../scan/fixed-stamps.js";
import type { LateReader, ReadLate, RowTaker } from "./late.js";
import { RecordCursor } from "./record-cursor.js";
import { SAMPLED_BYTES } from "./record-taker.js";
import type { TextSegment } from "./segment.js";
import type { Stamper } from "./stamper.js";
import { TextAccounts } from "./text-accounts.js";
import { type Again, rowsOf, stampIn, type UnreadRows } from "./unread.js";
import type { Told, UntimedRecord, WrittenStamp } from "./untimed.js";

/** So many records are read of a segment's columns before there is a break: more would outlive V8's young generation. */
const AT_ONCE = 256;

export interface AssemblyOptions {
  source: number;
  path: string;
  stamper: Stamper;
  /** Takes the events, in the source's order. */
  emit: (event: Event) => void;
  /** Decides about records that were left unread. */
  late?: LateReader | undefined;
  /** Reads texts that were left in the source; absent: none was. */
  again?: Again | undefined;
  /** Is told the time of each record whose stamp is looked at, µs: NaN where it has none. */
  timed?: ((line: number, us: number) => void) | undefined;
}

/**
 * Puts the segments of one source together, in order: numbers their lines, gives their records times, makes their events, and
 * keeps the source's accounts.
 */
export class TextAssembly extends TextAccounts {
  /** Records that were read through their layers and given. */
  decoded = 0;
  /** µs of the first and last stamped record. */
  from = Number.NaN;
  to = Number.NaN;
  /** Where the next segment must begin. */
  next = 0;
  private line = 1;
  /** The source's last claimed record so far, when it was not given; its line is the source's. */
  private last: { line: number; stamp: WrittenStamp } | undefined;
  /** The mebibyte that the last sample is of. */
  private sampled = -1;

  constructor(private readonly options: AssemblyOptions) {
    super();
  }

  /** Takes the segment that follows. */
  take(segment: TextSegment): void {
    for (const _ of this.taking(segment));
  }

  /** The same, with a break now and then: what was emitted may be handed on before more is. */
  *taking(segment: TextSegment): Generator<void> {
    this.account(segment, this.line);
    if (segment.claims.length > 0) this.last = undefined;
    let row = 0;
    const unread = segment.unread && rowsOf(segment.unread, this.options.again);
    const upTo = (line: number) => {
      if (unread) row = this.late(unread, row, line);
    };
    if (segment.columns) {
      const cursor = new RecordCursor(segment.columns);
      while (this.takeRows(cursor, upTo)) yield;
    } else {
      let taken = 0;
      for (const record of segment.wanted) {
        if (++taken % AT_ONCE === 0) yield;
        upTo(record.line);
        this.takeRecord(record);
      }
    }
    upTo(Number.POSITIVE_INFINITY);
    const { last } = segment;
    if (last) this.last = { line: this.line + last.line, stamp: last.stamp };
    this.line += segment.lines;
    this.next = segment.end;
  }

  /** There are no more segments. */
  end(): void {
    const { last, options } = this;
    if (last) this.stamp(last.stamp.kind, last.stamp.text, last.line);
    this.sumUp(options.path, options.stamper.oddity);
  }

  /** Takes some of the records in columns. @returns whether there may be more */
  private takeRows(cursor: RecordCursor, upTo: (line: number) => void): boolean {
    for (let taken = 0; taken < AT_ONCE; taken++) {
      if (!cursor.next()) return false;
      upTo(cursor.line);
      this.takeRow(cursor);
    }
    return true;
  }

  private takeRecord(record: UntimedRecord): void {
    const line = this.line + record.line;
    const { stamp, told, offset, sample } = record;
    if (sample && !this.isNews(offset, told.length > 0)) {
      this.last = { line, stamp };
      return;
    }
    this.last = undefined;
    this.decoded++;
    this.record(record, record, line);
  }

  /** The same for the record at which a cursor stands. */
  private takeRow(cursor: RecordCursor): void {
    const { kind, offset, length, readStamp } = cursor;
    const line = this.line + cursor.line;
    const { told } = kind;
    if (kind.sample && !this.isNews(offset, told.length > 0)) {
      this.last = { line, stamp: { kind: kind.stamp, text: cursor.stamp } };
      return;
    }
    this.last = undefined;
    this.decoded++;
    if (readStamp) this.stampRead(kind.stamp, readStamp, line);
    else this.stamp(kind.stamp, cursor.stamp, line);
    for (let i = 0; i < told.length; i++) this.tell(told[i]!, cursor.fields(i), line, offset, length);
  }

  /** Does a sample tell of something, or is it the first of its mebibyte? */
  private isNews(offset: number, tells: boolean): boolean {
    const mebibyte = Math.floor(offset / SAMPLED_BYTES);
    const isFirst = mebibyte !== this.sampled;
    this.sampled = mebibyte;
    return isFirst || tells;
  }

  /** Reads the records that were left unread, from a row on, before a line. @returns the row behind them */
  private late(unread: UnreadRows, from: number, before: number): number {
    const { late } = this.options;
    const { lines, offsets, lengths } = unread;
    let to = from;
    while (to < lines.length && lines[to]! < before) to++;
    if (!late) return to;
    const { taker } = this;
    for (
      let row = late.passOver(unread, from, to, taker);
      row < to;
      row = late.passOver(unread, row + 1, to, taker)
    ) {
      const read = late.read(unread, row);
      this.decoded++;
      if (read) this.record(read, { offset: offsets[row]!, length: lengths[row]! }, this.line + lines[row]!);
    }
    return to;
  }

  private readonly taker: RowTaker = {
    stamp: (rows, row) => {
      const { kind, text } = stampIn(rows, row);
      this.stamp(kind, text, this.line + rows.lines[row]!);
      return this.options.stamper.us;
    },
    eventAt: ({ lines, offsets, lengths }, row, action, category, fields) =>
      this.eventOf(action, category, fields, this.line + lines[row]!, offsets[row]!, lengths[row]!),
  };

  private record(
    { stamp, told }: ReadLate,
    { offset, length }: { offset: number; length: number },
    line: number,
  ): void {
    this.stamp(stamp.kind, stamp.text, line);
    for (const one of told) this.tell(one, one.fields, line, offset, length);
  }

  /** Emits a happening of the record whose stamp the clock has seen. */
  private tell(
    { action, category }: Pick<Told, "action" | "category">,
    fields: Fields,
    line: number,
    offset: number,
    length: number,
  ): void {
    this.options.emit(this.eventOf(action, category, fields, line, offset, length));
  }

  /** An event of the record whose stamp the clock has seen last. */
  private eventOf(
    action: string,
    category: string,
    fields: Fields,
    line: number,
    offset: number,
    length: number,
  ): Event {
    const { source, stamper } = this.options;
    const { us: time, latest, ns, stamped } = stamper;
    const event: Event = { source, line, offset, length, time, ns, latest, action, category, fields };
    if (stamped !== undefined) event.stamped = stamped;
    return event;
  }

  /** Lets the source's clock see a stamp, and widens the source's range. */
  private stamp(kind: StampKind, text: string, line: number): void {
    this.options.stamper.stamp(kind, text, line);
    this.stamped(line);
  }

  private stampRead(kind: StampKind, stamp: FixedStamp, line: number): void {
    this.options.stamper.stampRead(kind, stamp, line);
    this.stamped(line);
  }

  /** The clock has seen a record's stamp. */
  private stamped(line: number): void {
    const { timed } = this.options;
    const { us } = this.options.stamper;
    timed?.(line, us);
    if (Number.isNaN(us)) return;
    if (!(us >= this.from)) this.from = us;
    if (!(us <= this.to)) this.to = us;
  }
}
