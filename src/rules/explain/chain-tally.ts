import type { Event } from "../../model/event.js";
import { comparable } from "../../model/time.js";
import type { SequenceQuery, Step } from "../eql/ast.js";
import { keysOf } from "../eql/keys.js";
import { type PatternAccount, PatternTally } from "./pattern-tally.js";

/** Values of the `by` fields that are followed at once; of more, the oldest are given up. */
const MOST_KEYS = 10_000;

/** Two events that would have been neighbours in the sequence, had they been nearer. */
export interface Miss {
  first: Event;
  event: Event;
  /** µs from the first event of the sequence, at least: their times may be intervals. */
  after: number;
}

/** How far a sequence came with one of its steps. */
export interface StepAccount extends PatternAccount {
  /** The step must be missing: its matches speak against the sequence. */
  missing: boolean;
  runs: number;
  /** How often the sequence came so far. */
  reached: number;
  /** Events that fit, under values of the `by` fields for which no earlier step had come. */
  unprepared: number;
  /** Events that fit and lack a field that the sequence joins by. */
  unjoined: number;
  /** Came too late for the span by the least. */
  late?: Miss;
}

interface Chain {
  first: Event;
  last: Event;
}

interface StepTally {
  step: Step;
  tally: PatternTally;
  reached: number;
  unprepared: number;
  unjoined: number;
  late?: Miss;
}

/**
 * Follows a sequence step by step to say where it ended. It is no judge: what matches says the engine. It takes the timeline's
 * order as it is, and of each key the latest sequence in each step.
 */
export class ChainTally {
  private readonly steps: StepTally[];
  /** The steps that must be there, `runs` written out. */
  private readonly states: StepTally[];
  private readonly maxspan: number;
  private readonly chains = new Map<string, (Chain | undefined)[]>();

  constructor(query: SequenceQuery) {
    this.steps = query.steps.map((step) => ({
      step,
      tally: new PatternTally(step),
      reached: 0,
      unprepared: 0,
      unjoined: 0,
    }));
    this.states = this.steps
      .filter(({ step }) => step.missing !== true)
      .flatMap((one) => Array.from({ length: one.step.runs ?? 1 }, () => one));
    this.maxspan = query.maxspan ?? Infinity;
  }

  look(event: Event): void {
    const fits = new Set(this.steps.filter(({ tally }) => tally.look(event)));
    if (fits.size === 0) return;
    // The last first: one event is not two steps of one sequence.
    for (let state = this.states.length - 1; state >= 0; state -= 1) {
      const step = this.states[state]!;
      if (!fits.has(step)) continue;
      const keys = keysOf(event, step.step.by);
      if (keys.length === 0 && this.states.indexOf(step) === state) step.unjoined += 1;
      for (const key of keys) this.move(step, state, key, event);
    }
  }

  /** What follows shares no clock with what came. */
  boundary(): void {
    this.chains.clear();
  }

  account(): StepAccount[] {
    return this.steps.map(({ step, tally, reached, unprepared, unjoined, late }) => ({
      ...tally.account(),
      missing: step.missing === true,
      runs: step.runs ?? 1,
      reached,
      unprepared,
      unjoined,
      ...(late !== undefined && { late }),
    }));
  }

  private move(step: StepTally, state: number, key: string, event: Event): void {
    const chains = this.chainsOf(key);
    const before = chains[state - 1];
    const isLastRun = this.states[state + 1] !== step;
    if (state === 0) chains[0] = { first: event, last: event };
    else if (before === undefined) {
      if (this.states.indexOf(step) === state) step.unprepared += 1;
      return;
    } else if (!this.isInTime(step, before, event)) return;
    else {
      chains[state] = { first: before.first, last: event };
      chains[state - 1] = undefined;
    }
    if (isLastRun) step.reached += 1;
  }

  private isInTime(step: StepTally, { first, last }: Chain, event: Event): boolean {
    if (last === event || !comparable(first.time, event.time)) return false;
    const after = event.time - first.latest;
    if (after <= this.maxspan) return true;
    if (step.late === undefined || after < step.late.after) step.late = { first, event, after };
    return false;
  }

  private chainsOf(key: string): (Chain | undefined)[] {
    let chains = this.chains.get(key);
    if (chains === undefined) {
      if (this.chains.size >= MOST_KEYS) this.chains.delete(this.chains.keys().next().value!);
      this.chains.set(key, (chains = []));
    }
    return chains;
  }
}
