import type { Expression, Query } from "./ast.js";
import { expressionsOf, fieldNodes, keysOf, patternsOf } from "./patterns.js";
import { placeOfField } from "./place.js";
import { type EqlProblem, nearest, problemAt } from "./problem.js";

/** Fields that every event has. */
const ALWAYS = ["@timestamp", "event.action", "event.category", "log.offset", "log.origin.file.line"];
/** What pipes add, and the prefix of a field of a match's event. */
const OF_PIPES = new Set(["count", "percent", "key"]);
const OF_EVENT = /^events\[\d+\]\./;
const MOST = 5;

/**
 * The fields of a query that no event can have. As in Elastic, a name that stands for nothing is an error, so that a slip does not look
 * like an answer; `?name` is for those that events may lack.
 *
 * @param text the query
 * @param known the names of all fields that events may have
 */
export function unknownFields(text: string, query: Query, known: ReadonlySet<string>): EqlProblem[] {
  const wanted = new Set([...ofPatterns(query), ...ofPipes(query)]);
  const problems: EqlProblem[] = [];
  for (const name of wanted) {
    if (known.has(name) || ALWAYS.includes(name)) continue;
    const { offset, length } = placeOfField(text, name);
    const meant = nearest(name, [...known, ...ALWAYS]);
    const hint =
      meant === undefined
        ? `write \`?${name}\` if events may have it or not`
        : `did you mean \`${meant}\`? Write \`?${name}\` for a field that events may have or not`;
    problems.push(problemAt(text, offset, length, `unknown field \`${name}\``, hint));
    if (problems.length === MOST) break;
  }
  return problems.sort((a, b) => a.offset - b.offset);
}

/** All names in a query's conditions and keys, in the order of its text. */
function ofPatterns(query: Query): string[] {
  return [
    ...patternsOf(query).flatMap(({ where }) => required(where)),
    ...keysOf(query).flatMap(({ name, optional }) => (optional ? [] : [name])),
  ];
}

function ofPipes({ pipes = [] }: Query): string[] {
  return pipes
    .flatMap((pipe) => expressionsOf(pipe).flatMap(required))
    .map((name) => name.replace(OF_EVENT, ""))
    .filter((name) => !OF_PIPES.has(name));
}

const required = (expression: Expression): string[] =>
  fieldNodes(expression).flatMap(({ name, optional }) => (optional ? [] : [name]));
