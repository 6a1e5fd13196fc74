import type { Clockface } from "./clockface.js";
import type { Report, ReportFinding } from "./contract.js";
import { gap } from "./durations.js";
import { codeSpan, fenced, prose } from "./markdown-escape.js";
import { counted } from "./page.js";
import { placeOf } from "./view.js";
import { proofOf, type Told, toldSteps } from "./view-story.js";

/** Steps of a story that a ticket has room for. */
const MOST_STEPS = 12;

/**
 * The chain from a root cause to what people noticed, as a numbered list; every step with its proof in a fence.
 * @param quoted places quoted so far; those quoted here are added
 */
export function storyBlock(
  report: Report,
  clock: Clockface,
  root: ReportFinding,
  quoted: Set<string>,
): string[] {
  const lines = toldSteps(report, root, MOST_STEPS).flatMap((told) => [
    ...stepBlock(told, clock, quoted),
    "",
  ]);
  return lines.slice(0, -1);
}

function stepBlock(
  { step, finding, number, before, noticed, folded }: Told,
  clock: Clockface,
  quoted: Set<string>,
): string[] {
  const bullet = `${number}. `;
  const inner = " ".repeat(bullet.length);
  const known = before ? gap(before.time, step.time) : null;
  const later = known?.order === "after" ? `, ${known.text} later` : "";
  const about = [
    noticed ? " (what was noticed)" : "",
    step.uncertain ? " (order not certain)" : "",
    finding.count > 1 ? `, ${counted(finding.count, "time")}` : "",
    folded > 0 ? `, after ${counted(folded, "more step")}` : "",
  ].join("");
  return [
    `${bullet}**${clock.when(step.time, step)}**${later}: ${prose(finding.title, 200)}${about}`,
    ...(number > 1 && step.text !== finding.title ? ["", inner + prose(step.text)] : []),
    "",
    ...proof(finding, quoted).map((line) => inner + line),
  ];
}

/** Quoted records in a fence, each under its place. */
function proof(finding: ReportFinding, quoted: Set<string>): string[] {
  const records = proofOf(finding, quoted);
  const [first] = finding.evidence;
  if (records.length > 0)
    return fenced(records.flatMap((record) => [placeOf(record), `    ${record.text.trim()}`]));
  return first ? [`Proof as above: ${codeSpan(placeOf(first))}`] : [];
}
