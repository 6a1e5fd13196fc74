import type { Event } from "../../model/event.js";
import { actionsOf } from "./actions.js";
import type { SequenceQuery, Step } from "./ast.js";
import { compilePattern } from "./compile.js";
import { keysOf } from "./keys.js";

/** A test of a step, with the keys under which an event takes part. */
export interface StepTest {
  test(event: Event): boolean;
  keys(event: Event): readonly string[];
}

/** An event that must be missing, and after how many present ones. */
export interface Gap extends StepTest {
  /** 0: before the first; equal to the number of states: after the last. */
  after: number;
  /** What a `Coverage` must cover to prove the absence. */
  kinds: readonly string[];
}

/** A sequence taken apart: its states (`runs` written out) and its gaps. */
export interface Plan {
  states: StepTest[];
  gaps: Gap[];
  until?: StepTest;
  /** µs; Infinity without `maxspan`. */
  maxspan: number;
  /** Has gaps before the first event. */
  leads: boolean;
  /** Has gaps after the last one. */
  trails: boolean;
}

/** Compiles one step. */
export function testOf(step: Step): StepTest {
  return { test: compilePattern(step), keys: (event) => keysOf(event, step.by) };
}

/** The kinds of event that a pattern asks for: its actions, or else its category. */
function kindsOf(step: Step): string[] {
  const actions = actionsOf(step.where);
  return actions !== undefined && actions.size > 0 ? [...actions] : [step.category ?? "any"];
}

/** Compiles the steps of a sequence. */
export function planOf(query: SequenceQuery): Plan {
  const states: StepTest[] = [];
  const gaps: Gap[] = [];
  for (const step of query.steps) {
    const test = testOf(step);
    if (step.missing === true) gaps.push({ ...test, after: states.length, kinds: kindsOf(step) });
    else for (let run = 0; run < (step.runs ?? 1); run += 1) states.push(test);
  }
  const leads = gaps.some(({ after }) => after === 0);
  const trails = gaps.some(({ after }) => after === states.length);
  const plan: Plan = { states, gaps, maxspan: query.maxspan ?? Infinity, leads, trails };
  if (query.until !== undefined) plan.until = testOf(query.until);
  return plan;
}
