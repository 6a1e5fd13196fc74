import type { Severity } from "../../model/finding.js";
import { type RuleProblem, RuleText } from "../rule-text.js";
import { validator } from "../validate.js";
import type { Project, Suppression } from "./project.js";
import schema from "./project.schema.json" with { type: "json" };

/** A project file as it is written (project.schema.json). */
interface ProjectFile {
  rules?: Record<string, "off" | "on" | Severity>;
  rule_dirs?: string[];
  suppress?: {
    rule: string;
    where?: Record<string, string | string[]>;
    reason: string;
    until?: string;
  }[];
  names?: Record<string, string>;
  options?: Project["options"];
}

const DAY = 86_400_000_000;
const validate = validator(schema, "a project file");

/**
 * Reads a project file. This module brings the parsers of YAML and JSON Schema: import it lazily.
 *
 * @param file its path, for messages
 * @returns the project, or what is wrong with it: `file:line:column: reason`; never throws for bad text
 */
export function loadProject(file: string, text: string): { project: Project } | { problems: RuleProblem[] } {
  const source = new RuleText(file, text);
  // An empty file says nothing, which is no mistake.
  const value = source.value() ?? {};
  if (source.problems.length === 0)
    for (const { path, message } of validate(value)) source.problem(path, message);
  if (source.problems.length > 0) return { problems: source.problems };
  const raw = value as ProjectFile;
  const rules = Object.entries(raw.rules ?? {});
  const lineOf = (rule: string): number => {
    const at = (raw.suppress ?? []).findIndex((one) => one.rule === rule);
    return source.lineOf(raw.rules?.[rule] === undefined ? ["suppress", at, "rule"] : ["rules", rule]);
  };
  const suppressions = (raw.suppress ?? []).map(({ rule, where, reason, until }, i): Suppression => {
    const end = until === undefined ? undefined : endOf(until);
    if (end !== undefined && Number.isNaN(end))
      source.problem(["suppress", i, "until"], `there is no ${until}; write a day like 2026-12-31`);
    return {
      rule,
      where: Object.entries(where ?? {}).map(([field, patterns]) => [field, [patterns].flat()]),
      reason: reason.trim(),
      ...(end !== undefined && { end }),
      ...(until !== undefined && { until }),
      line: source.lineOf(["suppress", i]),
    };
  });
  if (source.problems.length > 0) return { problems: source.problems };
  return {
    project: {
      file,
      off: rules.flatMap(([rule, to]) => (to === "off" ? [{ rule, line: lineOf(rule) }] : [])),
      severities: new Map(rules.flatMap(([rule, to]) => (to === "off" || to === "on" ? [] : [[rule, to]]))),
      ruleDirs: raw.rule_dirs ?? [],
      suppressions,
      names: new Map(Object.entries(raw.names ?? {})),
      options: raw.options ?? {},
      lineOf,
    },
  };
}

/** The end of a day, µs UTC; NaN for one that the calendar does not have. */
function endOf(day: string): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  const isReal = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
  return isReal ? ms * 1000 + DAY : Number.NaN;
}
