import type { Dimension, Portrait } from "../timeline/settler/portrait.js";
import { requiredOf } from "./eql/actions.js";
import type { EventQuery, Query } from "./eql/ast.js";
import { patternsOf } from "./eql/patterns.js";
import { possibleOf, prospectOf } from "./eql/possible.js";
import type { Rule } from "./rule.js";

/**
 * Decides whether it makes no difference to any rule how many events there are of these portraits, as long as there is one of each
 * combination.
 *
 * - A query, or one of `cannot_tell`, counts its matches and cites them: none of the events may match.
 * - An `unless` withdraws groups (ledger.ts): one match for each group does as much as a thousand.
 * - A sequence, sample or join is moved on by all events of the actions that it asks for.
 *
 * @returns what the combinations are made of; `undefined` when it does make a difference
 */
export function indifferent(
  rules: readonly Rule[],
  portraits: readonly Portrait[],
): ReadonlySet<Dimension> | undefined {
  const dimensions = new Set<Dimension>();
  for (const portrait of portraits) {
    for (const { queries, unless, cannotTell, groupBy } of rules) {
      for (const { query } of [...queries, ...cannotTell])
        if (query !== undefined && canMatter(query, portrait)) return undefined;
      for (const { query } of unless) {
        if (!canMatter(query, portrait)) continue;
        const told = query.kind === "event" ? withdrawnBy(query, portrait, groupBy) : undefined;
        if (told === undefined) return undefined;
        for (const dimension of told) dimensions.add(dimension);
      }
    }
  }
  return dimensions;
}

function canMatter(query: Query, portrait: Portrait): boolean {
  if (query.kind !== "event") return hears(query, portrait.action);
  if (query.category !== undefined && query.category !== portrait.category) return false;
  return prospectOf(query.where, portrait).canBeTrue;
}

function hears(query: Query, action: string): boolean {
  const { actions } = requiredOf(patternsOf(query));
  return actions === undefined || actions.has(action);
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
