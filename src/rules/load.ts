import { madeOf } from "../decode/taken-apart.js";
import type { Severity } from "../model/finding.js";
import { incompleteness } from "./complete.js";
import { actionsOf } from "./eql/actions.js";
import type { Query } from "./eql/ast.js";
import { durationMicros } from "./eql/literals.js";
import { parseEql } from "./eql/parse.js";
import { patternsOf } from "./eql/patterns.js";
import { type EqlProblem, problemAt, renderProblem } from "./eql/problem.js";
import { DEFAULT_WITHIN, type Rule, type RuleCase, type RuleNeed } from "./rule.js";
import { type Path, type RuleProblem, RuleText } from "./rule-text.js";
import { validate } from "./validate.js";

export { RuleProblem } from "./rule-text.js";

/** A rule file as it is written (rule.schema.json). */
interface RuleFile {
  id: string;
  title: string;
  severity: Severity;
  description: string;
  queries: { id?: string; eql: string; confidence?: number; severity?: Severity; where_note?: string }[];
  unless?: { eql: string }[];
  cannot_tell?: { eql?: string; what: string; why: string; command: string }[];
  needs?: RuleNeed[];
  group_by?: string[];
  min_count?: number;
  entities?: string[];
  summary: string;
  causes?: { rule: string; within?: string; share?: [string, string][] }[];
  remediation?: string[];
  verify?: string[];
  false_positives?: string[];
  references?: string[];
  one_host?: true;
  one_format?: string;
  cases?: RuleCase[];
}

/** How sure a match is when the rule does not say. */
const DEFAULT_CONFIDENCE = 0.8;

/**
 * Reads rule files (docs/RULES.md). This module brings the parsers of YAML, JSON Schema and EQL: import it lazily.
 *
 * @param files path, for messages, and content of each
 * @param options `complete`: they are the catalogue's own, and must have all parts (complete.ts)
 * @returns the rules that are right, sorted by id, and what is wrong with the others: `file:line:column: reason`.
 *   Never throws for bad text.
 */
export function loadRules(
  files: readonly { file: string; text: string }[],
  { complete = false }: { complete?: boolean } = {},
): {
  rules: Rule[];
  problems: RuleProblem[];
} {
  const rules = new Map<string, Rule>();
  const problems: RuleProblem[] = [];
  for (const { file, text } of files) {
    const source = new RuleText(file, text);
    const rule = readRule(source, complete);
    const twin = rule === undefined ? undefined : rules.get(rule.id);
    if (twin !== undefined) source.problem(["id"], `the id ${twin.id} is already taken by ${twin.file}`);
    else if (rule !== undefined) rules.set(rule.id, rule);
    problems.push(...source.problems);
  }
  const sorted = [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { rules: sorted, problems };
}

function readRule(source: RuleText, complete: boolean): Rule | undefined {
  const value = source.value();
  if (source.problems.length > 0) return undefined;
  for (const { path, message } of validate(value)) source.problem(path, message);
  if (source.problems.length > 0) return undefined;
  const raw = value as RuleFile;

  const name = source.file.replace(/^.*[\\/]/, "").replace(/\.ya?ml$/, "");
  if (name !== raw.id)
    source.problem(["id"], `the id ${raw.id} differs from the file's name ${name}; they must be the same`);
  const parse = (path: Path, eql: string): Query => parseQuery(source, path, eql);
  const rule: Rule = {
    id: raw.id,
    title: raw.title,
    severity: raw.severity,
    description: raw.description.trim(),
    queries: raw.queries.map(({ id, eql, confidence, severity, where_note }, i) => ({
      id: id ?? String(i + 1),
      eql,
      query: parse(["queries", i, "eql"], eql),
      confidence: confidence ?? DEFAULT_CONFIDENCE,
      ...(severity && { severity }),
      ...(where_note && { note: where_note }),
    })),
    unless: (raw.unless ?? []).map(({ eql }, i) => ({ eql, query: parse(["unless", i, "eql"], eql) })),
    cannotTell: (raw.cannot_tell ?? []).map(({ eql, what, why, command }, i) => ({
      ...(eql !== undefined && { eql, query: parse(["cannot_tell", i, "eql"], eql) }),
      what,
      why,
      command,
    })),
    needs: raw.needs ?? [],
    groupBy: raw.group_by ?? [],
    minCount: raw.min_count ?? 1,
    entities: raw.entities ?? raw.group_by ?? [],
    summary: raw.summary.trim(),
    causes: (raw.causes ?? []).map(({ rule, within, share }) => ({
      rule,
      within: within === undefined ? DEFAULT_WITHIN : (durationMicros(within) ?? DEFAULT_WITHIN),
      share: share ?? [],
    })),
    remediation: raw.remediation ?? [],
    verify: raw.verify ?? [],
    falsePositives: raw.false_positives ?? [],
    references: raw.references ?? [],
    ...(raw.one_host && { oneHost: true as const }),
    ...(raw.one_format && { oneFormat: raw.one_format }),
    cases: raw.cases ?? [],
    file: source.file,
  };
  if (complete) {
    const lacks = incompleteness(rule, new Set(Object.keys(raw)));
    for (const { path, message } of lacks) source.problem(path, message);
  }
  return source.problems.length > 0 ? undefined : rule;
}

/** A rule's matches become findings, which cite records: behind `| count` there are none. */
function counted(eql: string, { pipes }: Query): EqlProblem[] {
  if (!pipes?.some(({ name }) => name === "count")) return [];
  const place = /\|\s*count\b/i.exec(eql);
  const hint =
    "write `min_count: 3` in the rule for a number of matches, or `[…] with runs=3` for one within a time";
  return [
    problemAt(
      eql,
      place?.index ?? 0,
      place?.[0].length ?? 1,
      "`| count` gives numbers, and a rule needs the records",
      hint,
    ),
  ];
}

/** A pattern that asks for records which are taken apart before rules see them can never match. */
function neverOffered(eql: string, query: Query): EqlProblem[] {
  return patternsOf(query).flatMap(({ where }) =>
    [...(actionsOf(where) ?? [])].flatMap((action) => {
      const made = madeOf(action);
      if (made === undefined) return [];
      const place = Math.max(0, eql.indexOf(action));
      const message = `rules are never offered \`${action}\`, but what is made of it`;
      return [problemAt(eql, place, action.length, message, `it becomes ${made}; docs/FIELDS.md lists them`)];
    }),
  );
}

/** Parses a query; its problems become problems of the file. */
function parseQuery(source: RuleText, path: Path, eql: string): Query {
  const parsed = parseEql(eql);
  const problems =
    "query" in parsed ? [...counted(eql, parsed.query), ...neverOffered(eql, parsed.query)] : parsed.errors;
  if ("query" in parsed && problems.length === 0) return parsed.query;
  for (const problem of problems)
    source.problemInside(path, eql, problem, `in the query, ${renderProblem(eql, problem)}`);
  return { kind: "event", where: { op: "constant", value: false } };
}
