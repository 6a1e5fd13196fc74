import type { Shape } from "../types.js";
import { attempt, bodyOf } from "./heads.js";
import { NOWHERE, Powerset } from "./powerset.js";

const ZERO = 48;
const NINE = 57;
/** So much of a line is its opening: a stamp in any form is shorter. */
const LENGTH = 20;

/** How a line opens, with all digits as 0: the same for lines whose stamps have the same form. */
export const openingOf = (line: string): string => line.slice(0, LENGTH).replace(/\d/g, "0");

const patterns = new WeakMap<Shape, { readonly automaton: Powerset | undefined }>();

/** Shapes last as long as the program, and so do their automata; they are made when somebody asks. */
function automatonOf(shape: Shape): Powerset | undefined {
  let known = patterns.get(shape);
  if (!known) {
    const automaton = attempt(() => new Powerset(bodyOf(shape.regex, "passed over")));
    patterns.set(shape, (known = { automaton }));
  }
  return known.automaton;
}

/**
 * May the shape match some text that opens like this, whatever its digits? `false` is certain: the shape's automaton has no way to go
 * on. It reads more than the expression where that looks ahead.
 */
export function mayOpen(shape: Shape, opening: string): boolean {
  const automaton = automatonOf(shape);
  if (!automaton) return true;
  let places = new Set([automaton.start]);
  for (let at = 0; at < opening.length; at++) {
    const byte = opening.charCodeAt(at);
    const next = new Set<number>();
    for (const place of places) {
      const last = byte === ZERO ? NINE : byte;
      for (let each = byte; each <= last; each++) next.add(automaton.step(place, each));
    }
    next.delete(NOWHERE);
    if (next.size === 0) return false;
    places = next;
  }
  return true;
}
