import type { Report } from "./contract.js";

/** What may stand beside a value without being part of it: an address ends where none of these goes on. */
const PART = "[A-Za-z0-9_.:-]";

/**
 * Shows names beside the values that they belong to: `10.12.10.42 (web)`. In summaries and stories; in lists of entities too when
 * the report is for people. What is copied (commands) and what proves (records) stays as it is.
 *
 * @param names value → name
 * @param entities also in the findings' entities, which programs compare
 */
export function withNames(
  report: Report,
  names: ReadonlyMap<string, string>,
  { entities }: { entities: boolean },
): Report {
  if (names.size === 0) return report;
  const inText = namer(names);
  const alone = (value: string) => (names.has(value) ? `${value} (${names.get(value)})` : value);
  return {
    ...report,
    findings: report.findings.map((finding) => ({
      ...finding,
      summary: inText(finding.summary),
      ...(entities && {
        entities: Object.fromEntries(
          Object.entries(finding.entities).map(([field, all]) => [field, all.map(alone)]),
        ),
      }),
    })),
    ...(report.suppressed && {
      suppressed: report.suppressed.map((one) => ({ ...one, summary: inText(one.summary) })),
    }),
    story: report.story.map((story) => ({
      ...story,
      steps: story.steps.map((step) => ({ ...step, text: inText(step.text) })),
    })),
  };
}

/**
 * What puts names beside the values in a text.
 * @param names value → name; not empty
 */
export function namer(names: ReadonlyMap<string, string>): (text: string) => string {
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const any = longestFirst.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  // A full stop or colon at the end of a sentence is no part of an address.
  const values = new RegExp(`(?<!${PART})(?:${any})(?![A-Za-z0-9_-]|[.:][A-Za-z0-9])`, "g");
  return (text) => text.replace(values, (value) => `${value} (${names.get(value)})`);
}
