import type { Rule, RuleQuery } from "./rule.js";
import { spanText } from "./template.js";

/** From the gravest to the least. */
const SEVERITIES = ["critical", "high", "medium", "low", "informational"] as const;

/**
 * A rule's page: Markdown with the same sections for every rule, made of its file and nothing else.
 *
 * @param rules all rules, by which it is told what explains this one
 */
export function rulePage(rule: Rule, rules: readonly Rule[]): string {
  return [
    `# ${rule.id}: ${rule.title}\n`,
    `Severity: ${rule.severity}. One finding ${groupsOf(rule)}${leastOf(rule)}.\n`,
    section("Fires when", firesWhen(rule)),
    section("Cannot tell when", cannotTellWhen(rule)),
    section("Why it happens", whyItHappens(rule, rules)),
    section("Do this", listed(rule.remediation)),
    section("Check it worked", listed(rule.verify)),
    section("Not this", listed(rule.falsePositives)),
    section("References", listed(rule.references.map((url) => `<${url}>`))),
  ].join("\n");
}

/** The catalogue: all rules, the gravest first, with links to their pages. */
export function rulesIndex(rules: readonly Rule[]): string {
  const tables = SEVERITIES.map((severity) => {
    const rows = rules
      .filter((rule) => rule.severity === severity)
      .map(({ id, title, queries }) => `| [${id}](${id}.md) | ${cell(title)} | ${kindsOf(queries)} |\n`);
    const title = severity[0]!.toUpperCase() + severity.slice(1);
    return rows.length === 0
      ? ""
      : `## ${title}\n\n| rule | what it means | shows in |\n|---|---|---|\n${rows.join("")}`;
  });
  return [
    "# The rules\n",
    `${rules.length} rules, by their severity. Each has a page of its own: when it fires, when it cannot tell, what to do and how to check. A query of`,
    "a rule may be lower or higher than the rule itself; its page says so. How rules are written says [RULES.md](../RULES.md).\n",
    ...tables.filter((table) => table !== ""),
  ].join("\n");
}

const section = (title: string, body: string): string => `## ${title}\n\n${body}`;
const listed = (texts: readonly string[]): string => texts.map((text) => `- ${general(text)}\n`).join("");
/** A text without its facts: the words that stand where none is known. */
const general = (text: string): string => text.replace(/\{[^{}|\s]+\|([^{}]*)\}/g, "$1");
const cell = (text: string): string => text.replaceAll("|", "\\|");
const code = (text: string): string => `\`${text}\``;
const kindsOf = (queries: readonly RuleQuery[]): string =>
  queries.map(({ id }) => id.replaceAll("-", " ")).join(", ");

function groupsOf({ groupBy }: Rule): string {
  return groupBy.length === 0 ? "for all of the evidence" : `for each ${groupBy.map(code).join(", ")}`;
}

function leastOf({ minCount }: Rule): string {
  return minCount > 1 ? `, from ${minCount} matches on` : "";
}

function firesWhen(rule: Rule): string {
  const queries = rule.queries.map((query) => queryText(query, rule));
  if (rule.unless.length === 0) return queries.join("\n");
  const unless = rule.unless.map(({ eql }) => fenced(eql)).join("\n");
  return [
    ...queries,
    `Unless, for the same ${rule.groupBy.map(code).join(", ") || "evidence"}:\n`,
    unless,
  ].join("\n");
}

function queryText({ id, eql, confidence, severity, note }: RuleQuery, rule: Rule): string {
  const other = severity === undefined || severity === rule.severity ? "" : `, ${severity}`;
  const why = note === undefined ? "" : `: ${note}`;
  return `**${id}** (${Math.round(confidence * 100)} % sure${other})${why}\n\n${fenced(eql)}`;
}

const fenced = (eql: string): string => `\`\`\`eql\n${eql.trim()}\n\`\`\`\n`;

function cannotTellWhen({ cannotTell, needs }: Rule): string {
  const open = cannotTell.map(
    ({ what, why, command }) => `- ${why}. Missing is ${general(what)}: ${code(general(command))}\n`,
  );
  const kinds = needs.map(({ evidence, command }) => `- ${evidence}: ${code(command)}\n`);
  const one = kinds.length === 1 ? "There is no" : "There is none of these; any one is enough to look";
  return `${open.join("")}${open.length > 0 ? "\n" : ""}${one}:\n\n${kinds.join("")}`;
}

function whyItHappens(rule: Rule, rules: readonly Rule[]): string {
  const own = rules.map(({ id }) => id);
  const linked = (id: string) => (own.includes(id) ? `[${id}](${id}.md)` : code(id));
  const explained = rule.causes.filter((cause) => cause.rule !== rule.id);
  const explains = explained.map(
    ({ rule: id, within, share }) =>
      `- ${linked(id)}, when it begins within ${spanText(within)}${sharing(share)}\n`,
  );
  const causes = rules
    .filter(({ id, causes }) => id !== rule.id && causes.some((cause) => cause.rule === rule.id))
    .map(({ id }) => linked(id));
  return [
    `${rule.description.replace(/\s+/g, " ")}\n`,
    causes.length > 0 ? `\nIt may be explained by ${causes.join(", ")}.\n` : "",
    explains.length > 0 ? `\nIt explains:\n\n${explains.join("")}` : "",
  ].join("");
}

function sharing(share: readonly [string, string][]): string {
  if (share.length === 0) return "";
  const pairs = share.map(([own, other]) => (own === other ? code(own) : `${code(own)} = ${code(other)}`));
  return ` and shares ${pairs.join(" or ")}`;
}
