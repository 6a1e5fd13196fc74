import type { Clockface } from "./clockface.js";
import type { Report, ReportFinding, StoryStep } from "./contract.js";
import { counted, grouped, type Page, type Style } from "./page.js";
import { placeOf } from "./view.js";
import { laterWords, proofOf, type Told, toldSteps } from "./view-story.js";
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
function proofLines(page: Page, finding: ReportFinding, indent: number, quoted: Set<string>): string[] {
  const proof = proofOf(finding, quoted);
  const [first] = finding.evidence;
  if (proof.length === 0 && first)
    return [
      page.paint(
        `${" ".repeat(indent)}${page.fit(`proof as above: ${placeOf(first)}`, page.width - indent)}`,
        "dim",
      ),
    ];
  const places = proof.map((evidence) => page.fitEnd(placeOf(evidence), Math.floor(page.width / 3)));
  const placeWidth = Math.max(0, ...places.map(displayWidth));
  return proof.map((evidence, i) => {
    const text = page.quote(evidence.text, page.width - indent - placeWidth - 2);
    const place = page.linked(page.paint(places[i]!, "cyan"), evidence.source, evidence.line);
    const room = " ".repeat(placeWidth - displayWidth(places[i]!));
    return `${" ".repeat(indent)}${place}${room}  ${text}`;
  });
}

/** How much later a step began than the one before it. */
function between(page: Page, before: StoryStep, step: StoryStep): string[] {
  const words = laterWords(before, step);
  if (words === "") return [];
  return [page.paint(`     ${page.glyph.down} ${page.fit(words, page.width - 7)}`, "dim")];
}

/** Columns before the text of a step. */
const INDENT = 5;

/** One step: number, time and title; what happened; the records that prove it. */
function stepLines(
  page: Page,
  { step, finding, number, noticed }: Told,
  time: string,
  quoted: Set<string>,
): string[] {
  const order = step.uncertain ? "  (order not certain)" : "";
  const seen = noticed
    ? "  (what was noticed)"
    : finding.count > 1
      ? `  ${page.glyph.times}${grouped(finding.count)}`
      : "";
  const note = seen + order;
  const room = page.width - INDENT - displayWidth(time) - 2;
  const title = page.block(finding.title, page.width - room, 2).map((line) => line.trimStart());
  const beside = displayWidth(title.at(-1)!) + displayWidth(note) <= room;
  const facts = number > 1 && step.text !== finding.title ? page.block(step.text, INDENT, 4) : [];
  return [
    ...title.map((line, i) => {
      const before = i === 0 ? `${String(number).padStart(3)}. ${time}  ` : " ".repeat(page.width - room);
      const last = beside && i === title.length - 1;
      return before + page.paint(line, "bold") + (last ? page.paint(note, "dim") : "");
    }),
    ...(beside ? [] : [" ".repeat(INDENT) + page.paint(note.trim(), "dim")]),
    ...facts,
    ...proofLines(page, finding, INDENT + 2, quoted),
  ];
}

/**
 * The chain from a root cause to what people noticed: numbered, each step with its time, what happened, and the
 * records that prove it.
 * @param quoted places quoted so far; those quoted here are added
 * @param most steps shown
 */
export function storyLines(
  page: Page,
  report: Report,
  clock: Clockface,
  root: ReportFinding,
  quoted = new Set<string>(),
  most = 6,
): string[] {
  const told = toldSteps(report, root, page.full ? Number.POSITIVE_INFINITY : most);
  const times = told.map(({ step }) => page.show(clock.when(step.time, step)));
  const timeWidth = Math.max(...times.map(displayWidth));
  return told.flatMap((one, i) => [
    ...(one.folded > 0
      ? [page.paint(`     ${page.glyph.more} ${counted(one.folded, "step")} between`, "dim")]
      : []),
    ...(one.before ? between(page, one.before, one.step) : []),
    ...stepLines(page, one, padEnd(times[i]!, timeWidth), quoted),
  ]);
}
