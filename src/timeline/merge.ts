import type { Event } from "../model/event.js";

/** A source's events in file order, a batch at a time. */
export type EventStream = AsyncIterator<Event[]>;

interface Lane {
  stream: EventStream;
  batch: Event[];
  at: number;
  /** The merge key of the event at `at`: its time, but never before that of an earlier record of the same source. */
  key: number;
  order: number;
}

/**
 * Merges sources into one order, a batch of each in memory at a time. The order within a source is kept, whatever its
 * stamps say (a clock that was stepped back must not invert cause and effect); sources are interleaved by time, and
 * ties go to the source that comes first in the list. Unplaced events take the place of the record before them.
 */
export async function* merge(streams: readonly EventStream[]): AsyncGenerator<Event[]> {
  const lanes: Lane[] = [];
  for (const [order, stream] of streams.entries()) {
    const lane: Lane = { stream, batch: [], at: 0, key: Number.NEGATIVE_INFINITY, order };
    if (await refill(lane)) lanes.push(lane);
  }
  const heap = new Heap(lanes);
  let out: Event[] = [];
  for (let lane = heap.top(); lane; lane = heap.top()) {
    const bound = heap.second();
    // Take from this lane for as long as it stays ahead of the next: no heap work per event.
    do {
      out.push(lane.batch[lane.at++]!);
      if (lane.at === lane.batch.length) {
        if (out.length >= 1024) {
          yield out;
          out = [];
        }
        if (!(await refill(lane))) {
          heap.pop();
          lane = undefined as unknown as Lane;
          break;
        }
      } else lane.key = Math.max(lane.key, keyOf(lane.batch[lane.at]!, lane.key));
    } while (bound === undefined || before(lane, bound));
    if (lane) heap.sink();
  }
  if (out.length > 0) yield out;
}

const keyOf = (event: Event, previous: number) => (Number.isNaN(event.time) ? previous : event.time);

const before = (a: Lane, b: Lane) => a.key < b.key || (a.key === b.key && a.order < b.order);

async function refill(lane: Lane): Promise<boolean> {
  for (;;) {
    const { done, value } = await lane.stream.next();
    if (done) return false;
    if (value.length === 0) continue;
    lane.batch = value;
    lane.at = 0;
    lane.key = Math.max(lane.key, keyOf(value[0]!, lane.key));
    return true;
  }
}

/** A binary heap of lanes, least key first. */
class Heap {
  private readonly items: Lane[];

  constructor(lanes: readonly Lane[]) {
    this.items = [...lanes].sort((a, b) => (before(a, b) ? -1 : 1));
  }

  top(): Lane | undefined {
    return this.items[0];
  }

  /** The lane that would be next if the first were taken away. */
  second(): Lane | undefined {
    const [, a, b] = this.items;
    return a && b ? (before(a, b) ? a : b) : (a ?? b);
  }

  pop(): void {
    const last = this.items.pop()!;
    if (this.items.length > 0) {
      this.items[0] = last;
      this.sink();
    }
  }

  /** Restores the order after the first lane's key grew. */
  sink(): void {
    const { items } = this;
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= items.length) return;
      const right = left + 1;
      const least = right < items.length && before(items[right]!, items[left]!) ? right : left;
      if (before(items[i]!, items[least]!)) return;
      [items[i], items[least]] = [items[least]!, items[i]!];
      i = least;
    }
  }
}
