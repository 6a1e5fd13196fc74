import { Clockface, spanText } from "./clockface.js";
import type { Report, ReportFinding } from "./contract.js";
import { gap } from "./durations.js";
import { codeSpan, fenced, prose } from "./markdown-escape.js";
import { clocksBlock, listBlock, missingBlock, sourcesBlock, timelineBlock } from "./markdown-tables.js";
import { counted } from "./page.js";
import { furtherRoots, leadOf, otherFindings, placeOf, proofOf, storyOf, troubleOf } from "./view.js";

/** GitHub refuses comments above 65 536 characters; other trackers stop earlier than that. */
const MOST_CHARACTERS = 60_000;
/** Room that is kept for the sentence that says what was left out. */
const NOTE_ROOM = 400;

/**
 * The report for a ticket, in GitHub's Markdown: title, story with its proof as code, what to do, timeline, sources.
 * At most 60 000 characters; what has no room is left out by whole sections, and the end says so.
 */
export function renderMarkdown(report: Report): string {
  const clock = new Clockface(report);
  const lead = leadOf(report);
  const blocks: string[][] = [title(report, lead)];
  if (lead) {
    blocks.push(["## What happened", "", ...story(report, clock, lead)]);
    for (const root of furtherRoots(report)) {
      blocks.push([
        `## Also, on its own: ${prose(root.title, 200)}`,
        "",
        prose(root.summary),
        "",
        ...story(report, clock, root),
      ]);
    }
    blocks.push(listBlock("What to do", lead.remediation));
    blocks.push(listBlock("How to check", lead.verify));
  }
  blocks.push(timelineBlock(report, clock));
  blocks.push(...others(report, lead));
  blocks.push(sourcesBlock(report, clock));
  blocks.push(clocksBlock(report));
  blocks.push(listBlock("Read with trouble", report.problems.map(troubleOf)));
  blocks.push(
    listBlock(
      "Not on the timeline",
      report.unplaced.map(({ source, records, why }) => `${source}: ${counted(records, "record")}, ${why}`),
    ),
  );
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
  if (records === 0)
    return ["# Nothing to judge", "", `No record could be read in ${counted(sources, "source")}.`, "", made];
  const found = report.findings.length > 0;
  const words = found
    ? `${counted(report.findings.length, "finding")} below, none of which was shown to be the cause of a failure.`
    : "No sign of a known failure.";
  const open =
    report.missing.length > 0
      ? ` ${counted(report.missing.length, "question")} stayed open, see the end.`
      : "";
  return [
    found ? "# No root cause established" : "# Nothing found",
    "",
    `${words} That says something about these files only: what was not recorded cannot be judged.${open}`,
    "",
    made,
  ];
}

function story(report: Report, clock: Clockface, root: ReportFinding): string[] {
  const byId = new Map(report.findings.map((finding) => [finding.id, finding]));
  const { steps, symptoms } = storyOf(report, root);
  const lines: string[] = [];
  steps.forEach((step, i) => {
    const finding = byId.get(step.findingId);
    if (!finding) return;
    const inner = " ".repeat(`${i + 1}. `.length);
    const known = i > 0 ? gap(steps[i - 1]!.time, step.time) : null;
    const later = known?.order === "after" ? `, ${known.text} later` : "";
    const noticed = i > 0 && symptoms.includes(step.findingId) ? " (what was noticed)" : "";
    const count = finding.count > 1 ? `, ${counted(finding.count, "time")}` : "";
    lines.push(
      `${i + 1}. **${clock.when(step.time, step)}**${later}: ${prose(finding.title, 200)}${noticed}${count}`,
    );
    if (i > 0 && step.text !== finding.title) lines.push("", inner + prose(step.text));
    lines.push("", ...proof(finding).map((line) => inner + line), "");
  });
  lines.pop();
  return lines;
}

/** Quoted records in a fence, each under its place. */
function proof(finding: ReportFinding): string[] {
  const quoted = proofOf(finding);
  return quoted.length === 0
    ? []
    : fenced(quoted.flatMap((evidence) => [`${placeOf(evidence)}`, `    ${evidence.text.trim()}`]));
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
