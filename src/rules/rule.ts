import type { Severity } from "../model/finding.js";
import type { Query } from "./eql/ast.js";

/** A query of a rule: its text, and what the parser made of it. */
export interface RuleEql {
  eql: string;
  query: Query;
}

/** One way in which the rule shows: a kind of evidence. */
export interface RuleQuery extends RuleEql {
  /** Names the kind of evidence: `strace`. `1`, `2`, … when the file gives none. */
  id: string;
  /** 0…1: how sure a match of this query is. */
  confidence: number;
  /** Instead of the rule's. */
  severity?: Severity;
  note?: string;
}

/** An open question: what a match (or an undecided `![ … ]`) means, and the evidence that would have settled it. */
export interface RuleCannotTell {
  /** Absent: applies when a query of the rule with missing events could not be decided. */
  eql?: string;
  query?: Query;
  what: string;
  why: string;
  command: string;
}

/** A kind of evidence that the rule looks at, and the command that collects it. */
export interface RuleNeed {
  evidence: string;
  command: string;
}

/** A declared link: findings of this rule explain findings of `rule`. */
export interface RuleCause {
  rule: string;
  /** µs: the effect begins at most this long after the cause begins. */
  within: number;
  /** Pairs of entities, cause's first: one pair with an equal value is enough. Empty: none need be shared. */
  share: [string, string][];
}

/** A rule's own test: small evidence, and what must come out. */
export interface RuleCase {
  name: string;
  /** File name → content. */
  files: Record<string, string>;
  expect: "found" | "not-found" | "cannot-tell";
}

/** A rule file, checked and with its queries parsed (docs/RULES.md). Plain JSON. */
export interface Rule {
  id: string;
  title: string;
  severity: Severity;
  description: string;
  queries: RuleQuery[];
  unless: RuleEql[];
  cannotTell: RuleCannotTell[];
  /** Any one of these is enough to look; without all of them the rule is blind. */
  needs: RuleNeed[];
  groupBy: string[];
  minCount: number;
  entities: string[];
  summary: string;
  causes: RuleCause[];
  remediation: string[];
  verify: string[];
  falsePositives: string[];
  references: string[];
  /** Events that name different hosts are no match of it together. */
  oneHost?: true;
  /** Why its cases are of one format: nothing else shows it. */
  oneFormat?: string;
  /** Empty for a built-in rule as the program loads it: `builtin-cases.ts` gives them. */
  cases: RuleCase[];
  /** Where it came from, for messages: `rules/dns-timeout.yaml`. */
  file: string;
}

/** How long after a cause an effect may begin when the rule does not say: an hour, in µs. */
export const DEFAULT_WITHIN = 3_600_000_000;
