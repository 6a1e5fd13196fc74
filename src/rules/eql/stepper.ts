import type { Event } from "../../model/event.js";
import type { Coverage } from "../coverage.js";
import { type Required, requiredOf } from "./actions.js";
import type { SequenceQuery } from "./ast.js";
import { Judge } from "./judge.js";
import type { Matcher, Report } from "./match.js";
import { within } from "./order.js";
import { extend, type Pending, sameEvents } from "./pending.js";
import { type Plan, planOf } from "./plan.js";

const DEFAULT_MAX_KEYS = 10_000;
/** Complete sequences under one key that wait for the end of their span, to see that an event stays missing. */
const MAX_WAITING = 1_000;

const NOBODY: Set<Pending> = new Set();

/** All that is remembered for one value of the `by` fields. */
interface Slot {
  /** By number of events found so far, less one. Only the latest sequence in each state, as in Elastic. */
  states: (Pending | undefined)[];
  /** Complete but for missing events at the end. */
  waiting: Pending[];
  /** The last event seen for each gap. */
  seen: (Event | undefined)[];
  /** Latest time of anything in here. */
  touched: number;
}

/**
 * Matches a sequence in one pass over the timeline, as Elastic's state machine does: each key has at most one
 * pending sequence per state, and a later one replaces it. Events are pushed in the timeline's order.
 * Memory is bounded: what is older than `maxspan` is forgotten, and at most `maxKeys` keys are followed.
 */
export class Stepper implements Matcher {
  readonly required: Required;
  private readonly plan: Plan;
  private readonly judge: Judge;
  private readonly slots = new Map<string, Slot>();
  private watermark = -Infinity;
  private forgotten = 0;
  private overflowed = 0;

  constructor(
    query: SequenceQuery,
    coverage: Coverage,
    private readonly maxKeys = DEFAULT_MAX_KEYS,
  ) {
    this.plan = planOf(query);
    this.judge = new Judge(this.plan, coverage);
    this.required = requiredOf(query.until === undefined ? query.steps : [...query.steps, query.until]);
  }

  /** Offers the next event. Matches are reported at once, those that wait for an absence when it is decided. */
  push(event: Event, report: Report): void {
    this.advance(event.time, report);
    const { states, gaps, until, maxspan } = this.plan;
    // Allocated only when needed: most events step on nothing.
    let advanced: Set<Pending> = NOBODY;
    let complete: Pending[] | undefined;
    for (let state = states.length - 1; state >= 0; state -= 1) {
      const step = states[state]!;
      if (!step.test(event)) continue;
      for (const key of step.keys(event)) {
        const slot = this.slotFor(key, state === 0, event, report);
        if (slot === undefined) continue;
        let next: Pending | undefined;
        if (state === 0) next = { events: [event], certain: true, leading: slot.seen.slice() };
        else {
          const from = slot.states[state - 1];
          if (from === undefined || advanced.has(from)) continue;
          next = extend(from, event, maxspan);
          if (next !== undefined) slot.states[state - 1] = undefined;
        }
        if (next === undefined) continue;
        if (advanced === NOBODY) advanced = new Set();
        advanced.add(next);
        if (state === states.length - 1) {
          if (complete?.some((other) => sameEvents(other, next))) continue;
          complete = [...(complete ?? []), next];
          this.completed(slot, next, report);
        } else slot.states[state] = next;
      }
    }
    for (const [index, gap] of gaps.entries())
      if (gap.test(event)) this.seenInGap(index, event, advanced, report);
    if (until?.test(event)) {
      for (const key of until.keys(event)) {
        const slot = this.slots.get(key);
        if (slot === undefined) continue;
        slot.states = slot.states.map((one) => (one !== undefined && advanced.has(one) ? one : undefined));
      }
    }
  }

  advance(now: number, report: Report): void {
    if (!(now > this.watermark)) return;
    this.watermark = now;
    this.prune(report);
  }

  end(report: Report): void {
    for (const slot of this.slots.values()) this.decide(slot, Infinity, report);
    this.judge.end(report);
    this.slots.clear();
    this.watermark = -Infinity;
  }

  notes(): string[] {
    const notes: string[] = [];
    if (this.forgotten > 0)
      notes.push(
        `${this.forgotten} unfinished sequences were given up: more than ${this.maxKeys} values of its \`by\` fields were open at once`,
      );
    if (this.overflowed > 0)
      notes.push(
        `${this.overflowed} sequences were not decided: more than ${MAX_WAITING} waited under one key`,
      );
    return notes;
  }

  /** The slot of a key; a new one only where a sequence begins (or a gap must be remembered). */
  private slotFor(key: string, create: boolean, event: Event, report: Report): Slot | undefined {
    let slot = this.slots.get(key);
    if (slot === undefined) {
      if (!create) return undefined;
      if (this.slots.size >= this.maxKeys) {
        const [oldest, dropped] = this.slots.entries().next().value!;
        this.slots.delete(oldest);
        this.forgotten +=
          dropped.states.some((one) => one !== undefined) || dropped.waiting.length > 0 ? 1 : 0;
      }
      slot = {
        states: [],
        waiting: [],
        seen: new Array(this.plan.gaps.length).fill(undefined),
        touched: -Infinity,
      };
    } else {
      this.slots.delete(key);
      this.decide(slot, this.watermark, report);
    }
    if (event.latest > slot.touched) slot.touched = event.latest;
    this.slots.set(key, slot);
    return slot;
  }

  /** Forgets the keys for which nothing can happen any more. The map's order is that of the last touch. */
  private prune(report: Report): void {
    if (this.plan.maxspan === Infinity) return;
    for (const [key, slot] of this.slots) {
      if (!(slot.touched + this.plan.maxspan < this.watermark)) return;
      this.decide(slot, this.watermark, report);
      this.slots.delete(key);
    }
  }

  /** An event that a gap forbids: ends what it stands in the middle of. */
  private seenInGap(index: number, event: Event, advanced: ReadonlySet<Pending>, report: Report): void {
    const gap = this.plan.gaps[index]!;
    for (const key of gap.keys(event)) {
      const slot = this.slotFor(key, gap.after === 0, event, report);
      if (slot === undefined) continue;
      slot.seen[index] = event;
      if (gap.after === this.plan.states.length) {
        slot.waiting = slot.waiting.filter((one) => one.events.at(-1) === event);
      } else if (gap.after > 0) {
        const pending = slot.states[gap.after - 1];
        if (pending !== undefined && !advanced.has(pending)) slot.states[gap.after - 1] = undefined;
      }
    }
  }

  /** All states found: decides the gaps before and between, waits for those at the end. */
  private completed(slot: Slot, sequence: Pending, report: Report): void {
    const last = sequence.events.at(-1)!;
    for (const [index, gap] of this.plan.gaps.entries()) {
      const seen = gap.after === 0 ? sequence.leading[index] : undefined;
      if (seen !== undefined && within(seen, last, this.plan.maxspan) !== undefined) return;
    }
    if ((this.plan.gaps.at(-1)?.after ?? 0) < this.plan.states.length) {
      this.judge.judge(sequence, report);
      return;
    }
    if (slot.waiting.length >= MAX_WAITING) {
      slot.waiting.shift();
      this.overflowed += 1;
    }
    slot.waiting.push(sequence);
  }

  /** Reports the waiting sequences whose span ended before `now`. */
  private decide(slot: Slot, now: number, report: Report): void {
    let over = 0;
    for (const sequence of slot.waiting) {
      if (now !== Infinity && !(sequence.events[0]!.latest + this.plan.maxspan < now)) break;
      over += 1;
      this.judge.judge(sequence, report);
    }
    if (over > 0) slot.waiting.splice(0, over);
  }
}
