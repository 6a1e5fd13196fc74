import type { FieldValue } from "../../model/event.js";
import { Stored, type TrackRows } from "../../scan/tracks.js";
import { float64, int32, uint32 } from "./column.js";
import type { RecordColumns, RecordKind } from "./columns.js";

/** A text with such a char is none of bytes. */
export const BEYOND_LATIN1 = /[^\x00-\xff]/;

/** Where a record lies: see {@link RecordColumns}. */
export interface RowPlace {
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

/** Columns that grow, record by record: the changes of one, then where it lies. */
export class ColumnStore {
  /** Changed texts, one behind the other, up to `textsEnd`. */
  texts = Buffer.alloc(64 << 10);
  textsEnd = 0;
  private kinds: RecordKind[] = [];
  private readonly lines = int32();
  private readonly offsets = float64();
  private readonly lengths = int32();
  private readonly kindOf = uint32();
  private readonly changed = uint32();
  private readonly textLengths = int32();
  private readonly changes = uint32();
  private readonly lengthsOfTexts = int32();
  private readonly numbers = float64();
  private others: (FieldValue | undefined)[] = [];
  /** Changes and bytes of text before the record in hand. */
  private firstChange = 0;
  private firstByte = 0;

  /** How many records there are. */
  get count(): number {
    return this.lines.length;
  }

  /** Adds a kind of records. @returns its place */
  addKind(kind: RecordKind): number {
    return this.kinds.push(kind) - 1;
  }

  /** The value at a place of the record is a text (latin1). */
  text(index: number, text: string): void {
    this.makeRoom(text.length);
    if (text.length > 0) this.texts.write(text, this.textsEnd, "latin1");
    this.endText(index, text.length);
  }

  /** The same, of bytes[from, from + size). */
  bytes(index: number, bytes: Uint8Array, from: number, size: number): void {
    this.makeRoom(size);
    const { texts, textsEnd } = this;
    for (let i = 0; i < size; i++) texts[textsEnd + i] = bytes[from + i]!;
    this.endText(index, size);
  }

  number(index: number, number: number): void {
    this.changes.push((index << Stored.BITS) | Stored.NUMBER);
    this.numbers.push(number);
  }

  /** The value is of any other type, or a text that is not latin1. */
  other(index: number, value: FieldValue | undefined): void {
    this.changes.push((index << Stored.BITS) | Stored.OTHER);
    this.others.push(value);
  }

  /** All that changed was told of the record of a kind that lies here. */
  end(kind: number, { line, offset, length }: RowPlace): void {
    this.lines.push(line);
    this.offsets.push(offset);
    this.lengths.push(length);
    this.kindOf.push(kind);
    this.changed.push(this.changes.length - this.firstChange);
    this.textLengths.push(this.textsEnd - this.firstByte);
    this.firstChange = this.changes.length;
    this.firstByte = this.textsEnd;
  }

  /** Adds the records that stand in rows. */
  append(rows: TrackRows): void {
    this.lines.append(rows.lines, rows.count);
    this.offsets.append(rows.offsets, rows.count);
    this.lengths.append(rows.lengths, rows.count);
    this.kindOf.append(rows.kinds, rows.count);
    this.changed.append(rows.changed, rows.count);
    this.textLengths.append(rows.textLengths, rows.count);
    this.changes.append(rows.changes, rows.changeCount);
    this.lengthsOfTexts.append(rows.lengthsOfTexts, rows.textCount);
    this.numbers.append(rows.numbers, rows.numberCount);
    this.makeRoom(rows.textBytes);
    this.texts.set(rows.texts.subarray(0, rows.textBytes), this.textsEnd);
    this.textsEnd += rows.textBytes;
    this.firstChange = this.changes.length;
    this.firstByte = this.textsEnd;
  }

  /** What was added since the last call; `undefined` when nothing was. */
  take(): RecordColumns | undefined {
    if (this.count === 0) return undefined;
    const columns = {
      kinds: this.kinds,
      lines: this.lines.take(),
      offsets: this.offsets.take(),
      lengths: this.lengths.take(),
      kindOf: this.kindOf.take(),
      changed: this.changed.take(),
      textLengths: this.textLengths.take(),
      changes: this.changes.take(),
      texts: Uint8Array.from(this.texts.subarray(0, this.textsEnd)),
      lengthsOfTexts: this.lengthsOfTexts.take(),
      numbers: this.numbers.take(),
      others: this.others,
    };
    this.kinds = [];
    this.others = [];
    this.textsEnd = this.firstChange = this.firstByte = 0;
    return columns;
  }

  private endText(index: number, size: number): void {
    this.textsEnd += size;
    this.changes.push((index << Stored.BITS) | Stored.TEXT);
    this.lengthsOfTexts.push(size);
  }

  /** Room for so many more bytes of text. */
  private makeRoom(size: number): void {
    const end = this.textsEnd + size;
    if (end <= this.texts.length) return;
    const grown = Buffer.alloc(Math.max(end, this.texts.length * 2));
    this.texts.copy(grown, 0, 0, this.textsEnd);
    this.texts = grown;
  }
}
