import type { Fields, FieldValue } from "../../model/event.js";
import type { StampKind } from "../../model/stamp.js";
import { type FieldsMaker, fieldsMaker } from "./fields-maker.js";
import type { UntimedRecord } from "./untimed.js";

/** What records have in common that have the same stamp and tell the same happenings by the same fields. */
export interface RecordKind {
  readonly stamp: StampKind;
  readonly sample: boolean;
  readonly told: readonly ToldKind[];
}

/** A happening, and the names of its fields in their order. */
export interface ToldKind {
  readonly action: string;
  readonly category: string;
  readonly names: readonly string[];
}

/** How a value is stored: the lower bits of a change, the number of its value above. */
export const Stored = { TEXT: 0, NUMBER: 1, OTHER: 2, BITS: 2 } as const;

/**
 * Wanted records as columns. The values of a record (its stamp's text, then the fields of its happenings) are stored only where they
 * differ from those of the record of its kind before it: host, program and much else are there once. Plain data that is
 * cheap to send, keep and collect, however many records there are.
 */
export interface RecordColumns {
  readonly kinds: readonly RecordKind[];
  /** For each record: its place, as in {@link UntimedRecord}, its kind, how many values changed, and bytes of text among these. */
  readonly lines: Int32Array;
  readonly offsets: Float64Array;
  readonly lengths: Int32Array;
  readonly kindOf: Uint32Array;
  readonly changed: Uint32Array;
  readonly textLengths: Int32Array;
  /** For each value that changed: its number among its record's values, and how it is {@link Stored}. */
  readonly changes: Uint32Array;
  /** Changed texts (latin1), one behind the other, and the length of each. */
  readonly texts: Uint8Array;
  readonly lengthsOfTexts: Int32Array;
  readonly numbers: Float64Array;
  /** Changed values of other types, and texts that are not latin1. */
  readonly others: readonly (FieldValue | undefined)[];
}

type Values = (FieldValue | undefined)[];

/** The records, made one by one. */
export function* recordsOf(columns: RecordColumns): Generator<UntimedRecord> {
  const cursor = new RecordCursor(columns);
  while (cursor.next()) {
    const { line, offset, length, kind, stamp } = cursor;
    yield {
      line,
      offset,
      length,
      stamp: { kind: kind.stamp, text: stamp },
      told: kind.told.map(({ action, category }, i) => ({ action, category, fields: cursor.fields(i) })),
      ...(kind.sample && { sample: true }),
    };
  }
}

/** Goes through the records in their order, without an object for each. What it says is of the record that it stands at. */
export class RecordCursor {
  private row = -1;
  /** The place of its kind. */
  private at = 0;
  private readonly kinds: readonly RecordKind[];
  private readonly makers: readonly (readonly Maker[])[];
  private readonly values: readonly Values[];
  private current: Values = [];
  private readonly changes: Changes;

  constructor(private readonly columns: RecordColumns) {
    this.kinds = columns.kinds.map(withOwnWords);
    this.makers = this.kinds.map(makersOf);
    this.values = this.kinds.map(() => []);
    this.changes = new Changes(columns);
  }

  /** Goes on to the next record. @returns whether there is one */
  next(): boolean {
    const { columns, values } = this;
    if (++this.row >= columns.lines.length) return false;
    this.at = columns.kindOf[this.row]!;
    this.current = values[this.at]!;
    this.changes.apply(this.row, this.current);
    return true;
  }

  /** Its place, as in {@link UntimedRecord}. */
  get line(): number {
    return this.columns.lines[this.row]!;
  }

  get offset(): number {
    return this.columns.offsets[this.row]!;
  }

  get length(): number {
    return this.columns.lengths[this.row]!;
  }

  get kind(): RecordKind {
    return this.kinds[this.at]!;
  }

  /** The stamp's text. */
  get stamp(): string {
    return this.current[0] as string;
  }

  /** The fields of one of its happenings, by their place among them. */
  fields(told: number): Fields {
    const { make, from } = this.makers[this.at]![told]!;
    return make(this.current, from);
  }
}

/**
 * The same kind in the program's own words. What came from another thread equals them and is not the same to V8, which would compare each
 * record's action letter by letter wherever it is asked for.
 */
const withOwnWords = ({ stamp, sample, told }: RecordKind): RecordKind => ({
  stamp: own(stamp),
  sample,
  told: told.map(({ action, category, names }) => ({ action: own(action), category: own(category), names })),
});

/** V8 has each property's name once. */
const own = <T extends string>(word: T): T => Object.keys({ [word]: true })[0] as T;

/** Makes the fields of a happening from its record's values, where they begin. */
interface Maker {
  readonly make: FieldsMaker;
  readonly from: number;
}

function makersOf({ told }: RecordKind): Maker[] {
  let next = 1;
  return told.map(({ names }) => {
    const from = next;
    next += names.length;
    return { make: fieldsMaker(names), from };
  });
}

/** Goes through the changes of the records in their order. */
class Changes {
  private readonly texts: Buffer;
  private change = 0;
  private textAt = 0;
  private textLength = 0;
  private number = 0;
  private other = 0;

  constructor(private readonly columns: RecordColumns) {
    const { buffer, byteOffset, byteLength } = columns.texts;
    this.texts = Buffer.from(buffer, byteOffset, byteLength);
  }

  /** Makes of the values of the record of its kind before it those of the record in a row. */
  apply(row: number, values: Values): void {
    const { changed, changes, numbers, others, textLengths, lengthsOfTexts } = this.columns;
    const length = textLengths[row]!;
    // Texts are cut from their own record: V8 keeps what they are cut from alive.
    const text = length === 0 ? "" : this.texts.toString("latin1", this.textAt, this.textAt + length);
    this.textAt += length;
    let at = 0;
    for (const end = this.change + changed[row]!; this.change < end; this.change++) {
      const change = changes[this.change]!;
      const index = change >>> Stored.BITS;
      const stored = change & ((1 << Stored.BITS) - 1);
      if (stored === Stored.TEXT) {
        const from = at;
        at += lengthsOfTexts[this.textLength++]!;
        values[index] = text.slice(from, at);
      } else if (stored === Stored.NUMBER) values[index] = numbers[this.number++]!;
      else values[index] = others[this.other++];
    }
  }
}
