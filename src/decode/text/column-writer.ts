import type { Fields, FieldValue } from "../../model/event.js";
import type { TrackFollower, TrackRows } from "../../scan/tracks.js";
import { BEYOND_LATIN1, ColumnStore, type RowPlace } from "./column-store.js";
import type { RecordColumns, RecordKind } from "./columns.js";
import type { RecordTrack } from "./tracks/record-track.js";
import { TrackedRows } from "./tracks/tracked-rows.js";
import type { UntimedRecord } from "./untimed.js";

/** A kind, and the values of its last record. */
interface Known extends RecordKind {
  readonly place: number;
  readonly last: (FieldValue | undefined)[];
}

/** So many kinds of one action are compared with a record; it makes one more when it is of none of them. */
const MOST_TRIED = 32;

/** Bytes of text of a stretch of which nearly each record is wanted. */
const MOST_TEXT = 4 << 20;

/** Writes records as columns. */
export class ColumnWriter {
  private readonly store = new ColumnStore();
  private readonly rows = new TrackedRows(this.store);
  /** By the first happening's action: records of few kinds tell of the same. */
  private readonly byAction = new Map<string, Known[]>();
  /** Values of the record in hand. */
  private readonly values: (FieldValue | undefined)[] = [];

  add(record: UntimedRecord): void {
    const { store, values } = this;
    const { place, last } = this.kindFor(record);
    values[0] = record.stamp.text;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (Object.is(value, last[i])) continue;
      last[i] = value;
      if (typeof value === "number") store.number(i, value);
      else if (typeof value === "string" && !BEYOND_LATIN1.test(value)) store.text(i, value);
      else store.other(i, value);
    }
    store.end(place, record);
  }

  /** Adds the records of rows, whose kinds {@link addTracked} told. */
  append(rows: TrackRows): void {
    this.store.append(rows);
  }

  /** Adds the record at which a follower halted for its values. @returns its kind */
  addTracked(track: RecordTrack, bytes: Uint8Array, follower: TrackFollower, place: RowPlace): number {
    return this.rows.add(track, bytes, follower, place);
  }

  /** Does its memory hold only what a stretch tells as a rule? */
  get isSmall(): boolean {
    return this.store.texts.length <= MOST_TEXT;
  }

  get count(): number {
    return this.store.count;
  }

  /** What was added since the last call; `undefined` when nothing was. */
  take(): RecordColumns | undefined {
    this.byAction.clear();
    this.rows.forget();
    return this.store.take();
  }

  /** The record's kind; its fields' values are in `values` then. */
  private kindFor(record: UntimedRecord): Known {
    const action = record.told[0]?.action ?? "";
    let candidates = this.byAction.get(action);
    if (!candidates) this.byAction.set(action, (candidates = []));
    const least = Math.max(0, candidates.length - MOST_TRIED);
    for (let i = candidates.length - 1; i >= least; i--)
      if (this.isOf(candidates[i]!, record)) return candidates[i]!;
    const kind = kindOf(record);
    const added = { ...kind, place: this.store.addKind(kind), last: [] };
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
