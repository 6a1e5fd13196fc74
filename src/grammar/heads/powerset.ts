import { buildNfa, type Nfa } from "../automaton/nfa.js";
import { ByteSet } from "../bytes.js";
import type { Node } from "../ir/ir.js";
import { NotRead } from "./parse.js";

const NEWLINE = 10;
/** Where runs of bytes begin that are treated alike, whatever the pattern: at both line ends, and behind them. */
const EDGES = ByteSet.of("\0\n\v\r\x0e");
const ANY_IN_A_LINE = ByteSet.range(NEWLINE, NEWLINE).complement();

/** No way of reading is left. */
export const NOWHERE = 0;

/**
 * A pattern's automaton, made deterministic as far as it is asked for: a place is a set of states, by number
 * (Rabin and Scott, "Finite automata and their decision problems", 1959). Places that differ in nothing but their numbers do not occur.
 */
export class Powerset {
  /** The place before the first byte. */
  readonly start: number;
  private readonly nfa: Nfa;
  private readonly classOf = new Uint8Array(256);
  /**
   * The first and the last byte of the run in which each lies: of those in a row that are treated alike everywhere. Line ends
   * are runs of their own.
   */
  readonly runFrom = new Uint8Array(256);
  readonly runTo = new Uint8Array(256);
  private classes = 0;
  private readonly places: (readonly number[])[] = [[]];
  private readonly ids = new Map<string, number>([["", NOWHERE]]);
  private readonly moves = new Map<number, number>();
  private readonly closures = new Map<number, readonly number[]>();
  private readonly universal = new Map<number, boolean>();

  /** @throws NotRead when the pattern counts further than its automaton, TooLarge */
  constructor(pattern: Node) {
    this.nfa = buildNfa(pattern);
    if (!this.nfa.exact) throw new NotRead("a count that is too high");
    this.partition();
    this.start = this.place(this.closure(this.nfa.entry));
  }

  /** How many places are known. */
  get size(): number {
    return this.places.length;
  }

  /** The place behind one more byte. */
  step(place: number, byte: number): number {
    const key = place * 256 + this.classOf[byte]!;
    let next = this.moves.get(key);
    if (next === undefined) {
      const found = new Set<number>();
      for (const number of this.places[place]!) {
        const state = this.nfa.states[number]!;
        if (state.kind === "read" && state.set.has(byte))
          for (const to of this.closure(state.next)) found.add(to);
      }
      next = this.place([...found].sort((a, b) => a - b));
      this.moves.set(key, next);
    }
    return next;
  }

  /** May the text end here? */
  accepts(place: number): boolean {
    return this.places[place]!.includes(this.nfa.accept);
  }

  /**
   * Is whatever follows within the line accepted, and its end at any place? So it is where one state reads every byte but the line
   * feed, comes back to itself, and may end there.
   */
  acceptsAnyLine(place: number): boolean {
    let known = this.universal.get(place);
    if (known === undefined) {
      known = this.accepts(place) && this.places[place]!.some((state) => this.readsAnyLine(state));
      this.universal.set(place, known);
    }
    return known;
  }

  private readsAnyLine(number: number): boolean {
    const state = this.nfa.states[number]!;
    if (state.kind !== "read" || !state.set.intersect(ANY_IN_A_LINE).equals(ANY_IN_A_LINE)) return false;
    const next = this.closure(state.next);
    return next.includes(number) && next.includes(this.nfa.accept);
  }

  private place(states: readonly number[]): number {
    const key = states.join(",");
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.places.push(states) - 1;
      this.ids.set(key, id);
    }
    return id;
  }

  /** The reading and accepting states that are reached from a state without reading, ascending. */
  private closure(from: number): readonly number[] {
    const known = this.closures.get(from);
    if (known) return known;
    const { states } = this.nfa;
    const seen = new Set([from]);
    for (const number of seen) {
      const state = states[number]!;
      if (state.kind === "mark") seen.add(state.next);
      else if (state.kind === "split") for (const to of state.to) seen.add(to);
    }
    const isEnd = (number: number) => states[number]!.kind === "read" || states[number]!.kind === "accept";
    const found = [...seen].filter(isEnd).sort((a, b) => a - b);
    this.closures.set(from, found);
    return found;
  }

  /** Bytes that all states treat alike are one class. */
  private partition(): void {
    const sets = new Map<string, ByteSet>();
    for (const state of this.nfa.states) if (state.kind === "read") sets.set(state.set.key, state.set);
    let edges = EDGES;
    for (const set of sets.values()) edges = edges.union(set.edges());
    const signatures = new Map<string, number>();
    for (let byte = 0; byte < 256; byte++) {
      // Nearly all bytes are treated like their neighbours.
      if (!edges.has(byte)) {
        this.classOf[byte] = this.classOf[byte - 1]!;
        this.runFrom[byte] = this.runFrom[byte - 1]!;
        continue;
      }
      this.runFrom[byte] = byte;
      let signature = "";
      for (const set of sets.values()) signature += set.has(byte) ? "1" : "0";
      let number = signatures.get(signature);
      if (number === undefined) signatures.set(signature, (number = this.classes++));
      this.classOf[byte] = number;
    }
    for (let byte = 255; byte >= 0; byte--) {
      const isLast = byte === 255 || edges.has(byte + 1);
      this.runTo[byte] = isLast ? byte : this.runTo[byte + 1]!;
    }
  }
}
