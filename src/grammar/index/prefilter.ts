import { rawLiterals } from "../ir/literals.js";
import type { Grammar, Shape } from "../types.js";

/** Shortest literal that is worth looking for in raw bytes. */
const MIN_LENGTH = 4;

/**
 * Literals for a raw-bytes prefilter: a record that contains none of them is read by no message shape, whatever
 * JSON or logfmt did to its quotes. Of every shape its best required set, each literal cut at bytes that would be
 * escaped, longest part. Sorted, without duplicates. Shapes without a literal of 4 bytes are in `weakShapes`.
 */
export function literalsOf(grammars: readonly Grammar[]): string[] {
  const found = new Set<string>();
  for (const { set } of sets(grammars)) for (const literal of set) found.add(literal);
  return [...found].sort();
}

/** Shapes whose best literal is under 4 bytes: the prefilter cannot stand for them. */
export function weakShapes(
  grammars: readonly Grammar[],
): { grammar: string; event: string; literals: readonly string[] }[] {
  return sets(grammars)
    .filter(({ set }) => set.length === 0 || set.some((literal) => literal.length < MIN_LENGTH))
    .map(({ shape, set }) => ({ grammar: shape.grammar, event: shape.event, literals: set }));
}

function sets(grammars: readonly Grammar[]): { shape: Shape; set: readonly string[] }[] {
  return grammars
    .filter((grammar) => grammar.layer === "message")
    .flatMap((grammar) => grammar.shapes.map((shape) => ({ shape, set: rawLiterals(shape.literals) })));
}
