import { fieldText, stringText } from "../explain/expression-text.js";

/** A record of the evidence that a rule is to find. */
export interface DraftRecord {
  /** Its `event.action`. */
  action: string;
  fields: Readonly<Record<string, string | number | boolean>>;
  /** The file's name, without its folder. */
  file: string;
  /** The record's own text. */
  text: string;
}

/** Fields that say when and where, not what: a condition on them would fit this record alone. */
const INCIDENTAL =
  /^(?:@timestamp|event\.original|host\.|process\.(?:pid|thread)|log\.(?:file|offset|origin)|message$)/;
const MOST_CONDITIONS = 8;
const MOST_VALUE = 80;

/**
 * A rule file to go on from: valid, with a word on each part, and a query that compiles.
 *
 * @param id letters, digits and hyphens; also the file's name
 * @param record makes the query ask for its kind, with its fields to choose from, and is the first case
 */
export function draftRule(id: string, record?: DraftRecord): string {
  return `# ${id}.yaml: a rule of hindcast. What each part means: docs/RULES.md. Check it with
#   hindcast rules test FOLDER
id: ${id} # also the file's name
title: ${scalar(`FILL IN: what ${id} finds, in one sentence`)}
severity: medium # informational | low | medium | high | critical
description: >
  FILL IN: what it means, and why it matters.
queries: # any of them makes the rule fire
  - id: ${record === undefined ? "log" : scalar(kindOf(record.file))} # the kind of evidence
    eql: |
${queryLines(record)
  .map((line) => `      ${line}`)
  .join("\n")}
    confidence: 0.8 # 0 to 1: how sure a match is
# unless: # any match in the same group withdraws the finding
#   - eql: any where event.action == "FILL.IN"
group_by: [] # one finding for each value of these fields, such as [host.name]
min_count: 1 # matches in a group before it is a finding
# entities: [] # fields that the finding names; group_by by default
summary: "FILL IN: what happened ({count:time})"
needs: # the evidence that it looks at; any one kind is enough
  - evidence: "FILL IN: such as the daemon's journal"
    command: "FILL IN: what collects it, such as journalctl -u docker"
causes: [] # rules whose findings this one explains: [{rule: other-rule, within: 1m, share: [[host.name, host.name]]}]
remediation:
  - "FILL IN: what to do."
verify:
  - "FILL IN: how to see that it worked."
false_positives:
  - "FILL IN: what looks like it and is not."
references: [] # where its facts come from: ["https://…"]
cases: # its tests: at least two that are found, of different formats, and two near-misses
  - name: "FILL IN: what the evidence shows"
    files:
      ${scalar(record?.file ?? "evidence.log")}: |
${caseLines(record)}
    expect: found
  - name: "FILL IN: nearly the same, and no incident"
    files:
      evidence.log: |
        FILL IN
    expect: not-found
`;
}

function queryLines(record: DraftRecord | undefined): string[] {
  if (record === undefined)
    return ['any where event.action == "FILL.IN" // hindcast timeline -f jsonl shows the kinds of event'];
  const fields = Object.entries(record.fields)
    .filter(([name, value]) => !INCIDENTAL.test(name) && String(value).length <= MOST_VALUE)
    .slice(0, MOST_CONDITIONS);
  return [
    `any where event.action == ${stringText(record.action)}`,
    ...(fields.length > 0 ? ["// Of these, keep what makes it an incident:"] : []),
    ...fields.map(
      ([name, value]) =>
        `// and ${fieldText(name)} == ${typeof value === "string" ? stringText(value) : value}`,
    ),
  ];
}

function caseLines(record: DraftRecord | undefined): string {
  const text = record?.text ?? "FILL IN: lines that it must find";
  // What YAML cannot hold in a block as it is would be no text evidence.
  const plain = text.replace(/[^\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]/g, "?");
  return plain
    .split("\n")
    .map((line) => `        ${line}`)
    .join("\n");
}

const kindOf = (file: string): string => file.replace(/\.[^.]*$/, "") || file;

/** A text as a YAML value on one line. */
const scalar = (text: string): string => (/^[A-Za-z][\w.-]*$/.test(text) ? text : JSON.stringify(text));
