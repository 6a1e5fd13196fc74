import type { IToken } from "chevrotain";
import * as T from "./tokens.js";

/** What somebody wrote who knows another language or EQL's other dialect. */
export interface Slip {
  /** Where it begins; absent: at the token that is wrong. */
  from?: IToken | undefined;
  message: string;
  hint: string;
}

/** `args[0]`, `args[0].name` */
export const NO_ELEMENTS: Slip = {
  message: "the elements of a list have no numbers",
  hint: "a condition on a list holds when it does for any of its elements",
};

const RAW = "raw strings stand between three double quotes";
const SIGNS = new Map<unknown, readonly [message: string, hint: string]>([
  [T.Assign, ["`=` is not an operator", "use `==` (or `:` to ignore case)"]],
  [T.AndAnd, ["`&&` is not an operator", "use `and`"]],
  [T.OrOr, ["`||` is not an operator", "use `or`"]],
  [T.Bang, ["`!` is not an operator", "use `not` (`![ … ]` is for missing events of a sequence)"]],
  [T.SingleQuoted, ["strings have double quotes in EQL", 'write "…"']],
]);

/** Endgame's lineage: a condition on a process's ancestors. */
const LINEAGE = /^(?:child|descendant|event)$/;
/** What goes on with the fields behind `by` as if they were values. */
const CALCULATES = new Set<unknown>([T.Open, T.Plus, T.Minus, T.Star, T.Slash, T.Percent]);

/**
 * What is meant by a token that the grammar does not expect, where that is known.
 *
 * @param index of the token among all; -1: the query ends
 */
export function slipAt(tokens: readonly IToken[], index: number, token: IToken): Slip | undefined {
  const before = tokens[(index < 0 ? tokens.length : index) - 1];
  if (before?.tokenType === T.Question && (token.tokenType === T.Text || token.tokenType === T.SingleQuoted))
    return {
      from: before,
      message: `\`?${token.image[0]}\` begins no string in EQL`,
      hint: `${RAW}: """…"""`,
    };
  const sign = SIGNS.get(token.tokenType);
  if (sign !== undefined && !isFork(before)) return { message: sign[0], hint: sign[1] };
  if (isFork(token) || isFork(before))
    return {
      from: isFork(token) ? token : before,
      message:
        "`fork` is not supported: each value of the `by` fields has one sequence under way in each step",
      hint: "ask for the sequences one by one",
    };
  if (token.image === "of" && before !== undefined && LINEAGE.test(before.image))
    return {
      from: before,
      message: `\`${before.image} of\` is not supported: events do not know their processes' ancestors`,
      hint: "join them by their fields: `sequence [ … ] by process.pid [ … ] by process.parent.pid`",
    };
  if (token.tokenType === T.OpenStep && before?.tokenType === T.Name) return NO_ELEMENTS;
  if (CALCULATES.has(token.tokenType) && isKey(tokens, index - 1))
    return {
      message: "events are joined `by` fields, not by what is calculated",
      hint: "write `by FIELD, …`",
    };
  if (token.tokenType === T.Minus && index === 1)
    return {
      from: before,
      message: "a category with other characters than letters, digits and `_` needs quotes",
      hint: 'write "my-category" where …',
    };
  return undefined;
}

const isFork = (token: IToken | undefined): boolean => token?.image === "fork" && token.tokenType === T.Name;

/** Does a field stand here that is listed behind `by`? */
function isKey(tokens: readonly IToken[], index: number): boolean {
  let at = index;
  while (tokens[at]?.tokenType === T.Name && tokens[at - 1]?.tokenType === T.Comma) at -= 2;
  return tokens[at]?.tokenType === T.Name && tokens[at - 1]?.tokenType === T.By;
}
