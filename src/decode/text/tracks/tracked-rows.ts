import type { FieldValue } from "../../../model/event.js";
import { BEYOND_LATIN1, type ColumnStore, type RowPlace } from "../column-store.js";
import type { RecordTrack } from "./record-track.js";

/** A track's kind, and the values of its last record: texts by where they lie among those that are stored. */
interface Last {
  readonly kind: number;
  readonly values: (FieldValue | undefined)[];
  readonly at: Int32Array;
  readonly length: Int32Array;
}

/** Stores records whose values tracks have taken, from bytes to bytes. */
export class TrackedRows {
  /** By a track's id. */
  private last: Last[] = [];

  constructor(private readonly store: ColumnStore) {}

  /** Adds a record. @param marks where its texts lie in `bytes` */
  add(track: RecordTrack, bytes: Uint8Array, marks: Int32Array, place: RowPlace): void {
    const last = (this.last[track.id] ??= this.begin(track));
    const { sources, numbers, made } = track;
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i]!;
      if (source.kind === "text") {
        const from = marks[source.mark]!;
        this.text(last, i, bytes, from, marks[source.mark + 1]! - from);
      } else this.value(last, i, source.kind === "number" ? numbers[i]! : made[i]!);
    }
    this.store.end(last.kind, place);
  }

  /** The columns were taken. */
  forget(): void {
    this.last = [];
  }

  private begin({ kind, sources }: RecordTrack): Last {
    const { length } = sources;
    return {
      kind: this.store.addKind(kind),
      values: [],
      at: new Int32Array(length),
      length: new Int32Array(length).fill(-1),
    };
  }

  private text({ at, length }: Last, i: number, bytes: Uint8Array, from: number, size: number): void {
    const { store } = this;
    if (length[i] === size && isSame(store.texts, at[i]!, bytes, from, size)) return;
    at[i] = store.textsEnd;
    length[i] = size;
    store.bytes(i, bytes, from, size);
  }

  private value({ values }: Last, i: number, value: FieldValue): void {
    if (Object.is(values[i], value)) return;
    values[i] = value;
    if (typeof value === "number") this.store.number(i, value);
    else if (typeof value === "string" && !BEYOND_LATIN1.test(value)) this.store.text(i, value);
    else this.store.other(i, value);
  }
}

function isSame(a: Uint8Array, at: number, b: Uint8Array, from: number, size: number): boolean {
  // What changes does so at its end, most often.
  for (let i = size - 1; i >= 0; i--) if (a[at + i] !== b[from + i]) return false;
  return true;
}
