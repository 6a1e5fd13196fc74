import { DEAD } from "./automaton.js";
import { divergence, type Step } from "./follow.js";
import type { Graph } from "./graph.js";
import type { Label } from "./nfa.js";

/** Pairs beyond which a shape is too large to prove. */
const MAX_PAIRS = 400_000;

/** A text that can be read in two ways, up to one common place. */
export interface Ambiguity {
  /** A whole record, as bytes. */
  text: string;
  one: Label;
  other: Label;
}

interface Pair {
  a: number;
  b: number;
  before?: Pair;
  /** Class read on the way here. */
  klass: number;
  /** Text before the fork; the labels at the fork. */
  fork: { text: string; one: Label; other: Label };
}

/**
 * Walks the product of the two branches of every fork: when a pair of nodes can step to one common node, some text
 * has two ways to get there. Forks between branches of an `ordered` part are let through: the first one wins.
 *
 * Strong ambiguity of position automata: Book, Even, Greibach, Ott, "Ambiguity in graphs and expressions" (1971).
 */
export function findAmbiguity(graph: Graph): Ambiguity | "too large" | undefined {
  const seen = new Set<number>();
  const queue: Pair[] = [];
  const push = (pair: Pair): void => {
    const [low, high] = pair.a < pair.b ? [pair.a, pair.b] : [pair.b, pair.a];
    const key = low * 65536 + high;
    if (seen.has(key)) return;
    seen.add(key);
    queue.push(pair);
  };
  const initial = graph.automaton.initial.map((step) => ({ to: graph.node(step.to, 0), step }));
  forks(graph, initial, "", -1, push);
  for (let id = 0; id < graph.nodes.length; id++) {
    const arcs = graph.arcs(id);
    for (let i = 0; i < arcs.length; ) {
      const { klass } = arcs[i]!;
      let end = i;
      while (end < arcs.length && arcs[end]!.klass === klass) end++;
      if (end - i > 1) forks(graph, arcs.slice(i, end), () => graph.textTo(id), klass, push);
      i = end;
    }
  }
  if (graph.tooLarge) return "too large";
  for (let i = 0; i < queue.length; i++) {
    if (queue.length > MAX_PAIRS) return "too large";
    const found = advance(graph, queue[i]!, push);
    if (found) return found;
  }
  return graph.tooLarge ? "too large" : undefined;
}

function forks(
  graph: Graph,
  arcs: readonly { to: number; step: Step }[],
  text: string | (() => string),
  klass: number,
  push: (pair: Pair) => void,
): void {
  for (let i = 0; i < arcs.length; i++) {
    for (let j = i + 1; j < arcs.length; j++) {
      const one = arcs[i]!;
      const other = arcs[j]!;
      if (!overlap(graph, one.to, other.to)) continue;
      const parts = divergence(one.step.trail, other.step.trail);
      const split = parts === undefined ? undefined : graph.automaton.nfa.states[parts]!;
      if (split?.kind === "split" && split.ordered) continue;
      const before = typeof text === "string" ? text : text();
      const fork = {
        text: before + (klass < 0 ? "" : String.fromCharCode(graph.automaton.bytes[klass]!)),
        one: labelOf(graph, one.to),
        other: labelOf(graph, other.to),
      };
      push({ a: one.to, b: other.to, klass: -1, fork });
    }
  }
}

function overlap(graph: Graph, a: number, b: number): boolean {
  const one = graph.automaton.read(graph.nodes[a]!.state);
  const other = graph.automaton.read(graph.nodes[b]!.state);
  return one !== undefined && other !== undefined && one.set.overlaps(other.set);
}

function advance(graph: Graph, pair: Pair, push: (pair: Pair) => void): Ambiguity | undefined {
  const { automaton } = graph;
  const a = graph.nodes[pair.a]!;
  const b = graph.nodes[pair.b]!;
  if (!automaton.read(a.state) || !automaton.read(b.state)) return undefined;
  const plain = automaton.isPlain(a.state, a.pending) && automaton.isPlain(b.state, b.pending);
  for (let klass = 0; klass < automaton.bytes.length; klass++) {
    if (!automaton.canRead(a.state, klass) || !automaton.canRead(b.state, klass)) continue;
    const nextA = automaton.advance(a.state, a.pending, klass);
    const nextB = automaton.advance(b.state, b.pending, klass);
    if (nextA === DEAD || nextB === DEAD) continue;
    let rest: string | undefined;
    for (const stepA of automaton.stepsFrom(a.state)) {
      const toA = graph.node(stepA.to, nextA);
      for (const stepB of automaton.stepsFrom(b.state)) {
        const toB = graph.node(stepB.to, nextB);
        if (toA !== toB) push({ a: toA, b: toB, before: pair, klass, fork: pair.fork });
        else rest = shorter(rest, graph.textFrom(toA));
      }
    }
    if (rest !== undefined) return witness(graph, pair, klass, rest);
    if (plain) return undefined;
  }
  return undefined;
}

function shorter(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.length < a.length ? b : a;
}

function witness(graph: Graph, last: Pair, klass: number, rest: string): Ambiguity {
  let middle = String.fromCharCode(graph.automaton.bytes[klass]!);
  for (let pair: Pair | undefined = last; pair && pair.klass >= 0; pair = pair.before) {
    middle = String.fromCharCode(graph.automaton.bytes[pair.klass]!) + middle;
  }
  return { text: last.fork.text + middle + rest, one: last.fork.one, other: last.fork.other };
}

function labelOf(graph: Graph, id: number): Label {
  return graph.automaton.read(graph.nodes[id]!.state)?.label ?? { text: "the end" };
}
