import type { Fields, FieldValue } from "../../model/event.js";
import type { StampKind } from "../../model/stamp.js";
import type { FixedStamp } from "../../scan/fixed-stamps.js";
import { PackedStamps } from "../../scan/stamps.js";
import { Stored } from "../../scan/tracks.js";
import type { RecordColumns, RecordKind, ToldKind } from "./columns.js";
import { type FieldsMaker, fieldsMaker } from "./fields-maker.js";

/**
 * Goes through the records in their order, without an object for each. What it says is of the record that it stands at.
 *
 * Columns come from this thread or from another, which V8 lays out in different ways. They are taken into fields of the cursor's own, so
 * that the code which goes through all records meets one layout, and is compiled once.
 */
export class RecordCursor {
  private row = -1;
  private readonly lines: Int32Array;
  private readonly offsets: Float64Array;
  private readonly lengths: Int32Array;
  private readonly kindOf: Uint32Array;
  private readonly kinds: readonly KindAtHand[];
  private readonly changes: Changes;
  private current: KindAtHand;

  constructor(columns: RecordColumns) {
    this.lines = columns.lines;
    this.offsets = columns.offsets;
    this.lengths = columns.lengths;
    this.kindOf = columns.kindOf;
    this.kinds = columns.kinds.map((kind) => new KindAtHand(kind));
    this.changes = new Changes(columns);
    this.current = this.kinds[0]!;
  }

  /** Goes on to the next record. @returns whether there is one */
  next(): boolean {
    if (++this.row >= this.lines.length) return false;
    this.current = this.kinds[this.kindOf[this.row]!]!;
    this.changes.apply(this.row, this.current);
    return true;
  }

  /** Its place, see {@link RecordColumns}. */
  get line(): number {
    return this.lines[this.row]!;
  }

  get offset(): number {
    return this.offsets[this.row]!;
  }

  get length(): number {
    return this.lengths[this.row]!;
  }

  get kind(): RecordKind {
    return this.current;
  }

  /** Its stamp's text, where {@link readStamp} has not been read. */
  get stamp(): string {
    return this.current.values[0] as string;
  }

  /** Its stamp, where that was read from bytes: good until the cursor goes on. */
  get readStamp(): FixedStamp | undefined {
    const { current } = this;
    return current.isRead ? current.read : undefined;
  }

  /** The fields of one of its happenings, by their place among them. */
  fields(told: number): Fields {
    const { current } = this;
    return current.makers[told]!(current.values, current.from[told]!);
  }
}

/** A kind of records, and the values of its last one. */
class KindAtHand implements RecordKind {
  readonly stamp: StampKind;
  readonly sample: boolean;
  readonly told: readonly ToldKind[];
  /** What makes the fields of each happening, and where in the values these begin. */
  readonly makers: readonly FieldsMaker[];
  readonly from: readonly number[];
  /** The stamp's text, then the fields of its happenings. */
  readonly values: (FieldValue | undefined)[];
  /** The stamp in place of its text, where it was read already. */
  readonly read = { us: 0, ns: 0, whole: false };
  isRead = false;

  constructor({ stamp, sample, told }: RecordKind) {
    this.stamp = own(stamp);
    this.sample = sample;
    this.told = told.map(({ action, category, names }) => ({
      action: own(action),
      category: own(category),
      names,
    }));
    this.makers = told.map(({ names }) => fieldsMaker(names));
    let next = 1;
    this.from = told.map(({ names }) => {
      const from = next;
      next += names.length;
      return from;
    });
    this.values = Array.from({ length: next }, () => undefined);
  }

  readStamp(stamps: PackedStamps, at: number): void {
    stamps.read(at, this.read);
    this.isRead = true;
  }
}

/**
 * The word as the program itself has it. One that came from another thread equals it and is not the same to V8, which would compare each
 * record's action letter by letter wherever it is asked for.
 */
const own = <T extends string>(word: T): T => Object.keys({ [word]: true })[0] as T;

/** The stamp's place among a record's values. */
const STAMP = 0;

/** Goes through the changes of the records in their order. */
class Changes {
  private readonly changed: Uint32Array;
  private readonly changes: Uint32Array;
  private readonly textLengths: Int32Array;
  private readonly lengthsOfTexts: Int32Array;
  private readonly numbers: Float64Array;
  private readonly stamps: PackedStamps;
  private readonly others: readonly (FieldValue | undefined)[];
  private readonly texts: Buffer;
  private change = 0;
  private textAt = 0;
  private textLength = 0;
  private number = 0;
  private other = 0;

  constructor(columns: RecordColumns) {
    const { buffer, byteOffset, byteLength } = columns.texts;
    this.texts = Buffer.from(buffer, byteOffset, byteLength);
    this.changed = columns.changed;
    this.changes = columns.changes;
    this.textLengths = columns.textLengths;
    this.lengthsOfTexts = columns.lengthsOfTexts;
    this.numbers = columns.numbers;
    this.stamps = new PackedStamps(columns.numbers);
    this.others = columns.others;
  }

  /** Makes of the values of the record of its kind before it those of the record in a row. */
  apply(row: number, kind: KindAtHand): void {
    const { changes } = this;
    const { values } = kind;
    const length = this.textLengths[row]!;
    // Texts are cut from their own record: V8 keeps what they are cut from alive.
    const text = length === 0 ? "" : this.texts.toString("latin1", this.textAt, this.textAt + length);
    this.textAt += length;
    let at = 0;
    for (const end = this.change + this.changed[row]!; this.change < end; this.change++) {
      const change = changes[this.change]!;
      const index = change >>> Stored.BITS;
      const stored = change & ((1 << Stored.BITS) - 1);
      if (stored === Stored.TEXT) {
        const from = at;
        at += this.lengthsOfTexts[this.textLength++]!;
        values[index] = text.slice(from, at);
        if (index === STAMP) kind.isRead = false;
      } else if (stored === Stored.NUMBER) {
        const number = this.number++;
        if (index === STAMP) kind.readStamp(this.stamps, number);
        else values[index] = this.numbers[number]!;
      } else values[index] = this.others[this.other++];
    }
  }
}
