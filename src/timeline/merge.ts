import type { Event } from "../model/event.js";
import { type BatchStream, Lane, type Sink } from "./lanes.js";

/** A source's events in file order, a batch at a time; `begins` as of any {@link BatchStream}. */
export type EventStream = AsyncIterator<Event[]> & Pick<BatchStream, "begins">;

/** Batches of this many events are given on. */
const ENOUGH = 1024;

const never = () => false;

/**
 * Merges sources into one order, a batch of each in memory at a time:
 *
 * 1. within a source by its file, whatever the stamps say (a clock that was stepped back must not invert cause and effect);
 * 2. between sources by the earliest time at which a record can have happened, but not before the records above it;
 * 3. of those that tie, the one whose latest time is earlier, since it surely was then;
 * 4. then the source that comes first in the list.
 *
 * Records without a time take the place of the record above them. Copies of one packet in one capture are so in the order of their
 * hops, which is that of the file. The order of two records is proven only where their intervals do not overlap or they share a file; who
 * compares must look at the intervals. Of a source that says when it begins nothing is in memory before that: of five hundred rotated
 * logs only those that overlap are.
 *
 * @param sink takes the items in runs, from one source each
 */
export async function mergeInto(streams: readonly BatchStream[], sink: Sink): Promise<void> {
  for await (const _ of steps(streams, sink, never));
}

/**
 * The same for events alone, in batches.
 *
 * @param isCut is asked when a stream is over: was it left before the source's end? Then the merge ends there, because what comes next may
 * lie in what was not given. Absent: none ever is.
 */
export async function* merge(
  streams: readonly EventStream[],
  isCut: () => boolean = never,
): AsyncGenerator<Event[]> {
  let out: Event[] = [];
  const sink: Sink = {
    pushEvents: (events, from, to) => {
      for (let i = from; i < to; i++) out.push(events[i]!);
    },
    pushRows: () => {},
  };
  for await (const _ of steps(streams, sink, isCut)) {
    if (out.length < ENOUGH) continue;
    yield out;
    out = [];
  }
  if (out.length > 0) yield out;
}

/** Fills the sink, up to the end of some source's batch in each step. */
async function* steps(
  streams: readonly BatchStream[],
  sink: Sink,
  isCut: () => boolean,
): AsyncGenerator<void> {
  const lanes: Lane[] = [];
  for (const [order, stream] of streams.entries()) {
    const lane = new Lane(stream, order);
    if (stream.begins !== undefined || (await lane.refill())) lanes.push(lane);
    else if (isCut()) return;
  }
  const heap = new Heap(lanes);
  for (let lane = heap.top(); lane; lane = heap.top()) {
    // Take from this lane for as long as it stays ahead of the next: no heap work per item.
    if (lane.asleep || !lane.drain(heap.second(), sink)) {
      yield;
      if (!(await lane.refill())) {
        if (isCut()) return;
        heap.pop();
        continue;
      }
    }
    heap.sink();
  }
}

/** A binary heap of lanes, the one that comes next first. */
class Heap {
  private readonly items: Lane[];

  constructor(lanes: readonly Lane[]) {
    this.items = [...lanes].sort((a, b) => (a.isBefore(b) ? -1 : 1));
  }

  top(): Lane | undefined {
    return this.items[0];
  }

  /** The lane that would be next if the first were taken away. */
  second(): Lane | undefined {
    const [, a, b] = this.items;
    return a && b ? (a.isBefore(b) ? a : b) : (a ?? b);
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
      const least = right < items.length && items[right]!.isBefore(items[left]!) ? right : left;
      if (items[i]!.isBefore(items[least]!)) return;
      [items[i], items[least]] = [items[least]!, items[i]!];
      i = least;
    }
  }
}
