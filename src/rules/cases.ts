import type { Finding, Missing } from "../model/finding.js";
import { narrowness } from "./complete.js";
import type { Rule, RuleCase } from "./rule.js";

export type { RuleCase } from "./rule.js";

/** What analysing a case's files gave. */
export interface CaseOutcome {
  findings: readonly Finding[];
  missing: readonly Missing[];
  /** The rules' answers where the engine's are at hand; else they are read off the findings and `missing`. */
  answers?: Readonly<Record<string, "found" | "not-found" | "cannot-tell">>;
  /** Formats of the records that findings cite, by rule. */
  formats?: Readonly<Record<string, readonly string[]>>;
}

/** Runs the whole program on files given in memory. Given by the runner. */
export type Analyze = (files: Record<string, string>) => Promise<CaseOutcome>;

/** One case that ran, or what all of a rule's cases together lack. `problem` is absent when it passed. */
export interface CaseResult {
  rule: string;
  name: string;
  problem?: string;
}

/** What the outcome says of the rule. */
function answerOf(rule: Rule, outcome: CaseOutcome): RuleCase["expect"] {
  const known = outcome.answers?.[rule.id];
  if (known !== undefined) return known;
  if (outcome.findings.some((f) => f.rule === rule.id)) return "found";
  const commands = new Set(rule.cannotTell.map((c) => c.command));
  return outcome.missing.some((m) => commands.has(m.command)) ? "cannot-tell" : "not-found";
}

/**
 * Runs the cases of all rules, one after the other, in the rules' order.
 *
 * @param isOfCatalogue rules that must be shown by more than one format (complete.ts); a user's own need not
 * @returns one result per case, and one more for a rule whose cases lack something; an exception of `analyze` fails its case and no other
 */
export async function runCases(
  rules: readonly Rule[],
  analyze: Analyze,
  isOfCatalogue: (rule: Rule) => boolean = () => false,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const rule of rules) {
    const formats: (readonly string[])[] = [];
    for (const { name, files, expect } of rule.cases) {
      try {
        const outcome = await analyze(files);
        const answer = answerOf(rule, outcome);
        if (answer === "found") formats.push(outcome.formats?.[rule.id] ?? []);
        if (answer === expect) results.push({ rule: rule.id, name });
        else results.push({ rule: rule.id, name, problem: explain(rule, expect, answer, outcome) });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        results.push({ rule: rule.id, name, problem: `the analysis failed: ${reason}` });
      }
    }
    const problem = isOfCatalogue(rule) ? narrowness(rule, formats) : undefined;
    if (problem !== undefined) results.push({ rule: rule.id, name: "its cases together", problem });
  }
  return results;
}

function explain(rule: Rule, expected: string, answer: string, outcome: CaseOutcome): string {
  const others = [...new Set(outcome.findings.map((f) => f.rule))].filter((id) => id !== rule.id);
  const seen = others.length > 0 ? ` (other findings: ${others.join(", ")})` : "";
  return `expected ${expected}, but the answer is ${answer}${seen}`;
}
