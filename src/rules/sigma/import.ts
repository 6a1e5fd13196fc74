import { isSeq, LineCounter, parseAllDocuments } from "yaml";
import { SEVERITIES, type Severity } from "../../model/finding.js";
import { loadRules } from "../load.js";
import { correlationQueries, patternText, type Referred } from "./correlation.js";
import { type Detected, detectionPatterns, isMap } from "./detection.js";
import { logSourceOf } from "./logsource.js";
import { NotCarried } from "./problem.js";
import { type ImportedRule, ruleFile } from "./rule-file.js";

/** What became of a file of Sigma rules. */
export interface SigmaImport {
  /** Our rules: id, and the text of the file that is named after it. */
  rules: { id: string; text: string; notes: string[] }[];
  /** What could not be carried over, each with its place: `sigma.yml:12: …`. */
  lost: string[];
}

interface SigmaDocument {
  value: Record<string, unknown>;
  line: number;
}

/** Detections that only a correlation needs. */
interface Known {
  document: SigmaDocument;
  detected: Detected;
}

/**
 * Turns Sigma rules (https://github.com/SigmaHQ/sigma-specification) into ours. Several may stand in a file, with the correlations
 * that refer to them by name or id. This module brings YAML's and EQL's parsers: import it lazily.
 *
 * @param file for messages
 * @returns rules that load, and what is lost; never throws for bad text
 */
export function importSigma(file: string, text: string): SigmaImport {
  const result: SigmaImport = { rules: [], lost: [] };
  const documents = documentsOf(file, text, result.lost);
  const lose = ({ line, value }: SigmaDocument, why: string) =>
    result.lost.push(`${file}:${line}: ${titleOf(value)}: ${why}`);
  const known = new Map<string, Known>();
  const detections: Known[] = [];
  const correlations: SigmaDocument[] = [];
  for (const document of documents) {
    const { value } = document;
    if (value["action"] !== undefined) lose(document, "`action` (collections of the old form)");
    else if (value["filter"] !== undefined)
      lose(document, "a Sigma filter: put its condition into the rules");
    else if (value["correlation"] !== undefined) correlations.push(document);
    else
      attempt(document, lose, () => {
        const detected = detectionPatterns(value["detection"], logSourceOf(value["logsource"]));
        const entry = { document, detected };
        detections.push(entry);
        for (const name of [value["name"], value["id"]]) if (typeof name === "string") known.set(name, entry);
      });
  }
  const used = new Set<Known>();
  const taken = new Set<string>();
  const add = (document: SigmaDocument, queries: string[], parts: readonly Known[]) => {
    const rule = ruleOf(file, document, queries, parts, taken);
    const made = ruleFile(rule);
    // What was made must be a rule: a regular expression, say, may have what EQL's have not.
    const { problems } = loadRules([{ file: `${rule.id}.yaml`, text: made }]);
    if (problems.length > 0) throw new NotCarried(problems[0]!.message.split("\n").slice(0, 1).join(""));
    taken.add(rule.id);
    result.rules.push({ id: rule.id, text: made, notes: rule.notes });
  };
  for (const document of correlations)
    attempt(document, lose, () => {
      const { value } = document;
      const parts: Known[] = [];
      const find = (name: string): Referred => {
        const entry = known.get(name);
        if (entry === undefined)
          throw new NotCarried(
            `it refers to \`${name}\`, which is no rule of this file that could be carried over`,
          );
        parts.push(entry);
        if (
          value["generate"] !== true &&
          !(isMap(value["correlation"]) && value["correlation"]["generate"] === true)
        )
          used.add(entry);
        return { name, detected: entry.detected };
      };
      add(document, correlationQueries(value["correlation"], find), parts);
    });
  for (const entry of detections)
    if (!used.has(entry))
      attempt(entry.document, lose, () =>
        add(entry.document, entry.detected.patterns.map(patternText), [entry]),
      );
  return result;
}

function attempt(
  document: SigmaDocument,
  lose: (document: SigmaDocument, why: string) => void,
  work: () => void,
): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof NotCarried)) throw error;
    lose(document, error.message);
  }
}

function documentsOf(file: string, text: string, lost: string[]): SigmaDocument[] {
  const lines = new LineCounter();
  const documents: SigmaDocument[] = [];
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const line = Math.max(1, lines.linePos(document.contents?.range?.[0] ?? document.range?.[0] ?? 0).line);
    const [error] = document.errors;
    if (error) lost.push(`${file}:${lines.linePos(error.pos[0]).line}: this is not YAML: ${error.message}`);
    else if (isSeq(document.contents)) lost.push(`${file}:${line}: a list, and no Sigma rule`);
    else {
      const value: unknown = document.toJS({ maxAliasCount: 50 });
      if (isMap(value)) documents.push({ value, line });
    }
  }
  if (documents.length === 0 && lost.length === 0) lost.push(`${file}:1: there is no Sigma rule in it`);
  return documents;
}

const titleOf = (value: Record<string, unknown>): string =>
  typeof value["title"] === "string" ? value["title"] : "a rule without a title";

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String);

function ruleOf(
  file: string,
  { value }: SigmaDocument,
  queries: string[],
  parts: readonly Known[],
  taken: ReadonlySet<string>,
): ImportedRule {
  const title = titleOf(value).slice(0, 200);
  const level = String(value["level"] ?? "medium") as Severity;
  const references = textsOf(value["references"]);
  const links = references.filter((one) => /^https?:\/\//.test(one));
  const author = value["author"] === undefined ? "" : `, by ${String(value["author"])}`;
  return {
    id: idFor(title, taken),
    title,
    severity: SEVERITIES.includes(level) ? level : "medium",
    description: String(value["description"] ?? title).trim() || title,
    queries,
    references: links,
    falsePositives: textsOf(value["falsepositives"]),
    groupBy: [],
    notes: [
      ...new Set([
        ...parts.flatMap(notesOf),
        ...(links.length < references.length ? ["references that are no addresses were left out"] : []),
      ]),
    ],
    origin: `${file.replace(/^.*[\\/]/, "")}${value["id"] === undefined ? "" : ` (${String(value["id"])})`}${author}`,
  };
}

/** What a reader must know of a carried rule. */
function notesOf({ document, detected: { fields } }: Known): string[] {
  const { source, text } = logSourceOf(document.value["logsource"]);
  const notes: string[] = [];
  if (source === undefined)
    notes.push(
      `no events of hindcast's stand for the log source (${text || "none"}): the query asks all events for the rule's own fields`,
    );
  if (source?.note !== undefined) notes.push(source.note);
  if (fields.kept.size > 0)
    notes.push(`fields without an equal kept their names: ${[...fields.kept].join(", ")}`);
  if (fields.partly.size > 0)
    notes.push(`looked for anywhere in a longer field: ${[...fields.partly].join(", ")}`);
  return notes;
}

function idFor(title: string, taken: ReadonlySet<string>): string {
  const words = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 70)
    .replace(/-+$/, "");
  const plain = words === "" ? "sigma-rule" : words;
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? plain : `${plain}-${n}`;
    if (!taken.has(id)) return id;
  }
}
