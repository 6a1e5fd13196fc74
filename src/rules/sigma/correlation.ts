import type { EventPattern } from "../eql/ast.js";
import { expressionText, fieldText } from "../explain/expression-text.js";
import { type Detected, isMap } from "./detection.js";
import { NotCarried } from "./problem.js";

/** Elasticsearch takes no more runs of a step. */
const MOST_RUNS = 100;
/** Events in any order are sequences in every order: six for three. */
const MOST_UNORDERED = 3;

export const patternText = ({ category, where }: EventPattern): string =>
  `${category ?? "any"} where ${expressionText(where)}`;

/** A rule that a correlation refers to. */
export interface Referred {
  name: string;
  detected: Detected;
}

/**
 * The queries that say the same as a correlation: any of them.
 * @param find the rule of a name or id; throws NotCarried for one that is not in the file
 * @throws NotCarried for what EQL cannot say
 */
export function correlationQueries(correlation: unknown, find: (name: string) => Referred): string[] {
  if (!isMap(correlation)) throw new NotCarried("`correlation` is no map");
  const names = correlation["rules"];
  const rules = (Array.isArray(names) ? names : [names]).map((name) => find(String(name)));
  const span = `maxspan=${spanOf(correlation["timespan"])}`;
  const steps = rules.map((rule) => ({ text: `[${onePattern(rule)}]`, by: keysFor(rule, correlation) }));
  const sequence = (of: typeof steps) =>
    [`sequence with ${span}`, ...of.map(({ text, by }) => `  ${text}${by}`)].join("\n");
  switch (correlation["type"]) {
    case "temporal_ordered":
      mustTakeAll(correlation["condition"], rules.length);
      return [sequence(steps)];
    case "temporal":
      mustTakeAll(correlation["condition"], rules.length);
      if (steps.length > MOST_UNORDERED)
        throw new NotCarried(`${steps.length} events in any order would be too many sequences`);
      return orders(steps).map(sequence);
    case "event_count": {
      const runs = leastOf(correlation["condition"]);
      const [first, ...others] = steps;
      if (first === undefined || others.length > 0)
        throw new NotCarried("a count over several rules: make one rule of them");
      if (runs === 1) return [onePattern(rules[0]!)];
      return [`sequence with ${span}\n  ${first.text}${first.by} with runs=${runs}`];
    }
    default:
      throw new NotCarried(
        `a correlation of type \`${String(correlation["type"])}\`: EQL does not count different values`,
      );
  }
}

/** Several conditions of one rule are one pattern: any of them. */
function onePattern({ name, detected: { patterns } }: Referred): string {
  const [first, ...others] = patterns;
  if (first === undefined) throw new NotCarried(`\`${name}\` detects nothing`);
  if (others.length === 0) return patternText(first);
  return patternText({ ...first, where: { op: "or", of: patterns.map(({ where }) => where) } });
}

/** ` by a, b`: the correlation's fields, by the names that they have in this rule's events. */
function keysFor({ name, detected: { fields } }: Referred, correlation: Record<string, unknown>): string {
  const group = correlation["group-by"];
  const aliases = isMap(correlation["aliases"]) ? correlation["aliases"] : {};
  const keys = (group === undefined ? [] : [group].flat()).map((key) => {
    const alias = aliases[String(key)];
    if (alias === undefined) return fields.of(String(key)).field;
    if (!isMap(alias) || typeof alias[name] !== "string")
      throw new NotCarried(`the alias \`${String(key)}\` says nothing of the rule \`${name}\``);
    return fields.of(alias[name]).field;
  });
  return keys.length === 0 ? "" : ` by ${keys.map(fieldText).join(", ")}`;
}

function spanOf(timespan: unknown): string {
  if (typeof timespan === "string" && /^\d{1,9}[smhd]$/.test(timespan)) return timespan;
  throw new NotCarried(`the timespan \`${String(timespan)}\`; written like 5m it could be`);
}

/** Of a temporal correlation: all of its rules must match, which is what it means without a condition. */
function mustTakeAll(condition: unknown, count: number): void {
  if (condition === undefined) return;
  if (leastOf(condition) !== count)
    throw new NotCarried(`a condition that not all ${count} rules must match`);
}

/** The least count that a condition takes; one with an upper bound has no equal. */
function leastOf(condition: unknown): number {
  const { gte, gt, ...others } = isMap(condition) ? condition : {};
  const least = typeof gte === "number" ? gte : typeof gt === "number" ? gt + 1 : Number.NaN;
  const isPlain = Object.keys(others).length === 0 && (gte === undefined || gt === undefined);
  if (!isPlain || !Number.isInteger(least) || least < 1)
    throw new NotCarried("a condition other than one lower bound (`gte` or `gt`)");
  if (least > MOST_RUNS) throw new NotCarried(`a count of ${least}: a step has ${MOST_RUNS} runs at most`);
  return least;
}

function orders<T>(all: readonly T[]): T[][] {
  if (all.length <= 1) return [[...all]];
  return all.flatMap((one, i) =>
    orders([...all.slice(0, i), ...all.slice(i + 1)]).map((rest) => [one, ...rest]),
  );
}
