import type { Problem } from "../../model/source.js";
import { nearest } from "../eql/problem.js";
import type { Rule } from "../rule.js";
import type { Project } from "./project.js";

/** The project speaks of a rule that there is not. */
export class UnknownRule extends Error {}

/**
 * The rules as the project wants them: without those that are off, with its severities.
 *
 * @returns the rules, and what the report must say of it
 * @throws UnknownRule naming the place, and the rule that may be meant
 */
export function projectRules(
  rules: readonly Rule[],
  project: Project,
): { rules: Rule[]; problems: Problem[] } {
  const { file, off, severities, suppressions } = project;
  const known = new Set(rules.map(({ id }) => id));
  for (const rule of [...off, ...suppressions].map((one) => one.rule).concat([...severities.keys()])) {
    if (known.has(rule)) continue;
    const meant = nearest(rule, known);
    throw new UnknownRule(
      `${file}:${project.lineOf(rule)}: there is no rule ${rule}; ${meant === undefined ? "hindcast rules lists them" : `did you mean ${meant}?`}`,
    );
  }
  const isOff = new Set(off.map(({ rule }) => rule));
  return {
    rules: rules
      .filter(({ id }) => !isOff.has(id))
      .map((rule) => withSeverity(rule, severities.get(rule.id))),
    problems: off.map(({ rule, line }) => ({
      path: file,
      line,
      message: `the rule ${rule} is off: whether it would have found something is not known`,
      severity: "warning" as const,
    })),
  };
}

/** The severity counts for each of its queries, too: they may have some of their own. */
function withSeverity(rule: Rule, severity: Rule["severity"] | undefined): Rule {
  if (severity === undefined) return rule;
  return { ...rule, severity, queries: rule.queries.map((query) => ({ ...query, severity })) };
}
