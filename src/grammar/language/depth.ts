import type { IToken } from "chevrotain";

/** Deeper groups than any grammar needs; each costs stack in the parser. */
export const MAX_DEPTH = 60;

/** How deep parentheses stand in each other. */
export function depthOf(all: readonly IToken[]): number {
  let depth = 0;
  let deepest = 0;
  for (const { image } of all) {
    if (image === "(") deepest = Math.max(deepest, ++depth);
    else if (image === ")") depth--;
  }
  return deepest;
}
