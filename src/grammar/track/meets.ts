import { buildNfa, type Nfa } from "../automaton/nfa.js";
import { ByteSet } from "../bytes.js";
import { attempt, bodyOf } from "../heads/heads.js";
import type { Shape } from "../types.js";
import type { Track } from "./step.js";

/** Runs are counted up to so many; what is longer is a run of any length, which meets no less. */
const UNROLL = 16;

/** One byte of a track: which it may be, whether more of it may follow, and whether it may be left out. */
interface Place {
  readonly set: ByteSet;
  readonly loops: boolean;
  readonly optional: boolean;
}

/** The texts of a track, as they are compared with shapes. */
export class TrackTexts {
  private readonly places: Place[];
  /** By place: what {@link behind} found. */
  private readonly followers: number[][] = [];
  /** By byte: places that may be it. */
  private readonly having = new Map<number, number[]>();
  /** By place: the last step of a search that came to it, as steps are counted. */
  private readonly reached: Uint32Array;
  private steps = 0;

  constructor(track: Track) {
    this.places = track.flatMap((step): Place[] => {
      if (step.kind === "bytes")
        return [...step.bytes].map((byte) => ({ set: ByteSet.of(byte), loops: false, optional: false }));
      return step.kind === "run" ? placesOf(step.set, step.min, step.max) : [];
    });
    this.reached = new Uint32Array(this.places.length + 1);
  }

  /** May the shape claim one of the texts? `false` is certain; look-aheads, and what else the expression forbids, are passed over. */
  mayMeet(shape: Shape): boolean {
    const { prefix = "", literals } = shape;
    if (prefix !== "" && !this.mayHold(prefix, true)) return false;
    for (const set of literals) if (!set.some((literal) => this.mayHold(literal, false))) return false;
    const nfa = automatonOf(shape);
    return nfa === undefined || this.shares(nfa);
  }

  /** May one of the texts hold a literal, or begin with it? */
  private mayHold(literal: string, atBegin: boolean): boolean {
    let here: readonly number[] = atBegin ? this.from(0) : this.placesWith(literal.charCodeAt(0));
    for (let i = 0; i < literal.length; i++) {
      here = this.step(here, literal.charCodeAt(i));
      if (here.length === 0) return false;
    }
    return true;
  }

  /** Where the texts may be behind a byte, which stands at one of these places. */
  private step(here: readonly number[], byte: number): number[] {
    const { places, reached } = this;
    const step = ++this.steps;
    const next: number[] = [];
    for (const at of here) {
      if (!places[at]?.set.has(byte)) continue;
      for (const to of this.behind(at)) {
        if (reached[to] === step) continue;
        reached[to] = step;
        next.push(to);
      }
    }
    return next;
  }

  private placesWith(byte: number): readonly number[] {
    let found = this.having.get(byte);
    if (!found) {
      found = [...this.places.keys()].filter((at) => this.places[at]!.set.has(byte));
      this.having.set(byte, found);
    }
    return found;
  }

  /** Have they a text in common with an automaton? Walks both at once. */
  private shares(nfa: Nfa): boolean {
    const { places } = this;
    const width = nfa.states.length;
    const seen = new Set<number>();
    const queue: number[] = [];
    const add = (at: number, state: number) => {
      const pair = at * width + state;
      if (seen.has(pair)) return;
      seen.add(pair);
      queue.push(pair);
    };
    for (const at of this.from(0)) add(at, nfa.entry);
    for (let pair = queue.pop(); pair !== undefined; pair = queue.pop()) {
      const at = Math.floor(pair / width);
      const state = nfa.states[pair % width]!;
      if (state.kind === "split") for (const to of state.to) add(at, to);
      else if (state.kind === "mark") add(at, state.next);
      else if (state.kind === "accept") {
        if (at === places.length) return true;
      } else if (at < places.length && state.set.overlaps(places[at]!.set))
        for (const to of this.behind(at)) add(to, state.next);
    }
    return false;
  }

  /** Where the texts may be behind a place. */
  private behind(at: number): readonly number[] {
    return (this.followers[at] ??= this.places[at]!.loops ? [at, ...this.from(at + 1)] : this.from(at + 1));
  }

  /** A place, and those behind it that are reached without a byte; one more than there are is the end. */
  private from(at: number): number[] {
    const found = [at];
    for (let next = at; this.places[next]?.optional; next++) found.push(next + 1);
    return found;
  }
}

function placesOf(set: ByteSet, min: number, max: number): Place[] {
  const places: Place[] = [];
  const fixed = Math.min(min, UNROLL);
  for (let i = 0; i < fixed; i++) places.push({ set, loops: false, optional: false });
  if (max > UNROLL) places.push({ set, loops: true, optional: true });
  else for (let i = fixed; i < max; i++) places.push({ set, loops: false, optional: true });
  return places;
}

const automata = new WeakMap<Shape, { readonly nfa: Nfa | undefined }>();

/** Shapes last as long as the program, and so do their automata. */
function automatonOf(shape: Shape): Nfa | undefined {
  let known = automata.get(shape);
  if (!known)
    automata.set(shape, (known = { nfa: attempt(() => buildNfa(bodyOf(shape.regex, "passed over"))) }));
  return known.nfa;
}
