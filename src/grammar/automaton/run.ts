import { type Automaton, DEAD, NO_PENDING } from "./automaton.js";
import type { Step } from "./follow.js";
import type { Label } from "./nfa.js";

/** Capture marks passed so far, newest first. */
interface Marks {
  state: number;
  offset: number;
  before: Marks | undefined;
}

/** One way of reading that is still alive: the state that reads next. */
interface Thread {
  state: number;
  pending: number;
  marks: Marks | undefined;
}

/** What a slot captured; an empty text for a mark. */
export type Captures = Map<number, { start: number; end: number }>;

export interface Run {
  matched: boolean;
  /** Offset of the first byte that no way of reading could take; the length when the text ended too early. */
  farthest: number;
  /** What could have stood there. */
  expected: Label[];
  /** What was captured: of the match, or of the first way of reading that got farthest. */
  captures: Captures;
}

/**
 * Runs the automaton over a text, breadth first: one live thread per state, in order of priority, so that it finds
 * the reading that a backtracking regex finds. No recursion; time is states × bytes.
 * Pike, "The text editor sam" (1987); Thompson, "Regular expression search algorithm" (1968).
 */
export function runAutomaton(automaton: Automaton, text: string): Run {
  let threads = start(automaton);
  for (let offset = 0; offset < text.length; offset++) {
    const klass = automaton.classOf[text.charCodeAt(offset) & 0xff]!;
    const next: Thread[] = [];
    const seen = new Set<number>();
    for (const thread of threads) {
      if (!automaton.canRead(thread.state, klass)) continue;
      const pending = automaton.advance(thread.state, thread.pending, klass);
      if (pending === DEAD) continue;
      for (const step of automaton.stepsFrom(thread.state)) {
        const key = step.to * 65536 + pending;
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ state: step.to, pending, marks: passed(thread.marks, step, offset + 1) });
      }
    }
    if (next.length === 0) return failed(automaton, threads, offset);
    threads = next;
  }
  const accepted = threads.find((thread) => !automaton.read(thread.state));
  if (!accepted) return failed(automaton, threads, text.length);
  return {
    matched: true,
    farthest: text.length,
    expected: [],
    captures: captured(automaton, accepted.marks),
  };
}

function start(automaton: Automaton): Thread[] {
  return automaton.initial.map((step) => ({
    state: step.to,
    pending: NO_PENDING,
    marks: passed(undefined, step, 0),
  }));
}

function passed(marks: Marks | undefined, step: Step, offset: number): Marks | undefined {
  let newest = marks;
  for (const state of step.marks) newest = { state, offset, before: newest };
  return newest;
}

function failed(automaton: Automaton, threads: readonly Thread[], offset: number): Run {
  const expected = new Map<string, Label>();
  for (const thread of threads) {
    const read = automaton.read(thread.state);
    const label = read ? { ...read.label } : { text: "the end of the record" };
    if (!expected.has(label.text)) expected.set(label.text, label);
  }
  const best = threads[0];
  return {
    matched: false,
    farthest: offset,
    expected: [...expected.values()],
    captures: best ? captured(automaton, best.marks) : new Map(),
  };
}

/** Newest complete capture of each slot. */
function captured(automaton: Automaton, marks: Marks | undefined): Captures {
  const captures: Captures = new Map();
  const ends = new Map<number, number>();
  for (let mark = marks; mark; mark = mark.before) {
    const state = automaton.nfa.states[mark.state]!;
    if (state.kind !== "mark" || captures.has(state.slot)) continue;
    if (state.single) captures.set(state.slot, { start: mark.offset, end: mark.offset });
    else if (!state.open) ends.set(state.slot, mark.offset);
    else if (ends.has(state.slot))
      captures.set(state.slot, { start: mark.offset, end: ends.get(state.slot)! });
  }
  return captures;
}
