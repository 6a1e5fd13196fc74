import type { Fields } from "../../../model/event.js";
import type { Query } from "../../../rules/eql/ast.js";
import { expressionsOf, fieldsOf, keysOf, patternsOf } from "../../../rules/eql/patterns.js";

const SUFFIX = ".keyword";

/**
 * The names in a query that end in `.keyword`. So Elasticsearch calls the exact value of a text, unless it is told otherwise; documents
 * do not have such fields.
 */
export function multiFields(query: Query): string[] {
  const conditions = [
    ...patternsOf(query).map(({ where }) => where),
    ...(query.pipes ?? []).flatMap(expressionsOf),
  ];
  const names = [...conditions.flatMap(fieldsOf), ...keysOf(query).map(({ name }) => name)];
  return [...new Set(names.filter((name) => name.endsWith(SUFFIX)))];
}

/** Gives an event those of the fields that it has under the name without `.keyword`. */
export function addMultiFields(fields: Fields, names: readonly string[]): void {
  for (const name of names) {
    const value = fields[name.slice(0, -SUFFIX.length)];
    if (value !== undefined && fields[name] === undefined) fields[name] = value;
  }
}
