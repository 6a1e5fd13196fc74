import { literalsOf, weakShapes } from "../../grammar/index/index.js";
import { rawLiterals } from "../../grammar/ir/literals.js";
import type { Grammar, Shape } from "../../grammar/types.js";

/** A literal of one byte is in every line. */
const SHORTEST = 2;

/**
 * Literals one of which stands in each record of a format that can tell of a wanted happening. A happening is told by the format's own
 * shape, by the message shape that reads the record's words, or by one that reads an error inside them: whichever shape tells it has found its literals in
 * the record.
 *
 * @param envelope the source's main format, whose records hand words on
 * @param wants which happenings are wanted, by action
 * @returns `undefined` when any record can tell of one
 */
export function neededLiterals(
  envelope: Grammar,
  messages: readonly Grammar[],
  wants: (action: string) => boolean,
): string[] | undefined {
  const wanting = ({ event }: Shape) => wants(event);
  const needed = messages.map((grammar) => ({ ...grammar, shapes: grammar.shapes.filter(wanting) }));
  if (weakShapes(needed).some(({ literals }) => isVague(literals))) return undefined;
  const literals = new Set([...literalsOf(needed), ...(envelope.hides ?? [])]);
  for (const shape of envelope.shapes.filter(wanting)) {
    const own = rawLiterals(shape.literals);
    if (isVague(own)) return undefined;
    for (const literal of own) literals.add(literal);
  }
  return [...literals].sort();
}

function isVague(literals: readonly string[]): boolean {
  return literals.length === 0 || literals.some(({ length }) => length < SHORTEST);
}
