import type { Clockface } from "./clockface.js";
import type { Report, ReportFinding, StoryStep } from "./contract.js";
import { gap } from "./durations.js";
import { counted, grouped, type Page, type Style } from "./page.js";
import { placeOf, proofOf, storyOf } from "./view.js";
import { displayWidth, padEnd } from "./width.js";

export const severityStyle = (finding: ReportFinding): Style[] => {
  if (finding.severity === "critical" || finding.severity === "high") return ["red", "bold"];
  return finding.severity === "medium" ? ["yellow"] : ["dim"];
};

/** `95 % sure`. */
export const sureness = ({ confidence }: ReportFinding): string => `${Math.round(confidence * 100)} % sure`;

/** What the report leads with: the cause in plain words, and how sure it is. */
export function headline(page: Page, finding: ReportFinding): string[] {
  const about = `${finding.severity}, ${sureness(finding)}`;
  const once = finding.count > 1 ? `, ${counted(finding.count, "time")}` : "";
  return [
    `${page.heading("ROOT CAUSE")}  ${page.paint(`${about}${once}`, "dim")}`,
    ...page.block(finding.title, 2, 2).map((line) => page.paint(line, ...severityStyle(finding))),
    ...(finding.summary && finding.summary !== finding.title ? page.block(finding.summary, 2) : []),
  ];
}

/** The lines that prove a step: place and quoted record. */
function proofLines(page: Page, finding: ReportFinding, indent: number): string[] {
  const proof = proofOf(finding);
  const places = proof.map((evidence) => page.fitEnd(placeOf(evidence), Math.floor(page.width / 3)));
  const placeWidth = Math.max(0, ...places.map(displayWidth));
  return proof.map((evidence, i) => {
    const quoted = page.quote(evidence.text, page.width - indent - placeWidth - 2);
    return `${" ".repeat(indent)}${page.paint(padEnd(places[i]!, placeWidth), "cyan")}  ${page.paint(quoted, "dim")}`;
  });
}

/** How much later a step began than the one before it. */
function between(page: Page, before: StoryStep, step: StoryStep): string[] {
  const known = gap(before.time, step.time);
  if (known === null || known.order === "same") return [];
  const words =
    known.order === "unsure"
      ? "about the same time: the clocks do not tell which was first"
      : known.order === "after"
        ? `${known.text} later`
        : `already ${known.text} before that`;
  return [page.paint(`     ${page.glyph.down} ${page.fit(words, page.width - 7)}`, "dim")];
}

/** Columns before the text of a step. */
const INDENT = 5;

/** One step: number, time and title; what happened; the records that prove it. */
function stepLines(
  page: Page,
  finding: ReportFinding,
  step: StoryStep,
  number: number,
  time: string,
  noticed: boolean,
): string[] {
  const note = noticed
    ? "  (what was noticed)"
    : finding.count > 1
      ? `  ${page.glyph.times}${grouped(finding.count)}`
      : "";
  const title = page.fit(finding.title, page.width - INDENT - displayWidth(time) - 2 - note.length);
  const facts = number > 1 && step.text !== finding.title ? page.block(step.text, INDENT, 2) : [];
  return [
    `${String(number).padStart(3)}. ${time}  ${page.paint(title, "bold")}${page.paint(note, "dim")}`,
    ...facts,
    ...proofLines(page, finding, INDENT + 2),
  ];
}

/**
 * The chain from a root cause to what people noticed: numbered, each step with its time, what happened, and the
 * records that prove it.
 * @param most steps shown; the middle of a longer chain is folded, never its end, which is what people saw
 */
export function storyLines(
  page: Page,
  report: Report,
  clock: Clockface,
  root: ReportFinding,
  most = 6,
): string[] {
  const byId = new Map(report.findings.map((finding) => [finding.id, finding]));
  const { steps, symptoms } = storyOf(report, root);
  const times = steps.map((step) => page.show(clock.when(step.time, step)));
  const timeWidth = Math.max(...times.map(displayWidth));
  const shown = page.fold(steps.length, most);
  const lines: string[] = [];
  let before: StoryStep | undefined;
  for (const [i, step] of steps.entries()) {
    const finding = byId.get(step.findingId);
    if (!finding) continue;
    const folded = steps.length - shown;
    if (folded > 0 && i >= shown - 1 && i < steps.length - 1) {
      if (i === shown - 1)
        lines.push(page.paint(`     ${page.glyph.more} ${counted(folded, "step")} between`, "dim"));
      continue;
    }
    if (before) lines.push(...between(page, before, step));
    before = step;
    const noticed = i > 0 && symptoms.includes(step.findingId);
    lines.push(...stepLines(page, finding, step, i + 1, padEnd(times[i]!, timeWidth), noticed));
  }
  return lines;
}
