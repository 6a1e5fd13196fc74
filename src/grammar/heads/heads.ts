import type { Head } from "../../scan/scanner.js";
import { TooLarge } from "../automaton/nfa.js";
import { firstBytes } from "../ir/facts.js";
import type { Node } from "../ir/ir.js";
import type { Grammar, Shape } from "../types.js";
import { NotRead, parseRegex } from "./parse.js";
import { NOWHERE, Powerset } from "./powerset.js";

/** Where lines end: no byte of a head may be one of these, so that a line with a carriage return fits when the line without it does. */
const NEWLINE = 10;
const RETURN = 13;
/** A beginning that has not told within so many bytes what the record is, is not worth comparing. */
const LONGEST = 160;
/** So many places of one pattern are remembered, and then begun anew: lines can be made to lead to ever new ones. */
const MOST_PLACES = 20_000;

/**
 * Derives from an envelope's shapes how its records begin.
 *
 * A line that a shape claims is followed through the shape's automaton. At each byte, the bytes around it that lead to the same
 * place could stand there as well; where the automaton takes whatever follows, the beginning ends. A line whose bytes lie in these ranges
 * is claimed by the same shape: no expression has to be run. Nothing is derived from shapes that look at the end of a record
 * too, or that are more than `parseRegex` reads.
 */
export class HeadMaker {
  private readonly patterns = new Map<Shape, Powerset | undefined>();
  private readonly continuation: Powerset | undefined;
  /** By first byte: can the line continue the record before it? */
  readonly continuing = new Uint8Array(256);
  /** Records are framed in a way that no beginning of a line tells. */
  private readonly able: boolean;

  constructor(grammar: Grammar) {
    const { continuation, end } = grammar.framing;
    let able = !end;
    if (continuation) {
      const node = attempt(() => parseRegex(continuation.source));
      const first = node && firstBytes(node);
      for (let byte = 0; byte < 256; byte++) this.continuing[byte] = !first || first.has(byte) ? 1 : 0;
      this.continuation = node && attempt(() => new Powerset(node));
      able &&= this.continuation !== undefined;
    }
    this.able = able;
  }

  /**
   * The beginning that a line shares with others of its kind.
   * @param line a record of one line that the shape claims, without its line end
   * @returns `undefined` when nothing is certain about such lines
   */
  derive(shape: Shape, line: string): Head | undefined {
    const pattern = this.able ? this.patternOf(shape) : undefined;
    if (!pattern) return undefined;
    const low: number[] = [];
    const high: number[] = [];
    let place = pattern.start;
    while (!pattern.acceptsAnyLine(place)) {
      if (low.length === line.length || low.length === LONGEST) return undefined;
      const byte = line.charCodeAt(low.length);
      const next = pattern.step(place, byte);
      if (next === NOWHERE || isLineEnd(byte)) return undefined;
      const isAlike = (other: number) => !isLineEnd(other) && pattern.step(place, other) === next;
      let [from, to] = [pattern.runFrom[byte]!, pattern.runTo[byte]!];
      while (from > 0 && isAlike(from - 1)) from = pattern.runFrom[from - 1]!;
      while (to < 255 && isAlike(to + 1)) to = pattern.runTo[to + 1]!;
      low.push(from);
      high.push(to);
      place = next;
    }
    const head = { low: Uint8Array.from(low), high: Uint8Array.from(high) };
    return low.length > 0 && !this.mayContinue(head) ? head : undefined;
  }

  /** Is there a text with this beginning that continues the record before it? */
  private mayContinue({ low, high }: Head): boolean {
    const { continuation } = this;
    if (!continuation) return false;
    let places = new Set([continuation.start]);
    for (let i = 0; i < low.length && places.size > 0; i++) {
      const next = new Set<number>();
      for (const place of places) {
        if (continuation.accepts(place)) return true;
        for (let byte = low[i]!; byte <= high[i]!; byte++) next.add(continuation.step(place, byte));
      }
      next.delete(NOWHERE);
      places = next;
    }
    return places.size > 0;
  }

  private patternOf(shape: Shape): Powerset | undefined {
    const known = this.patterns.get(shape);
    if (known ? known.size < MOST_PLACES : this.patterns.has(shape)) return known;
    const pattern = attempt(() => new Powerset(bodyOf(shape.regex)));
    this.patterns.set(shape, pattern);
    return pattern;
  }
}

function isLineEnd(byte: number): boolean {
  return byte === NEWLINE || byte === RETURN;
}

/** The pattern of an expression that reads a record to its end. Throws `NotRead`. */
export function bodyOf(
  { source, flags }: Pick<RegExp, "source" | "flags">,
  lookAheads: Parameters<typeof parseRegex>[1] = "left out",
): Node {
  if (flags !== "y" || !source.endsWith("$"))
    throw new NotRead("an expression that does not read to the end");
  const node = parseRegex(source.slice(0, -1), lookAheads);
  // The end would belong to the last alternative only.
  if (node.kind === "choice") throw new NotRead("alternatives without a group");
  return node;
}

/** `undefined` where the pattern is too large or unknown: nothing is then derived from it. */
export function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof NotRead || error instanceof TooLarge) return undefined;
    throw error;
  }
}
