import { type CharSet, type Node, parsePattern } from "./regex-syntax.js";

/**
 * Regular expressions that run in linear time whatever the text: evidence is hostile, and a backtracking engine
 * can be made to hang by a text that almost matches. Thompson's construction, simulated over sets of states
 * (R. Cox, "Regular Expression Matching Can Be Simple And Fast", https://swtch.com/~rsc/regexp/regexp1.html),
 * with the sets kept as a deterministic automaton that grows while it is used.
 */

/** More states than this: the expression is refused. */
const MAX_STATES = 2_000;
/** Remembered sets of states; beyond, the memory is emptied and begun again. */
const MAX_REMEMBERED = 500;

interface State {
  accepts?: CharSet;
  next: number[];
}

export interface TextRegex {
  /** True when the whole text matches, as in Lucene: write `.*` around a part. */
  test(text: string): boolean;
}

/**
 * @param pattern Lucene's syntax without its optional operators (`~ & < > # @`), with the classes `\d \w \s` and their capitals
 * @returns the matcher, or why the pattern is refused
 */
export function compileRegex(pattern: string, ignoreCase: boolean): TextRegex | { problem: string } {
  const parsed = parsePattern(pattern, ignoreCase);
  if ("problem" in parsed) return parsed;
  const states: State[] = [];
  const add = (state: State): number => states.push(state) - 1;
  const end = add({ next: [] });
  const start = build(parsed.node, end, add, states);
  if (start === undefined) return { problem: `it needs more than ${MAX_STATES} states` };
  return new Automaton(states, start, end);
}

/** States for `node` that go on to `next`; `undefined` when there are too many. */
function build(node: Node, next: number, add: (state: State) => number, states: State[]): number | undefined {
  if (states.length > MAX_STATES) return undefined;
  switch (node.is) {
    case "set":
      return add({ accepts: node.set, next: [next] });
    case "row": {
      let at: number | undefined = next;
      for (let i = node.of.length - 1; i >= 0 && at !== undefined; i -= 1)
        at = build(node.of[i]!, at, add, states);
      return at;
    }
    case "either": {
      const starts: number[] = [];
      for (const part of node.of) {
        const start = build(part, next, add, states);
        if (start === undefined) return undefined;
        starts.push(start);
      }
      return add({ next: starts });
    }
    case "repeat": {
      let at: number | undefined = next;
      if (node.max === Infinity) {
        const loop = add({ next: [next] });
        const body = build(node.of, loop, add, states);
        if (body === undefined) return undefined;
        states[loop]!.next.push(body);
        at = loop;
      } else {
        for (let i = node.min; i < node.max && at !== undefined; i += 1) {
          const body = build(node.of, at, add, states);
          at = body === undefined ? undefined : add({ next: [body, next] });
        }
      }
      for (let i = 0; i < node.min && at !== undefined; i += 1) at = build(node.of, at, add, states);
      return at;
    }
  }
}

/** A set of states with its known successors by character code. */
interface Known {
  states: number[];
  accepting: boolean;
  after: Map<number, Known>;
}

class Automaton implements TextRegex {
  private known = new Map<string, Known>();
  private first: Known;

  constructor(
    private readonly states: readonly State[],
    private readonly start: number,
    private readonly end: number,
  ) {
    this.first = this.remember([start]);
  }

  test(text: string): boolean {
    let at = this.first;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      const next: Known = at.after.get(code) ?? this.advance(at, code);
      if (next.states.length === 0) return false;
      at = next;
    }
    return at.accepting;
  }

  private advance(from: Known, code: number): Known {
    const targets: number[] = [];
    for (const index of from.states) {
      const state = this.states[index]!;
      if (state.accepts?.has(code)) targets.push(state.next[0]!);
    }
    if (this.known.size > MAX_REMEMBERED) {
      this.known = new Map();
      this.first = this.remember([this.start]);
    }
    const next = this.remember(targets);
    if (from.after.size < MAX_REMEMBERED) from.after.set(code, next);
    return next;
  }

  /** The set with everything reachable without a character. */
  private remember(from: readonly number[]): Known {
    const seen = new Set<number>();
    const open = [...from];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (seen.has(index)) continue;
      seen.add(index);
      const state = this.states[index]!;
      if (state.accepts === undefined) open.push(...state.next);
    }
    const states = [...seen].filter((i) => i === this.end || this.states[i]!.accepts).sort((a, b) => a - b);
    const key = states.join();
    let known = this.known.get(key);
    if (known === undefined) {
      known = { states, accepting: seen.has(this.end), after: new Map() };
      this.known.set(key, known);
    }
    return known;
  }
}
