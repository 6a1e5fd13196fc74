import { Clockface, spanText } from "./clockface.js";
import type { Report } from "./contract.js";
import { withoutFolder } from "./folder.js";
import { counted, Page, type PageOptions } from "./page.js";
import { suppressedSentences } from "./suppressed-words.js";
import {
  bullets,
  gapLines,
  missingLines,
  more,
  otherLines,
  problemLines,
  unplacedLines,
} from "./terminal-lists.js";
import { clockLines, sourceLines } from "./terminal-sources.js";
import { sparkline } from "./terminal-sparkline.js";
import { headline, storyLines, sureness } from "./terminal-story.js";
import { timelineLines } from "./terminal-timeline.js";
import { verdictOf } from "./verdict.js";
import { furtherRoots, leadOf } from "./view.js";
import { displayWidth } from "./width.js";

/**
 * The report for a terminal: the first cause, then how it led to what was noticed, what to do, and below that
 * everything that lets a person check it.
 *
 * Nothing from evidence reaches the terminal as a control character; colours only with `color`, links only with `link`, other than
 * ASCII only with `utf8` (the default).
 */
export function renderTerminal(whole: Report, options: PageOptions = {}): string {
  const { folder, report } = withoutFolder(whole);
  const { link } = options;
  const page = new Page({ ...options, link: link && ((source, line) => link(folder + source, line)) });
  const clock = new Clockface(report);
  const lead = leadOf(report);
  const blocks: string[][] = [opening(page, report)];
  if (lead) {
    const quoted = new Set<string>();
    blocks.push(headline(page, lead));
    blocks.push(
      page.section(
        "WHAT HAPPENED",
        [...sparkline(page, report, clock, lead), ...storyLines(page, report, clock, lead, quoted)],
        clock.note,
      ),
    );
    blocks.push(page.section("WHAT TO DO", bullets(page, lead.remediation, 4)));
    blocks.push(page.section("HOW TO CHECK", bullets(page, lead.verify, 4)));
    blocks.push(...alsoCauses(page, report, clock, quoted));
  } else blocks.push(withoutCause(page, report));
  const cited = [clock.note, "the records that the findings cite"].filter(Boolean).join("; ");
  const drawn = lead ? [] : sparkline(page, report, clock);
  blocks.push(page.section("TIMELINE", [...drawn, ...timelineLines(page, report, clock)], cited));
  blocks.push(page.section(lead ? "ALSO FOUND" : "FOUND", otherLines(page, report)));
  blocks.push(page.section("SUPPRESSED", bullets(page, suppressedSentences(report.suppressed), 6)));
  blocks.push(page.section("LOOKED AT", sourceLines(page, report, clock), folder && `below ${folder}`));
  blocks.push(page.section("GAPS", gapLines(page, report, clock)));
  blocks.push(page.section("CLOCKS", clockLines(page, report)));
  blocks.push(page.section("READ WITH TROUBLE", problemLines(page, report.problems)));
  blocks.push(page.section("NOT ON THE TIMELINE", unplacedLines(page, report)));
  blocks.push(page.section("WOULD HAVE HELPED", missingLines(page, report)));
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
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
  const lines: string[] = [];
  for (const part of parts.map((text) => page.fit(text, page.width))) {
    const joined = `${lines.at(-1)} ${page.glyph.dot} ${part}`;
    if (lines.length > 0 && displayWidth(joined) <= page.width) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines.map((line) => page.paint(line, "dim"));
}

/** Root causes beside the first. */
function alsoCauses(page: Page, report: Report, clock: Clockface, quoted: Set<string>): string[][] {
  const roots = furtherRoots(report);
  const shown = roots.slice(0, page.fold(roots.length, 2));
  const blocks = shown.map((root) => [
    `${page.heading("ALSO, ON ITS OWN")}  ${page.paint(`${root.severity}, ${sureness(root)}`, "dim")}`,
    ...page.block(root.summary || root.title, 2, 2),
    ...storyLines(page, report, clock, root, quoted, 3),
    ...bullets(page, root.remediation, 1),
  ]);
  if (shown.length < roots.length) blocks.push([more(page, roots.length - shown.length).trimStart()]);
  return blocks;
}

/** No cause: either nothing was found, or only findings that no cause was established for. */
function withoutCause(page: Page, report: Report): string[] {
  const { title, text } = verdictOf(report, "WOULD HAVE HELPED below");
  return [page.paint(title.toUpperCase(), "bold"), ...page.block(text, 2, 8)];
}
