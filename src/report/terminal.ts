import { Clockface, spanText } from "./clockface.js";
import type { Report, ReportProblem } from "./contract.js";
import { counted, Page, type PageOptions } from "./page.js";
import { clockLines, sourceLines } from "./terminal-sources.js";
import { headline, severityStyle, storyLines, sureness } from "./terminal-story.js";
import { timelineLines } from "./terminal-timeline.js";
import { furtherRoots, leadOf, otherFindings, placeOf, troubleOf } from "./view.js";

/**
 * The report for a terminal: the first cause, then how it led to what was noticed, what to do, and below that
 * everything that lets a person check it.
 *
 * Nothing from evidence reaches the terminal as a control character; colours only with `color`, other than ASCII only
 * with `utf8` (the default).
 */
export function renderTerminal(report: Report, options: PageOptions = {}): string {
  const page = new Page(options);
  const clock = new Clockface(report);
  const lead = leadOf(report);
  const blocks: string[][] = [opening(page, report)];
  if (lead) {
    blocks.push(headline(page, lead));
    blocks.push(section(page, "WHAT HAPPENED", storyLines(page, report, clock, lead), zoneNote(clock)));
    blocks.push(...alsoCauses(page, report, clock));
    blocks.push(section(page, "WHAT TO DO", bullets(page, lead.remediation, 4)));
    blocks.push(section(page, "HOW TO CHECK", bullets(page, lead.verify, 4)));
  } else blocks.push(withoutCause(page, report));
  blocks.push(section(page, "TIMELINE", timelineLines(page, report, clock), zoneNote(clock)));
  blocks.push(section(page, lead ? "ALSO FOUND" : "FOUND", otherLines(page, report)));
  blocks.push(section(page, "LOOKED AT", sourceLines(page, report, clock)));
  blocks.push(section(page, "CLOCKS", clockLines(page, report)));
  blocks.push(section(page, "READ WITH TROUBLE", problemLines(page, report.problems)));
  blocks.push(section(page, "NOT ON THE TIMELINE", unplacedLines(page, report)));
  blocks.push(section(page, "WOULD HAVE HELPED", missingLines(page, report)));
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const zoneNote = ({ day }: Clockface) => (day ? `${day}, UTC` : "UTC");

function section(page: Page, title: string, lines: string[], note = ""): string[] {
  if (lines.length === 0) return [];
  return [page.heading(title) + (note ? `  ${page.paint(page.show(note), "dim")}` : ""), ...lines];
}

function opening(page: Page, report: Report): string[] {
  const { sources, records, unparsed, from, to } = report.summary;
  const parts = [
    `hindcast ${report.version}`,
    counted(sources, "source"),
    counted(records, "record") +
      (unparsed > 0 ? ` (${counted(unparsed, "not understood", "not understood")})` : ""),
    spanText(from, to),
  ];
  return page.block(parts.join(` ${page.glyph.dot} `), 0, 2).map((line) => page.paint(line, "dim"));
}

function bullets(page: Page, texts: readonly string[], most: number): string[] {
  const shown = texts.slice(0, page.fold(texts.length, most));
  const lines = shown.flatMap((text) => {
    const [first = "", ...rest] = page.block(text, 4, 3);
    return [`  ${page.glyph.bullet} ${first.slice(4)}`, ...rest];
  });
  return shown.length < texts.length ? [...lines, more(page, texts.length - shown.length)] : lines;
}

const more = (page: Page, n: number) => page.paint(`  ${page.glyph.more} and ${n} more`, "dim");

/** Root causes beside the first. */
function alsoCauses(page: Page, report: Report, clock: Clockface): string[][] {
  const roots = furtherRoots(report);
  const shown = roots.slice(0, page.fold(roots.length, 2));
  const blocks = shown.map((root) => [
    `${page.heading("ALSO, ON ITS OWN")}  ${page.paint(`${root.severity}, ${sureness(root)}`, "dim")}`,
    ...page.block(root.summary || root.title, 2, 2),
    ...storyLines(page, report, clock, root, 3),
    ...bullets(page, root.remediation, 1),
  ]);
  if (shown.length < roots.length) blocks.push([more(page, roots.length - shown.length).trimStart()]);
  return blocks;
}

/** No cause: either nothing was found, or only findings that no cause was established for. */
function withoutCause(page: Page, report: Report): string[] {
  const { sources, records, unparsed } = report.summary;
  if (records === 0) {
    return [
      page.heading("NOTHING TO JUDGE"),
      ...page.block(
        `No record could be read in ${counted(sources, "source")}. What was looked at is listed below.`,
        2,
      ),
    ];
  }
  const read = `${counted(records - unparsed, "record")} of ${counted(sources, "source")} ${records - unparsed === 1 ? "was" : "were"} read and understood`;
  const rest =
    unparsed > 0
      ? `; ${counted(unparsed, "record")} could not be understood and was not judged`.replace(
          "s could not be understood and was",
          "s could not be understood and were",
        )
      : "";
  const limit = "That says something about these files only: what was not recorded cannot be judged.";
  const open =
    report.missing.length > 0
      ? ` ${counted(report.missing.length, "question")} stayed open; see WOULD HAVE HELPED below.`
      : "";
  const title = report.findings.length > 0 ? "NO ROOT CAUSE ESTABLISHED" : "NOTHING FOUND";
  const words =
    report.findings.length > 0
      ? `${counted(report.findings.length, "finding")} below, none of which was shown to be the cause of a failure.`
      : "No sign of a known failure.";
  return [
    page.paint(title, "bold", "green"),
    ...page.block(`${words} ${read}${rest}. ${limit}${open}`, 2, 6),
  ];
}

function otherLines(page: Page, report: Report): string[] {
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

function problemLines(page: Page, problems: readonly ReportProblem[]): string[] {
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

function unplacedLines(page: Page, { unplaced }: Report): string[] {
  const shown = unplaced.slice(0, page.fold(unplaced.length, 4));
  const lines = shown.flatMap(({ source, records, why }) =>
    page.block(`${source}: ${counted(records, "record")}, ${why}`, 2, 2),
  );
  return shown.length < unplaced.length ? [...lines, more(page, unplaced.length - shown.length)] : lines;
}

function missingLines(page: Page, { missing }: Report): string[] {
  const shown = missing.slice(0, page.fold(missing.length, 4));
  const lines = shown.flatMap(({ what, why, command }) => [
    ...page.block(`${what}: ${why}`, 2, 3),
    ...(command === "" ? [] : [page.paint(page.fit(`    $ ${command}`, 1000), "cyan")]),
  ]);
  return shown.length < missing.length ? [...lines, more(page, missing.length - shown.length)] : lines;
}
