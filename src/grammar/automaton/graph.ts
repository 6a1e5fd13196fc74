import { type Automaton, DEAD, NO_PENDING } from "./automaton.js";
import type { Step } from "./follow.js";

/** Nodes of the explored graph beyond which a shape is too large to prove. */
const MAX_NODES = 20_000;

/** A state together with the STOPs under way. */
export interface GraphNode {
  state: number;
  pending: number;
  /** Shortest text that leads here: the node before and the class read there. */
  from: { node: number; klass: number } | undefined;
}

export interface Arc {
  klass: number;
  to: number;
  step: Step;
}

/** All (state, pending) pairs that some text reaches, with their arcs. Accepting nodes forget what was pending. */
export class Graph {
  readonly nodes: GraphNode[] = [];
  private readonly ids = new Map<number, number>();
  private readonly arcLists: Arc[][] = [];
  tooLarge = false;

  constructor(readonly automaton: Automaton) {
    for (const step of automaton.initial) this.node(step.to, NO_PENDING);
    for (let i = 0; i < this.nodes.length && !this.tooLarge; i++) this.arcs(i);
  }

  /** Number of the node; makes it when it is new, as one that the node `before` leads to by a byte of `klass` (none: where the text begins). */
  node(state: number, pending: number, before = -1, klass = -1): number {
    const own = pending === NO_PENDING || !this.automaton.read(state) ? NO_PENDING : pending;
    const key = state * 65536 + own;
    let id = this.ids.get(key);
    if (id === undefined) {
      id =
        this.nodes.push({ state, pending: own, from: before < 0 ? undefined : { node: before, klass } }) - 1;
      this.ids.set(key, id);
      if (id >= MAX_NODES) this.tooLarge = true;
    }
    return id;
  }

  accepts(id: number): boolean {
    return this.automaton.read(this.nodes[id]!.state) === undefined;
  }

  /** Ways out of a node; for nodes without pending STOPs each way stands once, with one class that can be read. */
  arcs(id: number): readonly Arc[] {
    const known = this.arcLists[id];
    if (known) return known;
    const { automaton } = this;
    const { state, pending } = this.nodes[id]!;
    const arcs: Arc[] = [];
    this.arcLists[id] = arcs;
    if (this.accepts(id)) return arcs;
    const plain = automaton.isPlain(state, pending);
    for (let klass = 0; klass < automaton.bytes.length; klass++) {
      if (!automaton.canRead(state, klass)) continue;
      const next = automaton.advance(state, pending, klass);
      if (next === DEAD) continue;
      for (const step of automaton.stepsFrom(state)) {
        arcs.push({ klass, to: this.node(step.to, next, id, klass), step });
      }
      if (plain) break;
    }
    return arcs;
  }

  /** Shortest text that leads to a node, as bytes. */
  textTo(id: number): string {
    let text = "";
    for (let at = this.nodes[id]!.from; at; at = this.nodes[at.node]!.from) {
      text = String.fromCharCode(this.automaton.bytes[at.klass]!) + text;
    }
    return text;
  }

  /** Shortest text from a node to the end of the record; `undefined` when there is none. */
  textFrom(id: number): string | undefined {
    const before = new Map<number, { node: number; klass: number } | undefined>([[id, undefined]]);
    for (const node of before.keys()) {
      if (this.accepts(node)) {
        let text = "";
        for (let at = before.get(node); at; at = before.get(at.node)) {
          text = String.fromCharCode(this.automaton.bytes[at.klass]!) + text;
        }
        return text;
      }
      for (const arc of this.arcs(node)) {
        if (!before.has(arc.to)) before.set(arc.to, { node, klass: arc.klass });
      }
    }
    return undefined;
  }
}
