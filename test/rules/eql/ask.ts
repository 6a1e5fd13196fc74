import type { Event, Fields } from "../../../src/model/event.js";
import { COVERS_EVERYTHING, type Coverage } from "../../../src/rules/coverage.js";
import type { Query } from "../../../src/rules/eql/ast.js";
import { compileCondition, compileValue } from "../../../src/rules/eql/compile.js";
import { compileQuery, type Match } from "../../../src/rules/eql/matcher.js";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { PipeLine } from "../../../src/rules/eql/pipes.js";
import type { Truth, Value } from "../../../src/rules/eql/values.js";
import { event } from "../events.js";

/** The syntax tree of a query, as a build writes and reads it; throws its first problem. */
export function treeOf(text: string): Query {
  const parsed = parseEql(text);
  if ("errors" in parsed) throw new Error(`${text}: ${parsed.errors[0]?.message}`);
  return JSON.parse(JSON.stringify(parsed.query)) as Query;
}

/** What an expression gives for an event with these fields; `null` for no value. */
export function evaluated(expression: string, fields: Fields = {}): Value | null {
  const query = treeOf(`any where null == (${expression})`);
  if (query.kind !== "event" || query.where.op !== "compare") throw new Error(expression);
  return compileValue(query.where.right)(event("x", 1, fields)) ?? null;
}

/** Whether a condition holds; `null` where a missing value leaves it open. */
export function truthOf(condition: string, fields: Fields = {}): Truth | null {
  const query = treeOf(`any where ${condition}`);
  if (query.kind !== "event") throw new Error(condition);
  return compileCondition(query.where)(event("x", 1, fields)) ?? null;
}

/** All matches of a query, behind its pipes. */
export function matchesOf(
  text: string,
  events: readonly Event[],
  options: { coverage?: Coverage; maxKeys?: number } = {},
): { matches: Match[]; notes: string[] } {
  const query = treeOf(text);
  const matcher = compileQuery(query, { coverage: COVERS_EVERYTHING, ...options });
  const matches: Match[] = [];
  const pipes = new PipeLine(query.pipes, (match) => matches.push(match));
  for (const one of events) matcher.push(one, pipes.push);
  matcher.end(pipes.push);
  pipes.end();
  return { matches, notes: [...matcher.notes(), ...pipes.notes()] };
}

/** The values of `field` in each match's events; `?` in front where it cannot be told. */
export function found(text: string, events: readonly Event[], field = "id", coverage?: Coverage): string[] {
  return matchesOf(text, events, coverage && { coverage }).matches.map(
    ({ events: all, outcome }) =>
      `${outcome === "found" ? "" : "? "}${all.map(({ fields }) => fields[field]).join(" ")}`,
  );
}
