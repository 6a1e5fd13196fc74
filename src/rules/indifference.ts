import type { Dimension, Portrait } from "../timeline/settler/portrait.js";
import { type Required, requiredOf } from "./eql/actions.js";
import type { EventPattern, EventQuery, Query } from "./eql/ast.js";
import { type NameTest, nameTestOf } from "./eql/names.js";
import { patternsOf } from "./eql/patterns.js";
import { possibleOf, prospectOf } from "./eql/possible.js";
import type { Rule } from "./rule.js";

/** Of which events it makes no difference how many there are. */
export interface Indifference {
  /** What the combinations are made of. */
  readonly dimensions: ReadonlySet<Dimension>;
  /** Whether some query may match events with this `dns.question.name`: all of those are missed. Absent: no query asks for any. */
  readonly minds?: NameTest | undefined;
}

/**
 * Decides whether it makes no difference to any rule how many events there are of these portraits, as long as there is one of each
 * combination.
 *
 * - A query, or one of `cannot_tell`, counts its matches and cites them: none of the events may match. Where it asks for names, the name
 *   of each tells whether it may. A sequence, sample or join is moved on, or ended, by events that fit one of its patterns: what fits
 *   none passes it by.
 * - An `unless` withdraws groups (ledger.ts): one match for each group does as much as a thousand. That of a sequence is followed as any.
 *
 * @returns `undefined` when it does make a difference
 */
export function indifferent(
  rules: readonly Rule[],
  portraits: readonly Portrait[],
): Indifference | undefined {
  const dimensions = new Set<Dimension>();
  const names: NameTest[] = [];
  for (const portrait of portraits) {
    for (const { queries, unless, cannotTell, groupBy } of rules) {
      for (const { query } of [...queries, ...cannotTell]) {
        if (query === undefined) continue;
        for (const { where } of mattering(query, portrait)) {
          const test = nameTestOf(where);
          if (test === undefined) return undefined;
          names.push(test);
        }
      }
      for (const { query } of unless) {
        if (mattering(query, portrait).length === 0) continue;
        const told = query.kind === "event" ? withdrawnBy(query, portrait, groupBy) : undefined;
        if (told === undefined) return undefined;
        for (const dimension of told) dimensions.add(dimension);
      }
    }
  }
  return names.length === 0 ? { dimensions } : { dimensions, minds: remembered(names) };
}

/** Captures ask for few different names: what was told of so many is kept. */
const MAX_REMEMBERED = 4096;

function remembered(tests: readonly NameTest[]): NameTest {
  const known = new Map<string, boolean>();
  return (name) => {
    let told = known.get(name);
    if (told === undefined) {
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(name, (told = tests.some((test) => test(name))));
    }
    return told;
  };
}

/** The patterns of a query that an event of the portrait may fit. */
function mattering(query: Query, portrait: Portrait): readonly EventPattern[] {
  if (!hears(query, portrait.action)) return [];
  return patternsOf(query).filter(
    ({ category, where }) =>
      (category === undefined || category === portrait.category) && prospectOf(where, portrait).canBeTrue,
  );
}

/** What queries require: each is asked about several portraits. */
const required = new WeakMap<Query, Required>();

function hears(query: Query, action: string): boolean {
  let known = required.get(query);
  if (!known) required.set(query, (known = requiredOf(patternsOf(query))));
  return known.actions === undefined || known.actions.has(action);
}

/** What the groups that an `unless` withdraws depend on; `undefined` when that is more than combinations tell apart. */
function withdrawnBy(
  query: EventQuery,
  portrait: Portrait,
  groupBy: readonly string[],
): ReadonlySet<Dimension> | undefined {
  const prospect = prospectOf(query.where, portrait);
  if (prospect.varies || query.pipes !== undefined) return undefined;
  const dimensions = new Set(prospect.dimensions);
  for (const name of groupBy) {
    const possible = possibleOf(portrait, name);
    if (possible.is === "shared") dimensions.add(possible.dimension);
    else if (possible.is !== "known" && possible.is !== "absent") return undefined;
  }
  return dimensions;
}
