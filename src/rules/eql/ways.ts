import type { Expression } from "./ast.js";

/** Into so many ways at most is a condition taken apart. */
const MOST_WAYS = 16;

/**
 * The ways in which a condition can be true: `a and (b or c)` is true as `a and b` or as `a and c`. Wherever the condition is true, one of
 * them is, too.
 *
 * @returns the condition alone when there are too many ways, or but one
 */
export function waysOf(condition: Expression): readonly Expression[] {
  const ways = apart(condition);
  return ways === undefined || ways.length === 1 ? [condition] : ways;
}

/** `undefined`: too many. */
function apart(condition: Expression): Expression[] | undefined {
  if (condition.op === "or") {
    const all: Expression[] = [];
    for (const part of condition.of) {
      const ways = apart(part);
      if (ways === undefined || all.push(...ways) > MOST_WAYS) return undefined;
    }
    return all;
  }
  if (condition.op !== "and") return [condition];
  let all: Expression[][] = [[]];
  for (const part of condition.of) {
    const ways = apart(part);
    if (ways === undefined || all.length * ways.length > MOST_WAYS) return undefined;
    all = all.flatMap((before) => ways.map((way) => [...before, way]));
  }
  return all.map((of) => ({ op: "and", of }));
}
