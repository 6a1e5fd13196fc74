import type { Event } from "../../model/event.js";
import type { Pending } from "./pending.js";
import { Seen } from "./seen.js";

/** All that is remembered for one value of the `by` fields. */
export interface Slot {
  /** By number of events found so far, less one. Only the latest sequence in each state, as in Elastic. */
  states: (Pending | undefined)[];
  /** Complete but for missing events at the end. */
  waiting: Pending[];
  /** What came by for each gap at the start; nothing for the others. */
  seen: Seen[];
  /** Latest time of anything in here. */
  touched: number;
}

/** The open keys of a sequence, in the order of their last touch: at most so many, and with a span none older than it. */
export class Slots {
  private readonly byKey = new Map<string, Slot>();
  /** Keys that were given up with a sequence under way. */
  forgotten = 0;

  /**
   * @param gaps how many the sequence has
   * @param close told of a slot that is given back to work, or forgotten because its time is over: what waits in it can be decided
   */
  constructor(
    private readonly gaps: number,
    private readonly maxKeys: number,
    private readonly close: (slot: Slot) => void,
  ) {}

  get size(): number {
    return this.byKey.size;
  }

  get(key: string): Slot | undefined {
    return this.byKey.get(key);
  }

  values(): IterableIterator<Slot> {
    return this.byKey.values();
  }

  clear(): void {
    this.byKey.clear();
  }

  /** The slot of a key, touched by the event; `create`: also where there was none. */
  touch(key: string, event: Event, create: boolean): Slot | undefined {
    let slot = this.byKey.get(key);
    if (slot === undefined) {
      if (!create) return undefined;
      if (this.byKey.size >= this.maxKeys) this.forgetOldest();
      slot = this.empty();
    } else {
      this.byKey.delete(key);
      this.close(slot);
    }
    if (event.latest > slot.touched) slot.touched = event.latest;
    this.byKey.set(key, slot);
    return slot;
  }

  /** Forgets the keys for which nothing can happen any more: those last touched before `time` (µs). */
  prune(time: number): void {
    for (const [key, slot] of this.byKey) {
      if (!(slot.touched < time)) return;
      this.close(slot);
      this.byKey.delete(key);
    }
  }

  private empty(): Slot {
    const seen = Array.from({ length: this.gaps }, () => Seen.nothing());
    return { states: [], waiting: [], seen, touched: -Infinity };
  }

  private forgetOldest(): void {
    const [key, slot] = this.byKey.entries().next().value!;
    this.byKey.delete(key);
    if (slot.states.some((one) => one !== undefined) || slot.waiting.length > 0) this.forgotten += 1;
  }
}
