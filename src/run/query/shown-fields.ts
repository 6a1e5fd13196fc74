import type { Query } from "../../rules/eql/ast.js";
import { expressionsOf, fieldsOf, patternsOf } from "../../rules/eql/patterns.js";

/** They have columns of their own. */
const TOLD = new Set(["@timestamp", "event.action", "event.category", "log.origin.file.line", "log.offset"]);

/** The fields that a query is about: those of its keys, conditions and pipes, each once. */
export function shownFields(query: Query): string[] {
  const names = new Set<string>();
  if (query.kind !== "event") for (const { by } of query.steps) for (const { name } of by) names.add(name);
  for (const { where } of patternsOf(query)) for (const name of fieldsOf(where)) names.add(name);
  for (const pipe of query.pipes ?? []) {
    if (pipe.name === "unique_count") for (const name of ["count", "percent"]) names.add(name);
    for (const name of expressionsOf(pipe).flatMap(fieldsOf)) names.add(name);
  }
  return [...names].map((name) => name.replace(/^events\[\d+\]\./, "")).filter((name) => !TOLD.has(name));
}
