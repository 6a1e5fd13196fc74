import type { Severity } from "../../model/finding.js";

/** A rule that came from a Sigma rule. */
export interface ImportedRule {
  id: string;
  title: string;
  severity: Severity;
  description: string;
  queries: string[];
  references: string[];
  falsePositives: string[];
  groupBy: string[];
  /** What is told of it: at the head of the file, too. */
  notes: string[];
  origin: string;
}

const quoted = (text: string): string => JSON.stringify(text);
const lines = (texts: readonly string[]): string => texts.map((text) => `  - ${quoted(text)}\n`).join("");
const section = (name: string, texts: readonly string[]): string =>
  texts.length === 0 ? "" : `${name}:\n${lines(texts)}`;
/** A comment stays one line, whatever a rule's author wrote. */
const comment = (text: string): string =>
  `# ${text.replace(/[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]+/g, " ")}\n`;

/** The rule as a file of ours (docs/RULES.md). */
export function ruleFile(rule: ImportedRule): string {
  const queries = rule.queries.map((eql, i) => {
    const id = rule.queries.length > 1 ? `sigma-${i + 1}` : "sigma";
    // What a block cannot hold as it is stands escaped: EQL's texts write controls as \u{…}.
    const body = eql.split("\n").map((line) => `      ${line}\n`);
    return `  - id: ${id}\n    eql: |-\n${body.join("")}`;
  });
  return [
    comment(`From a Sigma rule: ${rule.origin}`),
    ...rule.notes.map((note) => comment(`Note: ${note}`)),
    `id: ${rule.id}\n`,
    `title: ${quoted(rule.title)}\n`,
    `severity: ${rule.severity}\n`,
    `description: ${quoted(rule.description)}\n`,
    `queries:\n${queries.join("")}`,
    rule.groupBy.length > 0 ? `group_by: ${JSON.stringify(rule.groupBy)}\n` : "",
    `summary: ${quoted(`${rule.title.replace(/[{}]/g, "")} ({count:time})`)}\n`,
    section("false_positives", rule.falsePositives),
    section("references", rule.references),
  ].join("");
}
