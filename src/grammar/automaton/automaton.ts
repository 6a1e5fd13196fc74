import type { ByteSet } from "../bytes.js";
import type { Node } from "../ir/ir.js";
import { follow, type Step, type Twice } from "./follow.js";
import { buildNfa, type Nfa, type Read } from "./nfa.js";

/** No STOP is under way. */
export const NO_PENDING = 0;
/** A STOP was read in full where it must not begin: this way of reading is not allowed. */
export const DEAD = -1;

/**
 * The automaton with its tables: byte classes, ways from state to state, and the STOPs of `upto` that are under way
 * ("pending": a set of places inside STOPs, by number). A STOP that began inside an `upto` and is completed later,
 * outside it, forbids that reading just as the regex's look-ahead does.
 */
export class Automaton {
  readonly nfa: Nfa;
  /** Class of each byte. */
  readonly classOf = new Uint8Array(256);
  /** A byte of each class, a readable one if it has one. */
  readonly bytes: number[] = [];
  /** A state that can be reached twice without reading, if there is one: the automaton must then not be run. */
  readonly twice: Twice | undefined;
  readonly initial: readonly Step[];
  private readonly steps: (readonly Step[] | undefined)[];
  /** Classes that a reading state reads. */
  private readonly reads: (Uint8Array | undefined)[];
  private readonly pendings: (readonly number[])[] = [[]];
  private readonly pendingIds = new Map<string, number>([["", 0]]);
  private readonly moves = new Map<number, number>();
  private readonly stopStarts: number[][];

  /** @throws TooLarge */
  constructor(root: Node) {
    this.nfa = buildNfa(root);
    const { states } = this.nfa;
    this.partition();
    let twice: Twice | undefined;
    const from = (state: number): readonly Step[] => {
      const found = follow(this.nfa, state);
      twice ??= found.twice;
      return found.steps;
    };
    this.initial = from(this.nfa.entry);
    this.stopStarts = this.nfa.stops.map((entry) => from(entry).map((step) => step.to));
    this.steps = states.map((state) => (state.kind === "read" ? from(state.next) : undefined));
    // A few dozen sets stand for thousands of states.
    const classesOf = new Map<string, Uint8Array>();
    this.reads = states.map((state) => {
      if (state.kind !== "read") return undefined;
      const { set } = state;
      let read = classesOf.get(set.key);
      if (!read) {
        read = new Uint8Array(this.bytes.length);
        for (let klass = 0; klass < read.length; klass++) if (set.has(this.bytes[klass]!)) read[klass] = 1;
        classesOf.set(set.key, read);
      }
      return read;
    });
    this.twice = twice;
  }

  read(state: number): Read | undefined {
    const found = this.nfa.states[state]!;
    return found.kind === "read" ? found : undefined;
  }

  stepsFrom(state: number): readonly Step[] {
    return this.steps[state] ?? [];
  }

  canRead(state: number, klass: number): boolean {
    return this.reads[state]?.[klass] === 1;
  }

  /** Whether what is pending after a byte does not depend on the byte. */
  isPlain(state: number, pending: number): boolean {
    return pending === NO_PENDING && this.read(state)!.starts.length === 0;
  }

  /** What is pending after `state` read a byte of the class; DEAD when a STOP was completed. */
  advance(state: number, pending: number, klass: number): number {
    const { starts } = this.read(state)!;
    if (pending === NO_PENDING && starts.length === 0) return NO_PENDING;
    const key = (pending * 65536 + state) * 256 + klass;
    let next = this.moves.get(key);
    if (next === undefined) {
      next = this.compute(starts, pending, klass);
      this.moves.set(key, next);
    }
    return next;
  }

  private compute(starts: readonly number[], pending: number, klass: number): number {
    const places = new Set<number>();
    const begin = starts.flatMap((stop) => this.stopStarts[stop]!);
    for (const place of [...this.pendings[pending]!, ...begin]) {
      if (!this.canRead(place, klass)) continue;
      for (const { to } of this.stepsFrom(place)) {
        if (this.nfa.states[to]!.kind === "accept") return DEAD;
        places.add(to);
      }
    }
    const list = [...places].sort((a, b) => a - b);
    const key = list.join(",");
    let id = this.pendingIds.get(key);
    if (id === undefined) {
      id = this.pendings.push(list) - 1;
      this.pendingIds.set(key, id);
    }
    return id;
  }

  /** Bytes that all states treat alike are one class. */
  private partition(): void {
    const sets = new Map<string, ByteSet>();
    for (const state of this.nfa.states) if (state.kind === "read") sets.set(state.set.key, state.set);
    const alike = refine(sets.values());
    const classes = new Int16Array(256).fill(-1);
    for (const byte of READABLE_FIRST) {
      const part = alike[byte]!;
      if (classes[part]! < 0) classes[part] = this.bytes.push(byte) - 1;
      this.classOf[byte] = classes[part]!;
    }
  }
}

/**
 * Parts of the bytes: two bytes are in one part if each of the sets has both of them or neither. A set costs as much as it has members, and most are
 * single bytes of literals.
 *
 * @returns The number of each byte's part.
 */
function refine(sets: Iterable<ByteSet>): Uint8Array {
  const partOf = new Uint8Array(256);
  /** How many bytes each part has, and how many of them the set at hand. */
  const sizes = [256];
  const inside = new Uint16Array(256);
  const moved = new Int16Array(256);
  for (const set of sets) {
    const members = set.members();
    for (const byte of members) {
      const part = partOf[byte]!;
      inside[part] = inside[part]! + 1;
      moved[part] = -1;
    }
    const parts = sizes.length;
    for (const byte of members) {
      const part = partOf[byte]!;
      if (inside[part] === sizes[part]) continue;
      if (moved[part]! < 0) moved[part] = sizes.push(inside[part]!) - 1;
      partOf[byte] = moved[part]!;
    }
    for (let part = 0; part < parts; part++) {
      if (inside[part]! < sizes[part]!) sizes[part] = sizes[part]! - inside[part]!;
      inside[part] = 0;
    }
  }
  return partOf;
}

/** Letters before digits before signs before blanks before the rest. */
function readability(byte: number): number {
  if (byte >= 97 && byte <= 122) return 5;
  if (byte >= 65 && byte <= 90) return 4;
  if (byte >= 48 && byte <= 57) return 3;
  return byte > 32 && byte < 127 ? 2 : byte === 32 ? 1 : 0;
}

/** The first class that will do makes the witness. */
const READABLE_FIRST = Array.from({ length: 256 }, (_, byte) => byte).sort(
  (a, b) => readability(b) - readability(a),
);
