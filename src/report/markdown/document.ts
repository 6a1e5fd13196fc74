import { clockSentences } from "../clock-words.js";
import { Clockface, spanText } from "../clockface.js";
import type { Report, ReportFinding } from "../contract.js";
import { gapSentences } from "../gap-words.js";
import { counted } from "../page.js";
import { suppressedSentences } from "../suppressed-words.js";
import { verdictOf } from "../verdict.js";
import { furtherRoots, leadOf, otherFindings, placeOf, troubleOf, unplacedGroups } from "../view.js";
import { barsOf } from "./bars.js";
import type { Detail } from "./detail.js";
import type { Markup } from "./markup.js";
import { essential, type Part } from "./part.js";
import { storyParts, type Telling } from "./story.js";
import { listParts, missingParts, sourcesParts, timelineParts } from "./tables.js";

/** Sources that are named of those that share a reason. */
const MOST_NAMED = 20;

/** A report in the order in which it is read: the cause, how it came to what was noticed, what to do; then what lets people check it. */
export function partsOf(report: Report, markup: Markup, detail: Detail): Part[] {
  const clock = new Clockface(report);
  const lead = leadOf(report);
  const telling: Telling = { report, clock, markup, detail, quoted: new Set() };
  return [
    essential(title(report, markup, detail, lead)),
    ...(lead ? causeParts(telling, lead) : []),
    ...otherParts(telling, lead),
    ...listParts(markup, "Suppressed", suppressedSentences(report.suppressed), { evidence: "suppressions" }),
    ...timelineParts(report, clock, markup),
    ...sourcesParts(report, clock, markup),
    ...listParts(markup, "Gaps in the evidence", gapSentences(report, clock), {
      evidence: "gaps",
      folded: true,
    }),
    ...listParts(markup, "Clocks", clockSentences(report), { evidence: "clocks", folded: true }),
    ...listParts(markup, "Read with trouble", report.problems.map(troubleOf), {
      evidence: "problems with reading",
    }),
    ...listParts(markup, "Not on the timeline", unplacedTexts(report), { evidence: "reasons", folded: true }),
    ...missingParts(report, markup),
  ];
}

function title(report: Report, markup: Markup, detail: Detail, lead: ReportFinding | undefined): string[] {
  const { sources, records, unparsed, from, to } = report.summary;
  const looked = `${counted(sources, "source")}, ${counted(records, "record")} (${unparsed === 0 ? "all understood" : `${counted(unparsed, "not understood", "not understood")}`}), ${spanText(from, to)}`;
  const made = markup.note(`hindcast ${report.version}: ${looked}`);
  if (lead) {
    const sure = `${lead.severity}, ${Math.round(lead.confidence * 100)} % sure${lead.count > 1 ? `, ${counted(lead.count, "time")}` : ""}`;
    return [
      markup.heading(1, markup.prose(lead.title, detail.title)),
      "",
      `${markup.strong("Root cause")} (${sure}). ${markup.prose(lead.summary, detail.text)}`,
      "",
      made,
    ];
  }
  const verdict = verdictOf(report, "“Would have helped” below");
  return [markup.heading(1, verdict.title), "", markup.prose(verdict.text, detail.text), "", made];
}

function causeParts(telling: Telling, lead: ReportFinding): Part[] {
  const { report, clock, markup, detail } = telling;
  const bars = barsOf(report, lead, detail.steps);
  const parts = [
    essential([markup.heading(2, `What happened${clock.note ? ` (${clock.note})` : ""}`)]),
    ...(bars ? [markup.picture(bars)] : []),
    ...storyParts(telling, lead),
    ...listParts(markup, "What to do", lead.remediation, { most: detail.items, text: detail.text }),
    ...listParts(markup, "How to check", lead.verify, { most: detail.items, text: detail.text }),
  ];
  const roots = furtherRoots(report);
  for (const root of roots.slice(0, detail.roots)) parts.push(...furtherParts(telling, root));
  if (roots.length > detail.roots)
    parts.push(
      essential([markup.note(`${counted(roots.length - detail.roots, "more cause")} in the JSON report.`)]),
    );
  return parts;
}

function furtherParts(telling: Telling, root: ReportFinding): Part[] {
  const { markup, detail } = telling;
  const advice = root.remediation.slice(0, Math.min(3, detail.items));
  return [
    essential([
      markup.heading(2, `Also, on its own: ${markup.prose(root.title, detail.title)}`),
      "",
      markup.prose(root.summary, detail.text),
    ]),
    ...storyParts(telling, root),
    ...(advice.length > 0
      ? [essential(advice.map((text) => markup.item(markup.prose(text, detail.text))))]
      : []),
  ];
}

/** Findings that no story tells. */
function otherParts({ report, markup, detail }: Telling, lead: ReportFinding | undefined): Part[] {
  const groups = otherFindings(report);
  if (groups.length === 0) return [];
  const shown = groups.slice(0, detail.others);
  const lines = shown.map(({ first, more }) => {
    const like = more > 0 ? ` (and ${more} more like it)` : "";
    const place = first.evidence[0] ? ` ${markup.code(placeOf(first.evidence[0]))}` : "";
    const said = markup.prose(first.summary || first.title, Math.min(400, detail.text));
    return markup.item(`${markup.strong(first.severity)}: ${said}${like}${place}`);
  });
  if (shown.length < groups.length) lines.push(markup.item(`and ${groups.length - shown.length} more`));
  return [essential([markup.heading(2, lead ? "Also found" : "Found"), "", ...lines])];
}

const unplacedTexts = (report: Report): string[] =>
  unplacedGroups(report).map(({ why, sources, records }) => {
    const rest = sources.length > MOST_NAMED ? ` and ${sources.length - MOST_NAMED} more` : "";
    return `${sources.slice(0, MOST_NAMED).join(", ")}${rest} (${counted(records, "record")}): ${why}`;
  });
