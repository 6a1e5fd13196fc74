import type { PacketRows } from "../decode/packet/row-decoder.js";
import type { Event } from "../model/event.js";

/** A part of a source, in file order: events, or rows of a capture. */
export type Batch = readonly Event[] | PacketRows;

/** A source's parts. */
export type BatchStream = AsyncIterator<Batch> & {
  /** When the source begins, µs: nothing of it is asked for before the merge has come so far. Absent: its first part will tell. */
  readonly begins?: number | undefined;
};

const isEvents = (batch: Batch): batch is readonly Event[] => Array.isArray(batch);

/** Takes what comes next in the merged order: items [from, to) of a batch. */
export interface Sink {
  pushEvents(events: readonly Event[], from: number, to: number): void;
  pushRows(rows: PacketRows, from: number, to: number): void;
}

/** One source in the merge: where it stands. */
export class Lane {
  /** The merge key of the item at hand: the earliest time it can have, but never before that of an earlier item of the same source. */
  key: number;
  /** The latest time that it can have, and at least its key: of items with one key, those that are known better come first. */
  private end: number;
  /** Has nothing been asked for yet? */
  asleep = true;
  private events: readonly Event[] = [];
  private rows: PacketRows | undefined;
  private length = 0;
  private at = 0;

  constructor(
    private readonly stream: BatchStream,
    private readonly order: number,
  ) {
    this.key = stream.begins ?? Number.NEGATIVE_INFINITY;
    this.end = this.key;
  }

  isBefore(other: Lane): boolean {
    if (this.key !== other.key) return this.key < other.key;
    return this.end === other.end ? this.order < other.order : this.end < other.end;
  }

  /** Gets the next batch that holds anything. @returns false when there is none */
  async refill(): Promise<boolean> {
    this.asleep = false;
    for (;;) {
      const { done, value } = await this.stream.next();
      if (done) return false;
      this.rows = isEvents(value) ? undefined : value;
      this.events = isEvents(value) ? value : [];
      this.length = isEvents(value) ? value.length : value.segment.length;
      if (this.length === 0) continue;
      this.at = 0;
      this.enter();
      return true;
    }
  }

  /** Hands on the item at hand and those behind it that come before `bound`. @returns whether anything is left of the batch */
  drain(bound: Lane | undefined, sink: Sink): boolean {
    const from = this.at;
    if (bound === undefined) this.at = this.length;
    else
      do {
        if (++this.at < this.length) this.enter();
      } while (this.at < this.length && this.isBefore(bound));
    if (this.rows === undefined) sink.pushEvents(this.events, from, this.at);
    else sink.pushRows(this.rows, from, this.at);
    return this.at < this.length;
  }

  private enter(): void {
    const { rows, at } = this;
    let time: number;
    let latest: number;
    if (rows === undefined) ({ time, latest } = this.events[at]!);
    else {
      time = rows.segment.times[at]!;
      latest = rows.moved === undefined ? time : rows.moved.latest[at]!;
    }
    if (time > this.key) this.key = time;
    this.end = this.key;
    if (latest > this.end) this.end = latest;
  }
}
