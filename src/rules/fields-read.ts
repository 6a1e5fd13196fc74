import { placesInAdvice } from "./command.js";
import { requiredOf } from "./eql/actions.js";
import type { Query } from "./eql/ast.js";
import { CATEGORIES } from "./eql/compile.js";
import { expressionsOf, fieldsOf, keysOf, patternsOf } from "./eql/patterns.js";
import { HOST } from "./one-host.js";
import type { Rule } from "./rule.js";
import { placesOf } from "./template.js";

/** What is read of every event that matches, whatever its rule says. */
const ALWAYS: readonly string[] = ["event.start", CATEGORIES];

/**
 * The fields that rules may read of events, by `event.action`: what their conditions, keys and pipes name, what groups and entities are
 * made of, and what stands in their texts.
 *
 * @param actions those that are asked about
 */
export function fieldsRead(
  rules: readonly Rule[],
  actions: Iterable<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const read = new Map([...actions].map((action) => [action, new Set(ALWAYS)]));
  for (const rule of rules) {
    const queries = queriesOf(rule);
    const { actions: seen } = requiredOf(queries.flatMap(patternsOf));
    let names: readonly string[] | undefined;
    for (const [action, fields] of read)
      if (seen?.has(action) ?? true) for (const name of (names ??= namesIn(rule, queries))) fields.add(name);
  }
  return read;
}

const queriesOf = ({ queries, unless, cannotTell }: Rule): Query[] =>
  [...queries, ...unless, ...cannotTell].flatMap(({ query }) => query ?? []);

function namesIn(rule: Rule, queries: readonly Query[]): string[] {
  const texts = [rule.summary, ...rule.cannotTell.flatMap(({ what, why, command }) => [what, why, command])];
  const advice = [...rule.remediation, ...rule.verify, ...rule.cannotTell.map(({ command }) => command)];
  return [
    ...queries.flatMap(patternsOf).flatMap(({ where }) => fieldsOf(where)),
    ...queries.flatMap(keysOf).map(({ name }) => name),
    ...queries.flatMap(({ pipes = [] }) => pipes.flatMap(expressionsOf)).flatMap(fieldsOf),
    ...rule.groupBy,
    ...(rule.oneHost ? [HOST] : []),
    ...rule.entities,
    ...texts.flatMap(placesOf),
    ...advice.flatMap(placesInAdvice),
  ];
}
