import { createHash } from "node:crypto";
import type { Severity } from "../../model/finding.js";
import { inWords } from "../command.js";
import type { Query } from "../eql/ast.js";
import type { Rule, RuleQuery } from "../rule.js";
import { durationText, elasticText, repeatedText } from "./query-text.js";

/** A detection rule of the type `eql`, as Kibana imports it (https://www.elastic.co/guide/en/security/current/rules-api-create.html). */
export interface ElasticRule {
  rule_id: string;
  name: string;
  description: string;
  risk_score: number;
  severity: "low" | "medium" | "high" | "critical";
  type: "eql";
  language: "eql";
  query: string;
  index: string[];
  from: string;
  to: "now";
  interval: string;
  enabled: false;
  max_signals: number;
  author: string[];
  license: string;
  references: string[];
  false_positives: string[];
  note: string;
  tags: string[];
  threat: [];
  exceptions_list: [];
  actions: [];
  version: number;
}

/** What was written, and what could not be, in sentences. */
export interface ElasticExport {
  rules: ElasticRule[];
  /** Not exported. */
  lost: string[];
  /** Exported, and not quite the same. */
  changed: string[];
}

/** How Elastic's own scores go with its severities; it has none below low. */
const RISKS: Readonly<Record<ElasticRule["severity"], number>> = {
  low: 21,
  medium: 47,
  high: 73,
  critical: 99,
};
const INTERVAL = 5 * 60e6;
const OVERLAP = 60e6;
/** The time within which so many matches must come, where a rule asks for several: there is no sequence without it in a rule that runs for ever. */
const COUNTED_WITHIN = 3600e6;

/**
 * Writes rules as Elastic detection rules, one for each query, to run over exported events (transactions such as `dns.leg` among them).
 * They are disabled: who imports them decides.
 *
 * @param index patterns of the indices with exported events
 */
export function exportElastic(rules: readonly Rule[], index: readonly string[]): ElasticExport {
  const result: ElasticExport = { rules: [], lost: [], changed: [] };
  for (const rule of rules) {
    if (rule.unless.length > 0) {
      result.lost.push(
        `${rule.id}: what withdraws it (\`unless\`) may come at any time before or after; EQL has no words for that`,
      );
      continue;
    }
    for (const query of rule.queries) exportQuery(rule, query, index, result);
  }
  return result;
}

function exportQuery(rule: Rule, query: RuleQuery, index: readonly string[], result: ElasticExport): void {
  const { query: tree, id } = query;
  const name = `${rule.id} (${id})`;
  const plain = elasticText(tree);
  if (plain === undefined) {
    result.lost.push(`${name}: a detection rule has no pipes, joins or samples`);
    return;
  }
  let text = plain;
  let span = spanOf(tree);
  if (rule.minCount > 1 && tree.kind === "event") {
    text = repeatedText(tree, rule.groupBy, rule.minCount, durationText(COUNTED_WITHIN));
    span = COUNTED_WITHIN;
    result.changed.push(
      `${name}: its ${rule.minCount} matches must come within ${durationText(COUNTED_WITHIN)}`,
    );
  } else if (rule.minCount > 1) {
    result.lost.push(`${name}: ${rule.minCount} matches of a sequence cannot be asked for`);
    return;
  }
  result.rules.push(ruleFor(rule, query, text, span, index));
}

function ruleFor(
  rule: Rule,
  { id, severity, note }: RuleQuery,
  query: string,
  span: number,
  index: readonly string[],
): ElasticRule {
  const grade = severityOf(severity ?? rule.severity);
  const many = rule.queries.length > 1 ? ` (${id})` : "";
  return {
    rule_id: uuidOf(`hindcast/${rule.id}/${id}`),
    name: `${rule.title}${many}`,
    description: rule.description.replace(/\s+/g, " ").trim() + (note === undefined ? "" : ` Here: ${note}.`),
    risk_score: RISKS[grade],
    severity: grade,
    type: "eql",
    language: "eql",
    query,
    index: [...index],
    from: `now-${Math.ceil((INTERVAL + OVERLAP + span) / 60e6)}m`,
    to: "now",
    interval: "5m",
    enabled: false,
    max_signals: 100,
    author: ["hindcast"],
    license: "Apache-2.0",
    references: [...rule.references],
    false_positives: [...rule.falsePositives],
    note: noteOf(rule),
    tags: ["hindcast", rule.id],
    threat: [],
    exceptions_list: [],
    actions: [],
    version: 1,
  };
}

const severityOf = (severity: Severity): ElasticRule["severity"] =>
  severity === "informational" ? "low" : severity;

/** µs that a query reaches back. */
const spanOf = (query: Query): number => (query.kind === "sequence" ? (query.maxspan ?? 0) : 0);

function noteOf({ remediation, verify }: Rule): string {
  const section = (title: string, texts: readonly string[]) =>
    texts.length === 0 ? [] : [`## ${title}\n\n${texts.map((text) => `- ${inWords(text)}`).join("\n")}`];
  return [...section("Do this", remediation), ...section("Check it worked", verify)].join("\n\n");
}

/** The namespace of this export's ids: any will do, as long as it stays. */
const NAMESPACE = Buffer.from("6f0c9b1e53a84d0cb7a25c1f3d9e8a42", "hex");

/** A name's UUID (RFC 9562, version 5): the same rule keeps its id, so that a second import replaces the first. */
function uuidOf(name: string): string {
  const bytes = createHash("sha1").update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
