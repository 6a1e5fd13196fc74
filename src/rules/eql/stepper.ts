import type { Event } from "../../model/event.js";
import type { Coverage } from "../coverage.js";
import { type Required, requiredOf } from "./actions.js";
import type { SequenceQuery } from "./ast.js";
import { begun, stillWaiting } from "./ends.js";
import { Judge } from "./judge.js";
import { Late } from "./late.js";
import type { Matcher, Report } from "./match.js";
import { before } from "./order.js";
import { patternsOf } from "./patterns.js";
import { extend, extendBack, forbid, type Pending, sameEvents } from "./pending.js";
import { type Gap, type Plan, planOf } from "./plan.js";
import { type Slot, Slots } from "./slots.js";
import { newTurn, type Turn } from "./turn.js";

const DEFAULT_MAX_KEYS = 10_000;
/** Complete sequences under one key that wait for the end of their span, to see that an event stays missing. */
const MAX_WAITING = 1_000;

/**
 * Matches a sequence in one pass over the timeline, as Elastic's state machine does: each key has at most one
 * pending sequence per state, and a later one replaces it. Events are pushed in the timeline's order.
 * Memory is bounded: what is older than `maxspan` is forgotten, and at most `maxKeys` keys are followed.
 *
 * Times are intervals. What the timeline's order does not prove, because two of them overlap, makes the answer "cannot tell": the order
 * of two events, a span, and whether a forbidden event (of a gap, or `until`) lay inside.
 */
export class Stepper implements Matcher {
  readonly required: Required;
  private readonly plan: Plan;
  private readonly judge: Judge;
  private readonly slots: Slots;
  private readonly eachKey: boolean;
  private readonly late: { states: readonly Late[]; gaps: readonly Late[]; until: Late | undefined };
  private watermark = -Infinity;
  private overflowed = 0;
  private report: Report = () => {};
  /** Used again for each event: most lead to nothing. */
  private readonly turn: Turn = newTurn();

  constructor(
    query: SequenceQuery,
    coverage: Coverage,
    private readonly maxKeys = DEFAULT_MAX_KEYS,
  ) {
    this.plan = planOf(query);
    this.judge = new Judge(this.plan, coverage);
    this.required = requiredOf(patternsOf(query));
    const { gaps, states } = this.plan;
    this.slots = new Slots(gaps.length, maxKeys, (slot) => this.decide(slot, this.watermark));
    this.eachKey = query.eachKey === true;
    const { until } = this.plan;
    this.late = {
      states: states.map((step) => new Late(step)),
      gaps: gaps.map((gap) => new Late(gap)),
      until: until && new Late(until),
    };
  }

  /** Offers the next event. Matches are reported at once, those that wait for an absence when it is decided. */
  push(event: Event, report: Report): void {
    this.report = report;
    this.advance(event.time, report);
    const { states, gaps, until } = this.plan;
    const turn = this.turnOf(event);
    for (let state = states.length - 1; state >= 0; state -= 1) {
      const step = states[state]!;
      if (!step.test(event)) continue;
      if (state > 0) {
        this.late.states[state]!.add(event);
        if (this.slots.size === 0) continue;
      }
      for (const key of step.keys(event)) {
        const slot = this.slots.touch(key, event, state === 0);
        if (slot !== undefined) this.offer(slot, state, key, turn);
      }
    }
    for (const [index, gap] of gaps.entries()) if (gap.test(event)) this.forbidInGap(index, gap, turn);
    if (until?.test(event)) {
      this.late.until!.add(event);
      if (this.slots.size > 0) for (const key of until.keys(event)) this.endBy(key, turn);
    }
  }

  advance(now: number, report: Report): void {
    if (!(now > this.watermark)) return;
    this.report = report;
    this.watermark = now;
    if (this.plan.maxspan !== Infinity) this.slots.prune(now - this.plan.maxspan);
  }

  end(report: Report): void {
    this.report = report;
    for (const slot of this.slots.values()) this.decide(slot, Infinity);
    this.judge.end(report);
    this.slots.clear();
    for (const late of [...this.late.states, ...this.late.gaps, this.late.until]) late?.clear();
    this.watermark = -Infinity;
  }

  notes(): string[] {
    const notes: string[] = [];
    if (this.slots.forgotten > 0)
      notes.push(
        `${this.slots.forgotten} unfinished sequences were given up: more than ${this.maxKeys} values of its \`by\` fields were open at once`,
      );
    if (this.overflowed > 0)
      notes.push(
        `${this.overflowed} sequences were not decided: more than ${MAX_WAITING} waited under one key`,
      );
    return notes;
  }

  private turnOf(event: Event): Turn {
    const { turn } = this;
    turn.event = event;
    if (turn.advanced.size > 0) turn.advanced.clear();
    turn.complete.length = 0;
    return turn;
  }

  /** The event fits this state: begins a sequence, or moves one on. */
  private offer(slot: Slot, state: number, key: string, turn: Turn): void {
    const { event, advanced } = turn;
    if (state === 0) {
      const sure = (this.late.until?.after(event, key).length ?? 0) === 0;
      const leading = slot.seen.map((seen) => seen.snapshot());
      this.place(slot, 0, { events: [event], key, sure, leading }, turn);
      return;
    }
    const from = slot.states[state - 1];
    if (from === undefined || advanced.has(from)) return;
    const next = extend(from, event, this.howFrom(state - 1));
    if (next === undefined) return;
    slot.states[state - 1] = undefined;
    this.place(slot, state, next, turn);
  }

  private howFrom(state: number) {
    const { states, maxspan } = this.plan;
    return { maxspan, repeats: states[state] === states[state + 1] };
  }

  /** A sequence has come to a state. */
  private place(slot: Slot, state: number, sequence: Pending, turn: Turn): void {
    const { states, gaps, maxspan } = this.plan;
    const last = sequence.events.at(-1)!;
    const { key } = sequence;
    const doubtful = gaps.some(
      (gap, i) => gap.after > 0 && gap.after === state + 1 && this.late.gaps[i]!.after(last, key).length > 0,
    );
    const here = doubtful ? { ...sequence, sure: false } : sequence;
    turn.advanced.add(here);
    if (state === states.length - 1) {
      if (!this.eachKey && turn.complete.some((other) => sameEvents(other, here))) return;
      turn.complete.push(here);
      this.completed(slot, here);
      return;
    }
    slot.states[state] = here;
    // One that the timeline put first may be the next all the same.
    const isFree = state + 1 === states.length - 1 || slot.states[state + 1] === undefined;
    if (!isFree || this.howFrom(state).repeats) return;
    for (const late of this.late.states[state + 1]!.after(last, key)) {
      const back = extendBack(here, late, maxspan);
      if (back === undefined) continue;
      this.place(slot, state + 1, back, turn);
      return;
    }
  }

  /** An event that a gap forbids. */
  private forbidInGap(index: number, gap: Gap, { event, advanced }: Turn): void {
    const { states } = this.plan;
    if (gap.after > 0) {
      this.late.gaps[index]!.add(event);
      if (this.slots.size === 0) return;
    }
    for (const key of gap.keys(event)) {
      const slot = this.slots.touch(key, event, gap.after === 0);
      if (slot === undefined) continue;
      if (gap.after === 0) {
        slot.seen[index]!.add(event);
        // It may have happened before what the timeline put first.
        const led = (one: Pending): Pending =>
          one.events.includes(event) || before(one.events[0]!, event) === "certain"
            ? one
            : { ...one, sure: false };
        slot.states = slot.states.map((one) => one && led(one));
        slot.waiting = slot.waiting.map(led);
      } else if (gap.after === states.length) {
        slot.waiting = slot.waiting.flatMap((one) => stillWaiting(one, event, this.plan));
      } else {
        const from = slot.states[gap.after - 1];
        if (from !== undefined && !advanced.has(from))
          slot.states[gap.after - 1] = forbid(from, event, from.events.at(-1)!, "inGap");
      }
    }
  }

  /** `until`: the sequences that have begun under this key are over, also those that this event itself is part of, as by Elastic. */
  private endBy(key: string, { event, advanced }: Turn): void {
    const slot = this.slots.get(key);
    if (slot === undefined) return;
    slot.states = slot.states.map((one) =>
      one === undefined || advanced.has(one) ? undefined : forbid(one, event, one.events[0]!, "ending"),
    );
  }

  /** All states found: decides the gaps before it, waits for those at the end. */
  private completed(slot: Slot, sequence: Pending): void {
    const complete = this.plan.leads ? begun(sequence, this.plan) : sequence;
    if (complete === undefined) return;
    if (!this.plan.trails) {
      this.judge.judge(complete, this.report);
      return;
    }
    if (slot.waiting.length >= MAX_WAITING) {
      slot.waiting.shift();
      this.overflowed += 1;
    }
    slot.waiting.push(complete);
  }

  /** Reports the waiting sequences whose span ended before `now`. */
  private decide(slot: Slot, now: number): void {
    let over = 0;
    for (const sequence of slot.waiting) {
      if (now !== Infinity && !(sequence.events[0]!.latest + this.plan.maxspan < now)) break;
      over += 1;
      this.judge.judge(sequence, this.report);
    }
    if (over > 0) slot.waiting.splice(0, over);
  }
}
