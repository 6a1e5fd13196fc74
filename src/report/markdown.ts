import { Clockface, spanText } from "./clockface.js";
import type { Report, ReportFinding } from "./contract.js";
import { codeSpan, prose } from "./markdown-escape.js";
import { storyBlock } from "./markdown-story.js";
import { clocksBlock, listBlock, missingBlock, sourcesBlock, timelineBlock } from "./markdown-tables.js";
import { counted } from "./page.js";
import { verdictOf } from "./verdict.js";
import { furtherRoots, leadOf, otherFindings, placeOf, troubleOf, unplacedGroups } from "./view.js";

/** GitHub refuses comments above 65 536 characters; other trackers stop earlier than that. */
const MOST_CHARACTERS = 60_000;
/** Room that is kept for the sentence that says what was left out. */
const NOTE_ROOM = 400;
/** Causes beside the first that are told. */
const MOST_ROOTS = 5;

/**
 * The report for a ticket, in GitHub's Markdown: title, story with its proof as code, what to do, timeline, sources.
 * At most 60 000 characters; what has no room is left out by whole sections, and the end says so.
 */
export function renderMarkdown(report: Report): string {
  const clock = new Clockface(report);
  const lead = leadOf(report);
  const blocks: string[][] = [title(report, lead)];
  if (lead) {
    const quoted = new Set<string>();
    blocks.push([
      `## What happened${clock.note ? ` (${clock.note})` : ""}`,
      "",
      ...storyBlock(report, clock, lead, quoted),
    ]);
    blocks.push(listBlock("What to do", lead.remediation));
    blocks.push(listBlock("How to check", lead.verify));
    for (const root of furtherRoots(report).slice(0, MOST_ROOTS)) {
      blocks.push([
        `## Also, on its own: ${prose(root.title, 200)}`,
        "",
        prose(root.summary),
        "",
        ...storyBlock(report, clock, root, quoted),
        ...(root.remediation.length > 0
          ? ["", ...root.remediation.slice(0, 3).map((text) => `- ${prose(text)}`)]
          : []),
      ]);
    }
  }
  blocks.push(timelineBlock(report, clock));
  blocks.push(...others(report, lead));
  blocks.push(sourcesBlock(report, clock));
  blocks.push(clocksBlock(report));
  blocks.push(listBlock("Read with trouble", report.problems.map(troubleOf)));
  const unplaced = unplacedGroups(report).map(({ why, sources, records }) => {
    const rest = sources.length > 20 ? ` and ${sources.length - 20} more` : "";
    return `${sources.slice(0, 20).join(", ")}${rest} (${counted(records, "record")}): ${why}`;
  });
  blocks.push(listBlock("Not on the timeline", unplaced));
  blocks.push(missingBlock(report));
  return assemble(blocks.filter((lines) => lines.length > 0));
}

/** Puts whole sections together while there is room. */
function assemble(blocks: readonly string[][]): string {
  let text = "";
  const left: string[] = [];
  for (const lines of blocks) {
    const next = `${lines.join("\n")}\n\n`;
    if (text.length + next.length <= MOST_CHARACTERS - NOTE_ROOM) text += next;
    else left.push(lines[0]!.replace(/^#+ /, "").slice(0, 40));
  }
  if (left.length > 0) {
    const named = left.slice(0, 5).join(", ") + (left.length > 5 ? " and more" : "");
    text += `_Left out to fit into a ticket: ${named}. The JSON report has everything._\n`;
  }
  return `${text.trimEnd()}\n`;
}

function title(report: Report, lead: ReportFinding | undefined): string[] {
  const { sources, records, unparsed, from, to } = report.summary;
  const looked = `${counted(sources, "source")}, ${counted(records, "record")} (${unparsed === 0 ? "all understood" : `${counted(unparsed, "not understood", "not understood")}`}), ${spanText(from, to)}`;
  const made = `_hindcast ${report.version}: ${looked}_`;
  if (lead) {
    const sure = `${lead.severity}, ${Math.round(lead.confidence * 100)} % sure${lead.count > 1 ? `, ${counted(lead.count, "time")}` : ""}`;
    return [`# ${prose(lead.title, 200)}`, "", `**Root cause** (${sure}). ${prose(lead.summary)}`, "", made];
  }
  const verdict = verdictOf(report, "“Would have helped” below");
  return [`# ${verdict.title}`, "", prose(verdict.text), "", made];
}

function others(report: Report, lead: ReportFinding | undefined): string[][] {
  const groups = otherFindings(report);
  if (groups.length === 0) return [];
  const shown = groups.slice(0, 30);
  const lines = shown.map(({ first, more }) => {
    const like = more > 0 ? ` (and ${more} more like it)` : "";
    const place = first.evidence[0] ? ` ${codeSpan(placeOf(first.evidence[0]))}` : "";
    return `- **${first.severity}**: ${prose(first.summary || first.title, 400)}${like}${place}`;
  });
  if (shown.length < groups.length) lines.push(`- and ${groups.length - shown.length} more`);
  return [[lead ? "## Also found" : "## Found", "", ...lines]];
}
