import type { PacketRows } from "../../decode/packet/row-decoder.js";
import type { Event } from "../../model/event.js";

const FIRST_CAPACITY = 1 << 12;
const SLOTS = 1 << 16;

/** How an item is to be dealt with when it leaves the window. Bits. */
export const FLAG = {
  /** A question or answer that is not plain. */
  KEEP: 1,
  /** An answer whose question was dropped. */
  DROPPED: 2,
  /** It is made into events already. */
  MADE: 4,
} as const;

/**
 * The items of the last seconds of the stream, oldest first. Each has a number, counted from the stream's beginning; what is known of
 * item `n` lies at index `n & mask` of the arrays. A busy capture has tens of thousands: numbers in arrays, no objects.
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
  /** The segment's place in `held` (0: none), and the row in it. */
  slots = new Uint16Array(FIRST_CAPACITY);
  rows = new Int32Array(FIRST_CAPACITY);
  /** Of questions: key, number of the answer (-1: none), and number of the question before with the same id. */
  keys = new Int32Array(FIRST_CAPACITY);
  answers = new Int32Array(FIRST_CAPACITY);
  before = new Int32Array(FIRST_CAPACITY);
  /** Of items that are made into events already. */
  readonly events = new Map<number, readonly Event[]>();
  /** The segments whose rows are in the window. */
  readonly held: (PacketRows | undefined)[] = [];
  /** How many they are. */
  segments = 0;
  private slot = 0;

  /** Adds an item. @returns its number */
  add(kind: number, time: number, slot: number, row: number): number {
    if (this.tail - this.head > this.mask) this.grow();
    const number = this.tail++;
    const at = number & this.mask;
    this.times[at] = time;
    this.kinds[at] = kind;
    this.flags[at] = 0;
    this.slots[at] = slot;
    this.rows[at] = row;
    return number;
  }

  /** Adds an item that is made into events already. @returns its number */
  addMade(kind: number, time: number, slot: number, row: number, events: readonly Event[]): number {
    const number = this.add(kind, time, slot, row);
    this.flags[number & this.mask] = FLAG.MADE;
    this.events.set(number, events);
    return number;
  }

  /** The segment that an item is a row of, and which row. */
  segmentOf(number: number): PacketRows {
    return this.held[this.slots[number & this.mask]!]!;
  }

  rowOf(number: number): number {
    return this.rows[number & this.mask]!;
  }

  /** Finds a place for a segment; there must be fewer than 60 000. */
  hold(rows: PacketRows): number {
    do this.slot = (this.slot + 1) % SLOTS;
    while (this.slot === 0 || this.held[this.slot] !== undefined);
    this.held[this.slot] = rows;
    this.segments++;
    return this.slot;
  }

  /** The last row of a segment has left. */
  letGo(slot: number): void {
    this.held[slot] = undefined;
    this.segments--;
  }

  /** Counts from 0 again; the window must be empty. */
  restart(): void {
    this.head = 0;
    this.tail = 0;
  }

  private grow(): void {
    const old = { ...this };
    const capacity = (this.mask + 1) * 2;
    this.mask = capacity - 1;
    this.times = new Float64Array(capacity);
    this.kinds = new Uint8Array(capacity);
    this.flags = new Uint8Array(capacity);
    this.slots = new Uint16Array(capacity);
    this.rows = new Int32Array(capacity);
    this.keys = new Int32Array(capacity);
    this.answers = new Int32Array(capacity);
    this.before = new Int32Array(capacity);
    for (let number = this.head; number < this.tail; number++) {
      const [from, to] = [number & old.mask, number & this.mask];
      this.times[to] = old.times[from]!;
      this.kinds[to] = old.kinds[from]!;
      this.flags[to] = old.flags[from]!;
      this.slots[to] = old.slots[from]!;
      this.rows[to] = old.rows[from]!;
      this.keys[to] = old.keys[from]!;
      this.answers[to] = old.answers[from]!;
      this.before[to] = old.before[from]!;
    }
  }
}
