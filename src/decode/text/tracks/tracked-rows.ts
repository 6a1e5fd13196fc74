import type { FieldValue } from "../../../model/event.js";
import type { TrackFollower } from "../../../scan/tracks.js";
import { BEYOND_LATIN1, type ColumnStore, type RowPlace } from "../column-store.js";
import type { RecordTrack } from "./record-track.js";

/** A track's kind, and of its last record the values that somebody made, or that are always the same. */
interface Last {
  readonly kind: number;
  readonly values: (FieldValue | undefined)[];
}

/** Stores records that were followed along tracks. */
export class TrackedRows {
  /** By a track's id. */
  private last: Last[] = [];

  constructor(private readonly store: ColumnStore) {}

  /**
   * Adds the record at which a follower halted for its values.
   * @param bytes where its marks lie
   * @returns its kind
   */
  add(track: RecordTrack, bytes: Uint8Array, follower: TrackFollower, place: RowPlace): number {
    const { store } = this;
    const { sources, made } = track;
    const { marks, changed, numbers } = follower;
    const last = (this.last[track.id] ??= { kind: store.addKind(track.kind), values: [] });
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i]!;
      if (source.kind === "constant" || source.kind === "made") this.value(last, i, made[i]!);
      else if (changed[i] === 0) continue;
      else if (source.kind !== "text") store.number(i, numbers[i]!);
      else store.bytes(i, bytes, marks[source.mark]!, marks[source.mark + 1]! - marks[source.mark]!);
    }
    store.end(last.kind, place);
    return last.kind;
  }

  /** The columns were taken. */
  forget(): void {
    this.last = [];
  }

  private value({ values }: Last, i: number, value: FieldValue): void {
    if (Object.is(values[i], value)) return;
    values[i] = value;
    if (typeof value === "number") this.store.number(i, value);
    else if (typeof value === "string" && !BEYOND_LATIN1.test(value)) this.store.text(i, value);
    else this.store.other(i, value);
  }
}
