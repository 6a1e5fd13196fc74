import type { Clockface } from "./clockface.js";
import type { Report, ReportProblem } from "./contract.js";
import { gapSentences } from "./gap-words.js";
import { counted, type Page } from "./page.js";
import { severityStyle } from "./terminal-story.js";
import { otherFindings, placeOf, troubleOf, unplacedGroups } from "./view.js";

/** Texts as a list. */
export function bullets(page: Page, texts: readonly string[], most: number): string[] {
  const shown = texts.slice(0, page.fold(texts.length, most));
  const lines = shown.flatMap((text) => {
    const [first = "", ...rest] = page.block(text, 4, 6);
    return [`  ${page.glyph.bullet} ${first.slice(4)}`, ...rest];
  });
  return shown.length < texts.length ? [...lines, more(page, texts.length - shown.length)] : lines;
}

/** The last line of a folded list. */
export const more = (page: Page, n: number) => page.paint(`  ${page.glyph.more} and ${n} more`, "dim");

/** Findings that no story tells, one line of facts each. */
export function otherLines(page: Page, report: Report): string[] {
  const groups = otherFindings(report);
  const shown = groups.slice(0, page.fold(groups.length, 6));
  const lines = shown.flatMap(({ first, more: count }) => {
    const like = count > 0 ? ` (and ${count} more like it)` : "";
    const place = first.evidence[0] ? `  ${placeOf(first.evidence[0])}` : "";
    const [head = "", ...rest] = page.block((first.summary || first.title) + like + place, 12, 3);
    const severity = first.severity === "informational" ? "info" : first.severity;
    return [`  ${page.paint(severity.padEnd(10), ...severityStyle(first))}${head.slice(12)}`, ...rest];
  });
  return shown.length < groups.length ? [...lines, more(page, groups.length - shown.length)] : lines;
}

/** What could not be read, or only with a reservation; errors first. */
export function problemLines(page: Page, problems: readonly ReportProblem[]): string[] {
  const sorted = [...problems].sort(
    (a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"),
  );
  const shown = sorted.slice(0, page.fold(sorted.length, 5));
  const lines = shown.flatMap((problem) => {
    const [first = "", ...rest] = page.block(troubleOf(problem), 2, 3);
    return [problem.severity === "error" ? page.paint(first, "red") : first, ...rest];
  });
  return shown.length < sorted.length ? [...lines, more(page, sorted.length - shown.length)] : lines;
}

/** Where something is missing in a source, as the evidence itself says. */
export function gapLines(page: Page, report: Report, clock: Clockface): string[] {
  const sentences = gapSentences(report, clock);
  const shown = sentences.slice(0, page.fold(sentences.length, 5));
  const lines = shown.flatMap((sentence) => page.block(sentence, 2, 3));
  return shown.length < sentences.length ? [...lines, more(page, sentences.length - shown.length)] : lines;
}

/** What has no place on the timeline, by the reason. */
export function unplacedLines(page: Page, report: Report): string[] {
  return unplacedGroups(report).flatMap(({ why, sources, records }) => {
    const named = sources.slice(0, page.fold(sources.length, 5));
    const rest = sources.length > named.length ? ` and ${sources.length - named.length} more` : "";
    return page.block(`${named.join(", ")}${rest} (${counted(records, "record")}): ${why}`, 2, 3);
  });
}

/** Evidence that would have settled an open question. Commands stay on one line, to be copied. */
export function missingLines(page: Page, { missing }: Report): string[] {
  const shown = missing.slice(0, page.fold(missing.length, 4));
  const lines = shown.flatMap(({ what, why, command }) => [
    ...page.block(`${what}: ${why}`, 2, 3),
    ...(command === "" ? [] : [page.paint(page.fit(`    $ ${command}`, 1000), "cyan")]),
  ]);
  return shown.length < missing.length ? [...lines, more(page, missing.length - shown.length)] : lines;
}
