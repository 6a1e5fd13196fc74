import { NotCarried } from "./problem.js";
import type { Truth } from "./truth.js";

/**
 * Reads Sigma's condition: names of search identifiers, `and`, `or`, `not`, brackets, `1 of NAME*`, `all of NAME*`, `1 of them`.
 *
 * @param named what each search identifier says
 * @throws NotCarried where it cannot be read, or counts (`| count() > 5`, which correlations replaced)
 */
export function conditionTruth(text: string, named: ReadonlyMap<string, Truth>): Truth {
  if (text.includes("|"))
    throw new NotCarried(`the aggregation in \`${text}\`: Sigma has correlation rules in its place`);
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const next = (word: string) => tokens[at]?.toLowerCase() === word && ++at > 0;
  const either = (): Truth => row("or", both);
  const both = (): Truth => row("and", one);
  const row = (op: "and" | "or", part: () => Truth): Truth => {
    const of = [part()];
    while (next(op)) of.push(part());
    return of.length === 1 ? of[0]! : { op, of };
  };
  const one = (): Truth => {
    if (next("not")) return { op: "not", of: one() };
    if (next("(")) {
      const inner = either();
      if (!next(")")) throw new NotCarried(`a bracket in \`${text}\` is not closed`);
      return inner;
    }
    const word = tokens[at++];
    if (word === undefined) throw new NotCarried(`\`${text}\` ends too early`);
    if (/^(?:1|any|all)$/i.test(word) && next("of")) return quantified(word, tokens[at++] ?? "");
    const truth = named.get(word);
    if (truth === undefined) throw new NotCarried(`\`${text}\` names \`${word}\`, which is not defined`);
    return truth;
  };
  const quantified = (word: string, pattern: string): Truth => {
    const of = [...named].filter(([name]) => fitsName(name, pattern)).map(([, truth]) => truth);
    if (of.length === 0) throw new NotCarried(`\`${word} of ${pattern}\` fits no search identifier`);
    return of.length === 1 ? of[0]! : { op: word.toLowerCase() === "all" ? "and" : "or", of };
  };
  const truth = either();
  if (at < tokens.length) throw new NotCarried(`\`${tokens[at]!}\` in \`${text}\` is not understood`);
  return truth;
}

/** `them` are all that do not begin with an underscore. */
function fitsName(name: string, pattern: string): boolean {
  if (pattern === "them") return !name.startsWith("_");
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return name === pattern;
  const last = rest.pop()!;
  if (!name.startsWith(first) || !name.slice(first.length).endsWith(last)) return false;
  let place = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, place);
    if (found < 0 || found + part.length > name.length - last.length) return false;
    place = found + part.length;
  }
  return true;
}
