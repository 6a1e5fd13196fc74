import type { Clockface } from "./clockface.js";
import type { Report, ReportFinding, StoryStep } from "./contract.js";
import { gap } from "./durations.js";
import { counted, type Page, type Style } from "./page.js";
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
  const places = proof.map((evidence) => page.fit(placeOf(evidence), 44));
  const placeWidth = Math.max(0, ...places.map(displayWidth));
  return proof.map((evidence, i) => {
    const quoted = page.fit(evidence.text.trim(), page.width - indent - placeWidth - 2);
    return `${" ".repeat(indent)}${page.paint(padEnd(places[i]!, placeWidth), "cyan")}  ${page.paint(quoted, "dim")}`;
  });
}

/** How much later a step began than the one before it. */
function between(page: Page, before: StoryStep, step: StoryStep, indent: number): string[] {
  const known = gap(before.time, step.time);
  if (known === null || known.order === "same") return [];
  const words =
    known.order === "unsure"
      ? "about the same time: the clocks do not tell which was first"
      : known.order === "after"
        ? `${known.text} later`
        : `already ${known.text} before that`;
  return [page.paint(" ".repeat(indent) + page.fit(words, page.width - indent), "dim")];
}

/**
 * The chain from a root cause to what people noticed: numbered, each step with its time, what happened, and the
 * record that proves it.
 * @param most steps shown; the middle of a longer chain is folded
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
  const indent = 6 + timeWidth + 2;
  const shown = page.fold(steps.length, most);
  const lines: string[] = [];
  let before: StoryStep | undefined;
  steps.forEach((step, i) => {
    const finding = byId.get(step.findingId);
    if (!finding) return;
    // The chain's end is what people saw: a long middle is folded, never the end.
    if (i >= shown - 1 && i < steps.length - 1) {
      if (i === shown - 1)
        lines.push(
          page.paint(
            `${" ".repeat(indent)}${page.glyph.more} ${counted(steps.length - shown, "step")} between`,
            "dim",
          ),
        );
      return;
    }
    if (before) lines.push(...between(page, before, step, indent));
    before = step;
    const seen = symptoms.includes(step.findingId) && i > 0 ? "  (what was noticed)" : "";
    const times = finding.count > 1 && !seen ? `  ${page.glyph.times}${finding.count}` : "";
    const title = page.fit(finding.title, page.width - indent - displayWidth(seen + times));
    const number = String(i + 1).padStart(3);
    lines.push(
      `${number}.  ${padEnd(page.show(clock.when(step.time, step)), timeWidth)} ${" "}${page.paint(title, "bold")}${page.paint(seen + times, "dim")}`,
    );
    if (i > 0 && step.text !== finding.title) lines.push(...page.block(step.text, indent, 2));
    lines.push(...proofLines(page, finding, indent));
  });
  return lines;
}
