import { ByteSet } from "../bytes.js";
import { firstBytes } from "../ir/facts.js";
import type { Node } from "../ir/ir.js";
import type { Place } from "../language/ast.js";

/** Counted repetitions are unrolled to this many; the rest is a loop, which can only cause a false alarm. */
const UNROLL = 64;
/** States beyond which a shape is too large to prove. */
const MAX_STATES = 6000;

/** What a state stands for in messages: `STATE`, `bridge.state:STATE`, `") entered "`. */
export interface Label {
  text: string;
  at?: Place;
}

/** One byte is read here. `starts`: the STOPs (of an `upto`) that must not begin at this byte. */
export interface Read {
  kind: "read";
  set: ByteSet;
  next: number;
  label: Label;
  starts: readonly number[];
  /** Bytes of the literal from here on, when it is part of one. */
  left?: string;
}

export type State =
  | Read
  | { kind: "split"; to: number[]; ordered: boolean; at?: Place }
  /** A capture begins (`open`) or ends here; `single`: just a mark that this way was taken. */
  | { kind: "mark"; slot: number; open: boolean; single?: true; next: number }
  | { kind: "accept"; stop: number };

export interface Nfa {
  states: State[];
  entry: number;
  accept: number;
  /** Entry states of the STOPs, by number. */
  stops: number[];
  /** Whether it reads exactly what the regex reads (false when a count was cut to a loop). */
  exact: boolean;
}

/** The shape has too many states. */
export class TooLarge extends Error {}

/**
 * Builds the position automaton of a pattern: one reading state per byte class occurrence, with splits (in order of
 * priority) and capture marks between them.
 * @throws TooLarge
 */
export function buildNfa(root: Node): Nfa {
  const builder = new Builder();
  const accept = builder.add({ kind: "accept", stop: -1 });
  const entry = builder.build(root, accept, { label: { text: "the record" }, starts: [] });
  return { states: builder.states, entry, accept, stops: builder.stops, exact: builder.exact };
}

interface Context {
  label: Label;
  starts: readonly number[];
  named?: boolean;
}

class Builder {
  readonly states: State[] = [];
  readonly stops: number[] = [];
  exact = true;

  add(state: State): number {
    if (this.states.length >= MAX_STATES) throw new TooLarge();
    return this.states.push(state) - 1;
  }

  /** Builds the node so that it goes on to `next`; gives its entry state. */
  build(node: Node, next: number, context: Context): number {
    switch (node.kind) {
      case "class":
        return this.add({ kind: "read", set: node.set, next, label: context.label, starts: context.starts });
      case "literal":
        return this.literal(node.bytes, next, context);
      case "sequence":
        return node.items.reduceRight((to, item) => this.build(item, to, context), next);
      case "choice": {
        const to = node.items.map((item) => this.build(item, next, context));
        return this.split(to, node.ordered, node.at);
      }
      case "repeat":
        return this.repeat(node, next, context);
      case "named":
        if (context.named) return this.build(node.item, next, context);
        return this.build(node.item, next, {
          ...context,
          named: true,
          label: { text: node.name, ...(node.at ? { at: node.at } : {}) },
        });
      case "slot": {
        if (!node.item) return this.add({ kind: "mark", slot: node.slot, open: false, single: true, next });
        const close = this.add({ kind: "mark", slot: node.slot, open: false, next });
        const inner = this.build(node.item, close, context);
        return this.add({ kind: "mark", slot: node.slot, open: true, next: inner });
      }
      case "upto":
        return this.upto(node, next, context);
    }
  }

  private literal(bytes: string, next: number, context: Context): number {
    let to = next;
    for (let i = bytes.length - 1; i >= 0; i--) {
      const left = bytes.slice(i);
      const label = context.named ? context.label : { ...context.label, text: JSON.stringify(bytes) };
      to = this.add({
        kind: "read",
        set: ByteSet.of(bytes[i]!),
        next: to,
        label,
        starts: context.starts,
        left,
      });
    }
    return to;
  }

  private repeat(node: Node & { kind: "repeat" }, next: number, context: Context): number {
    let to = next;
    const { min, max, item } = node;
    if (max === Number.POSITIVE_INFINITY || max > UNROLL) {
      if (max !== Number.POSITIVE_INFINITY) this.exact = false;
      const loop = this.add({ kind: "split", to: [], ordered: false, ...(node.at ? { at: node.at } : {}) });
      const body = this.build(item, loop, context);
      (this.states[loop] as State & { kind: "split" }).to.push(body, next);
      to = loop;
    } else {
      for (let i = min; i < max; i++)
        to = this.split([this.build(item, to, context), next], node.ordered, node.at);
    }
    if (min > UNROLL) this.exact = false;
    for (let i = 0; i < Math.min(min, UNROLL); i++) to = this.build(item, to, context);
    return to;
  }

  /** Any byte, or a quoted text as a whole, over and over; STOP must not begin at a byte outside the quotes. */
  private upto(node: Node & { kind: "upto" }, next: number, context: Context): number {
    const stop = this.stops.length;
    this.stops.push(-1);
    const accept = this.add({ kind: "accept", stop });
    this.stops[stop] = this.build(node.stop, accept, { label: context.label, starts: [], named: true });
    const loop = this.add({ kind: "split", to: [], ordered: false, at: node.at });
    const label = context.named ? context.label : { text: "upto", at: node.at };
    const set = node.quoted ? ByteSet.ALL.minus(firstBytes(node.quoted)) : ByteSet.ALL;
    const to = (this.states[loop] as State & { kind: "split" }).to;
    to.push(this.add({ kind: "read", set, next: loop, label, starts: [...context.starts, stop] }));
    if (node.quoted) to.push(this.build(node.quoted, loop, { ...context, label, named: true }));
    to.push(next);
    return loop;
  }

  private split(to: number[], ordered: boolean, at?: Place): number {
    return this.add({ kind: "split", to, ordered, ...(at ? { at } : {}) });
  }
}
