import { neutral } from "../neutral.js";
import type {
  ExplainedPart,
  ExplainedPattern,
  ExplainedQuery,
  ExplainedRecord,
  ExplainedRule,
} from "./contract.js";

const ANSWERS = {
  found: "it fired",
  "not-found": "it did not fire",
  "cannot-tell": "it cannot tell",
} as const;

/** Values of a field that are named. */
const MOST_VALUES = 4;
const MOST_EXAMPLES_OF_PARTS = 6;
const MOST_SOURCES = 20;

/** What became of a rule, for people. Every word of the evidence is made harmless to print. */
export function renderExplained(explained: ExplainedRule): string {
  const { rule, title, severity, answer, findings, queries, missing, needs, problems } = explained;
  const lines = [
    `${rule} (${severity}): ${title}`,
    `On this evidence ${ANSWERS[answer]}.`,
    ...findings.map(({ id, summary }) => `  ${id}: ${neutral(summary)}`),
    ...verdict(explained),
    "",
    ...queries.filter(({ role }) => role === "query").flatMap(queryLines),
    ...roleLines(
      "It would be withdrawn by",
      queries.filter(({ role }) => role === "unless"),
    ),
    ...roleLines(
      "It would leave the question open",
      queries.filter(({ role }) => role === "cannot tell"),
    ),
  ];
  if (missing.length > 0) {
    lines.push("What would settle it");
    for (const { what, why, command } of missing)
      lines.push(
        `  ${neutral(what)}: ${neutral(why)}`,
        ...(command === "" ? [] : [`    ${neutral(command)}`]),
      );
    lines.push("");
  }
  if (answer !== "found" && needs.length > 0 && isBlind(explained)) {
    lines.push("No event of the kinds that it looks for came up. Any one of these shows them:");
    for (const { evidence, command } of needs) lines.push(`  ${evidence}`, `    ${command}`);
    lines.push("");
  }
  lines.push(...sourceLines(explained));
  for (const problem of problems) lines.push(`  ! ${neutral(problem)}`);
  return `${lines.join("\n").trimEnd()}\n`;
}

const isBlind = ({ queries }: ExplainedRule): boolean =>
  queries.every(({ role, patterns }) => role !== "query" || patterns.every(({ offered }) => offered === 0));

/** What the numbers come to, in a sentence. */
function verdict({ answer, queries, minCount, largestGroup }: ExplainedRule): string[] {
  if (answer === "found") return [];
  const own = queries.filter(({ role }) => role === "query");
  const matches = own.reduce((sum, query) => sum + query.matches, 0);
  const undecided = own.reduce((sum, { undecided: u }) => sum + u.order + u.coverage, 0);
  if (matches > 0 && largestGroup !== null && largestGroup.count < minCount)
    return [
      `Its queries matched, but ${minCount} matches in one group are needed; the largest has ${largestGroup.count}${groupText(largestGroup.values)}.`,
    ];
  if (matches > 0) return ["Its queries matched, and what is listed under `unless` withdrew it."];
  if (undecided > 0)
    return [`Its queries may have matched ${times(undecided)}; the evidence leaves it open.`];
  return own.map(emptyText);
}

function groupText(values: Readonly<Record<string, string>>): string {
  const shown = Object.entries(values).map(([name, value]) => `${name} ${neutral(value)}`);
  return shown.length === 0 ? "" : ` (${shown.join(", ")})`;
}

/** Why a query matched nothing: where it came to a halt. */
function emptyText({ id, patterns }: ExplainedQuery): string {
  const required = patterns.filter(({ step }) => step?.missing !== true);
  const halt = required.find(({ matched, step }) => matched === 0 || step?.reached === 0) ?? required[0];
  if (halt === undefined) return `  ${id}: nothing is asked for`;
  if (halt.offered === 0) return `  ${id}: no ${kindText(halt)} in the evidence`;
  const parts = halt.parts.filter(({ held }) => held < halt.offered);
  const [worst] = [...parts].sort((a, b) => a.held - b.held);
  const of = `${halt.offered} ${kindText(halt)}`;
  if (halt.matched > 0)
    return `  ${id}: ${of}, ${halt.matched} fit, and none of them in its place of the sequence`;
  if (worst === undefined) return `  ${id}: ${of}, none fits`;
  if (worst.held > 0) return `  ${id}: ${of}, none meets all parts of the condition`;
  return `  ${id}: ${of}, 0 with ${worst.condition}`;
}

const kindText = ({ actions, category }: ExplainedPattern): string =>
  actions.length > 0 ? actions.join(" or ") : category === "any" ? "event" : `${category} event`;

const times = (count: number): string => (count === 1 ? "once" : `${count} times`);

function roleLines(title: string, queries: readonly ExplainedQuery[]): string[] {
  return queries.length === 0 ? [] : [title, ...queries.flatMap(queryLines)];
}

function queryLines({
  id,
  eql,
  kind,
  maxspan,
  matches,
  undecided,
  patterns,
  role,
}: ExplainedQuery): string[] {
  const open = [
    ...(undecided.order > 0 ? [`${undecided.order} undecided: times overlap`] : []),
    ...(undecided.coverage > 0
      ? [
          `${undecided.coverage} undecided: the evidence does not cover the time of the missing event${undecided.gap === undefined ? "" : `: ${neutral(undecided.gap)}`}`,
        ]
      : []),
  ];
  const count = role === "query" ? [`${matches} matched`, ...open].join(", ") : matchedText(patterns);
  const lines = [`${role} ${id}: ${count}`, ...eql.split("\n").map((line) => `    ${line.trim()}`)];
  for (const [i, pattern] of patterns.entries()) {
    const name =
      kind === "event" ? "" : `step ${i + 1}${pattern.step?.missing ? " (must be missing)" : ""}: `;
    lines.push(...patternLines(pattern, name, maxspan));
  }
  return [...lines, ""];
}

const matchedText = (patterns: readonly ExplainedPattern[]): string =>
  `${patterns.map(({ matched }) => matched).join(", ")} fit`;

function patternLines(pattern: ExplainedPattern, name: string, maxspan: number | undefined): string[] {
  const { offered, matched, parts, example, nearest, step } = pattern;
  const lines = [`  ${name}${offered} ${kindText(pattern)}, ${matched} fit`];
  if (step !== undefined && matched > 0 && !step.missing) {
    lines.push(`    the sequence came so far ${times(step.reached)}`);
    if (step.unprepared > 0)
      lines.push(`    ${step.unprepared} without the step before it under the same key`);
    if (step.unjoined > 0) lines.push(`    ${step.unjoined} lack a field that the sequence joins by`);
    if (step.late !== undefined)
      lines.push(
        `    nearest miss: ${secondsText(step.late.after)} or more after the first step, maxspan ${secondsText(maxspan ?? 0)}`,
        `      ${recordText(step.late.first)}`,
        `      ${recordText(step.late.record)}`,
      );
  }
  if (example !== undefined) lines.push(`    such as ${recordText(example)}`);
  let shown = 0;
  for (const part of parts) {
    if (part.held === offered) continue;
    lines.push(`    ${part.held} of ${offered} with ${part.condition}${seenText(part)}`);
    if (matched === 0 && part.example !== undefined && shown++ < MOST_EXAMPLES_OF_PARTS)
      lines.push(`      not ${recordText(part.example)}`);
  }
  if (nearest !== undefined && nearest.unmet.length < parts.length)
    lines.push(`    nearest: ${recordText(nearest.record)}`, `      lacks ${nearest.unmet.join(" and ")}`);
  return lines;
}

const secondsText = (seconds: number): string => `${Number(seconds.toPrecision(4))} s`;

/** What the fields of a part were where it did not hold. */
function seenText({ seen }: ExplainedPart): string {
  const texts = seen.map(({ field, values, others, absent }) => {
    const shown = values.slice(0, MOST_VALUES).map(({ value, count }) => `${neutral(value)} (${count})`);
    const more = others + values.slice(MOST_VALUES).reduce((sum, { count }) => sum + count, 0);
    if (more > 0) shown.push(`others (${more})`);
    if (absent > 0) shown.push(`absent (${absent})`);
    return `${field} was ${shown.join(", ")}`;
  });
  return texts.length === 0 ? "" : `; where not, ${texts.join("; ")}`;
}

function recordText({ source, line, time, action, text }: ExplainedRecord): string {
  return neutral(`${source}:${line} ${time === null ? "" : `${time} `}${action}: ${text}`);
}

function sourceLines({ sources }: ExplainedRule): string[] {
  const lines = [`Read: ${sources.length} ${sources.length === 1 ? "source" : "sources"}`];
  for (const { path, format, records, from, to } of sources.slice(0, MOST_SOURCES)) {
    const span = from === null || to === null ? "no date" : `${from} to ${to}`;
    lines.push(`  ${neutral(path)}: ${format}, ${records} records, ${span}`);
  }
  if (sources.length > MOST_SOURCES) lines.push(`  and ${sources.length - MOST_SOURCES} more`);
  return lines;
}
