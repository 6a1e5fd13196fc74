import type { Clockface } from "../clockface.js";
import type { Report, ReportFinding } from "../contract.js";
import { gap } from "../durations.js";
import { counted } from "../page.js";
import { placeOf } from "../view.js";
import { proofOf, type Told, toldSteps } from "../view-story.js";
import type { Detail } from "./detail.js";
import type { Markup } from "./markup.js";
import { essential, mapLines, type Part } from "./part.js";

/** What storyParts puts down: the report, how its times are written, and in which markup. */
export interface Telling {
  report: Report;
  clock: Clockface;
  markup: Markup;
  detail: Detail;
  /** Places quoted so far; those quoted are added. */
  quoted: Set<string>;
}

/** The chain from a root cause to what people noticed, numbered; every step with its proof, which may be left out. */
export function storyParts(telling: Telling, root: ReportFinding): Part[] {
  const { report, detail } = telling;
  return toldSteps(report, root, detail.steps).flatMap((told) => [
    stepPart(telling, told),
    ...proofParts(telling, told.finding),
  ]);
}

function stepPart(
  { clock, markup, detail }: Telling,
  { step, finding, number, before, noticed, folded }: Told,
): Part {
  const known = before ? gap(before.time, step.time) : null;
  const later = known?.order === "after" ? `, ${known.text} later` : "";
  const about = [
    noticed ? " (what was noticed)" : "",
    step.uncertain ? " (order not certain)" : "",
    finding.count > 1 ? `, ${counted(finding.count, "time")}` : "",
    folded > 0 ? `, after ${counted(folded, "more step")}` : "",
  ].join("");
  const time = markup.strong(clock.when(step.time, step));
  const says = number > 1 && step.text !== finding.title;
  return essential([
    markup.step(number, `${time}${later}: ${markup.prose(finding.title, detail.title)}${about}`),
    ...(says ? ["", markup.within(markup.prose(step.text, detail.text))] : []),
  ]);
}

/** Quoted records, each under its place, folded where the markup folds. */
function proofParts({ markup, quoted }: Telling, finding: ReportFinding): Part[] {
  const records = proofOf(finding, quoted);
  const [first] = finding.evidence;
  if (records.length > 0) {
    const rows = records.map((record) => [placeOf(record), `    ${record.text.trim()}`]);
    const part = markup.foldedBelow(`Proof: ${counted(records.length, "record")}`, markup.verbatim(rows));
    return [{ ...mapLines(part, markup.within), evidence: "quoted records" }];
  }
  if (!first) return [];
  return [essential([markup.within(`Proof as above: ${markup.code(placeOf(first))}`)])];
}
