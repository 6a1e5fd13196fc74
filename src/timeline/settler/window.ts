import type { PacketRows } from "../../decode/packet/row-decoder.js";
import type { Event } from "../../model/event.js";

const FIRST_CAPACITY = 1 << 12;

/** How an item is to be dealt with when it leaves the window. Bits. */
export const FLAG = {
  /** A question or answer that is not plain. */
  KEEP: 1,
  /** An answer whose question was dropped. */
  DROPPED: 2,
} as const;

/**
 * The items of the last seconds of the stream, oldest first. Each has a number, counted from the stream's beginning; what is known of
 * item `n` lies at index `n & mask` of the arrays.
 */
export class Window {
  /** Number of the oldest item, and of the one that comes next. */
  head = 0;
  tail = 0;
  mask = FIRST_CAPACITY - 1;
  /** µs UTC: that of the item before for items without a time. */
  times = new Float64Array(FIRST_CAPACITY);
  kinds = new Uint8Array(FIRST_CAPACITY);
  flags = new Uint8Array(FIRST_CAPACITY);
  /** The row of its segment. */
  rows = new Int32Array(FIRST_CAPACITY);
  /** Of questions: key and number of the answer (-1: none), and of the question before with the same id. */
  keys = new Int32Array(FIRST_CAPACITY);
  answers = new Float64Array(FIRST_CAPACITY);
  before = new Float64Array(FIRST_CAPACITY);
  /** The segment that the item is a row of, and the events that it is made to already. */
  segments: (PacketRows | undefined)[] = new Array(FIRST_CAPACITY).fill(undefined);
  events: (readonly Event[] | undefined)[] = new Array(FIRST_CAPACITY).fill(undefined);

  get size(): number {
    return this.tail - this.head;
  }

  /** Adds an item. @returns its number */
  add(kind: number, time: number, segment?: PacketRows, row = 0, events?: readonly Event[]): number {
    if (this.tail - this.head > this.mask) this.grow();
    const number = this.tail++;
    const at = number & this.mask;
    this.times[at] = time;
    this.kinds[at] = kind;
    this.flags[at] = 0;
    this.rows[at] = row;
    this.segments[at] = segment;
    if (events !== undefined) this.events[at] = events;
    return number;
  }

  /** The oldest item leaves. */
  drop(): void {
    const at = this.head++ & this.mask;
    this.segments[at] = undefined;
    this.events[at] = undefined;
  }

  private grow(): void {
    const old = { ...this };
    const capacity = (this.mask + 1) * 2;
    this.mask = capacity - 1;
    this.times = new Float64Array(capacity);
    this.kinds = new Uint8Array(capacity);
    this.flags = new Uint8Array(capacity);
    this.rows = new Int32Array(capacity);
    this.keys = new Int32Array(capacity);
    this.answers = new Float64Array(capacity);
    this.before = new Float64Array(capacity);
    this.segments = new Array(capacity).fill(undefined);
    this.events = new Array(capacity).fill(undefined);
    for (let number = this.head; number < this.tail; number++) {
      const [from, to] = [number & old.mask, number & this.mask];
      this.times[to] = old.times[from]!;
      this.kinds[to] = old.kinds[from]!;
      this.flags[to] = old.flags[from]!;
      this.rows[to] = old.rows[from]!;
      this.keys[to] = old.keys[from]!;
      this.answers[to] = old.answers[from]!;
      this.before[to] = old.before[from]!;
      this.segments[to] = old.segments[from];
      this.events[to] = old.events[from];
    }
  }
}
