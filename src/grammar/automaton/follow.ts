import { type Nfa, type State, TooLarge } from "./nfa.js";

/** A way from one reading state to the next (or to the end) without reading. */
export interface Step {
  /** A reading or accepting state. */
  to: number;
  /** Decisions on the way, first one first: split state and branch. */
  trail: readonly (readonly [split: number, branch: number])[];
  /** Capture marks passed on the way. */
  marks: readonly number[];
}

/** A state that can be reached in two ways without reading: what a backtracker would do over and over. */
export interface Twice {
  to: number;
  /** Where the two ways part. */
  split: State & { kind: "split" };
}

/** Ways out of a state beyond which a shape is too large to prove. */
const MAX_STEPS = 1000;

/** Ways out of `from` (a state's `next`) in order of priority, or the state that is reached twice. */
export function follow(nfa: Nfa, from: number): { steps: Step[]; twice?: Twice } {
  const steps: Step[] = [];
  const seen = new Map<number, readonly (readonly [number, number])[]>();
  let twice: Twice | undefined;
  const stack: Step[] = [{ to: from, trail: [], marks: [] }];
  while (stack.length > 0 && !twice) {
    const step = stack.pop()!;
    if (seen.size > MAX_STEPS) throw new TooLarge();
    const state = nfa.states[step.to]!;
    const before = seen.get(step.to);
    if (before) {
      const at = divergence(before, step.trail) ?? step.trail.at(-1)?.[0];
      const split = nfa.states[at ?? step.to]!;
      if (split.kind === "split") twice = { to: step.to, split };
      break;
    }
    seen.set(step.to, step.trail);
    if (state.kind === "read" || state.kind === "accept") steps.push(step);
    else if (state.kind === "mark") {
      stack.push({ to: state.next, trail: step.trail, marks: [...step.marks, step.to] });
    } else {
      for (let i = state.to.length - 1; i >= 0; i--) {
        stack.push({ to: state.to[i]!, trail: [...step.trail, [step.to, i]], marks: step.marks });
      }
    }
  }
  return { steps, ...(twice ? { twice } : {}) };
}

/** The split at which two ways part, if they do. */
export function divergence(
  a: readonly (readonly [number, number])[],
  b: readonly (readonly [number, number])[],
): number | undefined {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i]![0] === b[i]![0] && a[i]![1] !== b[i]![1]) return a[i]![0];
    if (a[i]![0] !== b[i]![0]) return undefined;
  }
  return undefined;
}
