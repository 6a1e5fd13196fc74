import { type Candidate, DRIFT_APART, extremes, highOf, lowOf } from "./agreement.js";
import { momentsOf } from "./proof.js";
import { timeOf } from "./shared.js";

/** Those that agree must be of so many times as many moments as those that do not. */
const MAJORITY = 4;

/** So many moments that agree with each other, and not with what is known, show that a clock was stepped. */
const STEP_MOMENTS = 3;

/** Are candidates that do not agree with the others few, compared with those of the others that they contradict? */
export function isMajority(agreed: readonly Candidate[], objections: readonly Candidate[]): boolean {
  if (objections.length === 0) return true;
  return countOf(contradicting(agreed, objections)) >= MAJORITY * countOf(objections);
}

/**
 * Candidates that agree with each other: are they from the other side of a step? They are then earlier by both clocks than all that
 * they contradict, or later by both. What one source saw before and the other one after is not the same, for it comes twice.
 */
export function isBeyondStep(agreed: readonly Candidate[], known: readonly Candidate[]): boolean {
  const contradicted = contradicting(known, agreed);
  if (countOf(agreed) < STEP_MOMENTS || countOf(contradicted) < STEP_MOMENTS) return false;
  const byA = sideOf(agreed, contradicted, ({ a }) => timeOf(a));
  return byA !== 0 && byA === sideOf(agreed, contradicted, ({ b }) => timeOf(b));
}

/** Those of the candidates that cannot hold together with some of the others, whatever the drift. */
function contradicting(candidates: readonly Candidate[], others: readonly Candidate[]): Candidate[] {
  const [first, last] = extremes([...candidates, ...others].map(({ a }) => timeOf(a)));
  const slack = DRIFT_APART * (last - first);
  const [, low] = extremes(others.map(lowOf));
  const [high] = extremes(others.map(highOf));
  return candidates.filter((candidate) => lowOf(candidate) > high + slack || highOf(candidate) < low - slack);
}

const countOf = (candidates: readonly Candidate[]) => momentsOf(candidates.map(({ a }) => timeOf(a))).length;

/** -1: earlier than the others, 1: later, 0: among them. */
function sideOf(
  candidates: readonly Candidate[],
  others: readonly Candidate[],
  time: (candidate: Candidate) => number,
): -1 | 0 | 1 {
  const [first, last] = extremes(candidates.map(time));
  const [begin, end] = extremes(others.map(time));
  return last < begin ? -1 : first > end ? 1 : 0;
}
