import type { Fields, FieldValue } from "../../model/event.js";
import { float64, int32, uint32 } from "./column.js";
import { type RecordColumns, type RecordKind, Stored } from "./columns.js";
import type { RecordTrack } from "./tracks/record-track.js";
import type { UntimedRecord } from "./untimed.js";

/** A kind, and the values of its last record. */
interface Known extends RecordKind {
  readonly place: number;
  readonly last: (FieldValue | undefined)[];
}

/** A track's kind, and the values of its last record: texts by where they lie among those that are stored. */
interface Row {
  readonly place: number;
  readonly values: (FieldValue | undefined)[];
  readonly at: Int32Array;
  readonly length: Int32Array;
}

/** So many kinds of one action are compared with a record; it makes one more when it is of none of them. */
const MOST_TRIED = 32;

const BEYOND_LATIN1 = /[^\x00-\xff]/;

/** Writes records as columns. */
export class ColumnWriter {
  private kinds: RecordKind[] = [];
  /** By the first happening's action: records of few kinds tell of the same. */
  private readonly byAction = new Map<string, Known[]>();
  /** By a track's id. */
  private rows: Row[] = [];
  /** Values of the record in hand. */
  private readonly values: (FieldValue | undefined)[] = [];
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
  private texts = Buffer.alloc(64 << 10);
  private textsEnd = 0;

  add(record: UntimedRecord): void {
    const { values } = this;
    const { place, last } = this.kindFor(record);
    values[0] = record.stamp.text;
    const first = this.changes.length;
    const firstText = this.lengthsOfTexts.length;
    let text = "";
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (Object.is(value, last[i])) continue;
      last[i] = value;
      if (typeof value === "string") {
        this.changes.push((i << Stored.BITS) | Stored.TEXT);
        this.lengthsOfTexts.push(value.length);
        text += value;
      } else if (typeof value === "number") {
        this.changes.push((i << Stored.BITS) | Stored.NUMBER);
        this.numbers.push(value);
      } else {
        this.changes.push((i << Stored.BITS) | Stored.OTHER);
        this.others.push(value);
      }
    }
    if (BEYOND_LATIN1.test(text)) {
      this.lengthsOfTexts.length = firstText;
      this.storeTextsAsOthers(first);
      text = "";
    }
    this.write(text);
    this.lines.push(record.line);
    this.offsets.push(record.offset);
    this.lengths.push(record.length);
    this.kindOf.push(place);
    this.changed.push(this.changes.length - first);
    this.textLengths.push(text.length);
  }

  /** Adds a record whose values a track has taken from its bytes. @param marks where its texts lie */
  addTracked(
    track: RecordTrack,
    bytes: Uint8Array,
    marks: Int32Array,
    { line, offset, length }: { line: number; offset: number; length: number },
  ): void {
    const row = (this.rows[track.id] ??= this.rowOf(track));
    const { sources, numbers, made } = track;
    const firstChange = this.changes.length;
    const firstByte = this.textsEnd;
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i]!;
      if (source.kind === "text") {
        const from = marks[source.mark]!;
        this.changeText(row, i, bytes, from, marks[source.mark + 1]!);
      } else if (source.kind === "number") this.changeValue(row, i, numbers[i]!);
      else this.changeValue(row, i, made[i]!);
    }
    this.lines.push(line);
    this.offsets.push(offset);
    this.lengths.push(length);
    this.kindOf.push(row.place);
    this.changed.push(this.changes.length - firstChange);
    this.textLengths.push(this.textsEnd - firstByte);
  }

  private rowOf({ kind, sources }: RecordTrack): Row {
    const place = this.kinds.push(kind) - 1;
    return {
      place,
      values: [],
      at: new Int32Array(sources.length),
      length: new Int32Array(sources.length).fill(-1),
    };
  }

  private changeText({ at, length }: Row, i: number, bytes: Uint8Array, from: number, to: number): void {
    const size = to - from;
    if (length[i] === size && isSame(this.texts, at[i]!, bytes, from, size)) return;
    this.makeRoom(size);
    const { texts, textsEnd } = this;
    for (let j = 0; j < size; j++) texts[textsEnd + j] = bytes[from + j]!;
    at[i] = textsEnd;
    length[i] = size;
    this.textsEnd += size;
    this.changes.push((i << Stored.BITS) | Stored.TEXT);
    this.lengthsOfTexts.push(size);
  }

  private changeValue({ values }: Row, i: number, value: FieldValue): void {
    if (Object.is(values[i], value)) return;
    values[i] = value;
    if (typeof value === "number") {
      this.changes.push((i << Stored.BITS) | Stored.NUMBER);
      this.numbers.push(value);
    } else if (typeof value === "string" && !BEYOND_LATIN1.test(value)) {
      this.changes.push((i << Stored.BITS) | Stored.TEXT);
      this.lengthsOfTexts.push(value.length);
      this.write(value);
    } else {
      this.changes.push((i << Stored.BITS) | Stored.OTHER);
      this.others.push(value);
    }
  }

  get count(): number {
    return this.lines.length;
  }

  /** What was added since the last call; `undefined` when nothing was. */
  take(): RecordColumns | undefined {
    if (this.count === 0) return undefined;
    const columns = {
      kinds: this.kinds.map(({ stamp, sample, told }) => ({ stamp, sample, told })),
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
    this.rows = [];
    this.byAction.clear();
    this.textsEnd = 0;
    this.others = [];
    return columns;
  }

  /** The record's kind; its fields' values are in `values` then. */
  private kindFor(record: UntimedRecord): Known {
    const action = record.told[0]?.action ?? "";
    let candidates = this.byAction.get(action);
    if (!candidates) this.byAction.set(action, (candidates = []));
    const least = Math.max(0, candidates.length - MOST_TRIED);
    for (let i = candidates.length - 1; i >= least; i--)
      if (this.isOf(candidates[i]!, record)) return candidates[i]!;
    const added = { ...kindOf(record), place: this.kinds.length, last: [] };
    this.kinds.push(added);
    candidates.push(added);
    this.isOf(added, record);
    return added;
  }

  private isOf({ stamp, sample, told }: Known, record: UntimedRecord): boolean {
    const { values } = this;
    if (stamp !== record.stamp.kind || sample !== (record.sample === true)) return false;
    if (told.length !== record.told.length) return false;
    let at = 1;
    for (let i = 0; i < told.length; i++) {
      const { action, category, names } = told[i]!;
      const one = record.told[i]!;
      if (action !== one.action || category !== one.category) return false;
      if (!read(one.fields, names, values, at)) return false;
      at += names.length;
    }
    values.length = at;
    return true;
  }

  /** The changes from one on hold texts that can't be stored as bytes. */
  private storeTextsAsOthers(first: number): void {
    const { changes, others, values } = this;
    const mask = (1 << Stored.BITS) - 1;
    let other = others.length;
    for (let i = first; i < changes.length; i++) if ((changes.at(i) & mask) === Stored.OTHER) other--;
    others.length = other;
    for (let i = first; i < changes.length; i++) {
      if ((changes.at(i) & mask) === Stored.NUMBER) continue;
      const index = changes.at(i) >>> Stored.BITS;
      changes.set(i, (index << Stored.BITS) | Stored.OTHER);
      others.push(values[index]);
    }
  }

  private write(text: string): void {
    this.makeRoom(text.length);
    if (text.length > 0) this.texts.write(text, this.textsEnd, "latin1");
    this.textsEnd += text.length;
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

function isSame(a: Uint8Array, at: number, b: Uint8Array, from: number, size: number): boolean {
  // What changes does so at its end, most often.
  for (let i = size - 1; i >= 0; i--) if (a[at + i] !== b[from + i]) return false;
  return true;
}

/** Reads the values of fields that have these names, in this order, and no others. @returns false when they have not */
function read(
  fields: Fields,
  names: readonly string[],
  values: (FieldValue | undefined)[],
  from: number,
): boolean {
  let i = 0;
  for (const name in fields) {
    if (name !== names[i]) return false;
    values[from + i++] = fields[name];
  }
  return i === names.length;
}

const kindOf = ({ stamp, sample, told }: UntimedRecord): RecordKind => ({
  stamp: stamp.kind,
  sample: sample === true,
  told: told.map(({ action, category, fields }) => ({ action, category, names: Object.keys(fields) })),
});
