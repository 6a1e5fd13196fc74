import { bestOf } from "../ir/literals.js";
import type { Grammar, Shape } from "../types.js";
import { LiteralSearch } from "./search.js";

/** Length from which a leading literal is looked up by its first bytes. */
const PREFIX = 4;

export interface Entry {
  grammar: Grammar;
  shape: Shape;
}

/**
 * Shapes that may read a text, by the literals they require: a map on the first four bytes for those that begin with
 * a literal, one pass over the text for the rest. Entries are ranked: those that begin with `upto` last, most literal bytes first, then file order.
 */
export class Candidates {
  readonly entries: readonly Entry[];
  /** First four bytes → ranks, ascending. */
  private readonly byPrefix = new Map<number, number[]>();
  /** Ranks of shapes without any literal: tried always. */
  private readonly always: number[] = [];
  private readonly search: LiteralSearch | undefined;
  /** Literal → ranks. */
  private readonly byLiteral: number[][] = [];
  /** Query in which a rank was last found. */
  private readonly seen: Uint32Array;
  private query = 0;

  constructor(grammars: readonly Grammar[]) {
    this.entries = ranked(grammars);
    this.seen = new Uint32Array(this.entries.length);
    const ids = new Map<string, number>();
    this.entries.forEach(({ shape }, rank) => {
      const prefix = shape.prefix ?? "";
      if (prefix.length >= PREFIX) {
        const key = keyOf(prefix);
        const ranks = this.byPrefix.get(key);
        if (ranks) ranks.push(rank);
        else this.byPrefix.set(key, [rank]);
        return;
      }
      const best = bestOf(shape.literals);
      if (!best) this.always.push(rank);
      for (const literal of best ?? []) {
        let id = ids.get(literal);
        if (id === undefined) {
          id = this.byLiteral.push([]) - 1;
          ids.set(literal, id);
        }
        this.byLiteral[id]!.push(rank);
      }
    });
    if (ids.size > 0) this.search = new LiteralSearch([...ids.keys()]);
  }

  /** The shapes that are asked before one, where both may read a text. */
  before(shape: Shape): Shape[] {
    const rank = this.entries.findIndex((entry) => entry.shape === shape);
    return this.entries.slice(0, rank).map((entry) => entry.shape);
  }

  /** Ranks of the shapes that may read the text, best first. */
  of(text: string): readonly number[] {
    const prefixed = text.length >= PREFIX ? this.byPrefix.get(keyOf(text)) : undefined;
    const { search } = this;
    search?.scan(text);
    const literals = search?.count ?? 0;
    if (literals === 0 && this.always.length === 0) return prefixed ?? NONE;
    const found: number[] = [];
    const query = ++this.query;
    for (let i = 0; i < literals; i++) {
      for (const rank of this.byLiteral[search!.found[i]!]!) {
        if (this.seen[rank] === query) continue;
        this.seen[rank] = query;
        insert(found, rank);
      }
    }
    if (prefixed) for (const rank of prefixed) insert(found, rank);
    for (const rank of this.always) insert(found, rank);
    return found;
  }
}

/** Puts a rank into its place: there are so few that a sort would take longer. */
function insert(ranks: number[], rank: number): void {
  let at = ranks.length;
  ranks.push(rank);
  for (; at > 0 && ranks[at - 1]! > rank; at--) ranks[at] = ranks[at - 1]!;
  ranks[at] = rank;
}

const NONE: readonly number[] = [];

function keyOf(text: string): number {
  return (
    text.charCodeAt(0) | (text.charCodeAt(1) << 8) | (text.charCodeAt(2) << 16) | (text.charCodeAt(3) << 24)
  );
}

function ranked(grammars: readonly Grammar[]): Entry[] {
  // Weighed once: this is done for a thousand shapes, at most starts.
  const all = grammars.flatMap((grammar) =>
    grammar.shapes.map((shape) => ({ entry: { grammar, shape }, own: weightOf(shape) })),
  );
  let least = Number.POSITIVE_INFINITY;
  for (const { entry, own } of all)
    if (isAnchored(entry.shape) && entry.shape.pass !== undefined) least = Math.min(least, own);
  return all
    .map(({ entry, own }, order) => {
      return { entry, order, own, weight: isAnchored(entry.shape) ? own : Math.min(own, least - 1) };
    })
    .sort((a, b) => b.weight - a.weight || b.own - a.own || a.order - b.order)
    .map(({ entry }) => entry);
}

/**
 * Does it say how the text begins? What looks for its words anywhere must not take a text from a shape that reads the whole and hands on
 * the rest, in which the words are then found all the same.
 */
function isAnchored(shape: Shape): boolean {
  return shape.floats !== true;
}

/** Literal bytes of a shape: of each set the shortest literal. */
function weightOf(shape: Shape): number {
  let sum = 0;
  for (const set of shape.literals) {
    let shortest = Number.POSITIVE_INFINITY;
    for (const { length } of set) if (length < shortest) shortest = length;
    sum += shortest;
  }
  return sum;
}
