import type { ReportFinding } from "../../report/contract.js";
import { counted, grouped } from "../../report/page.js";
import { sureness } from "../../report/terminal-story.js";
import { verdictOf } from "../../report/verdict.js";
import { furtherRoots, leadOf, otherFindings, placeOf } from "../../report/view.js";
import { laterWords, proofOf, toldSteps } from "../../report/view-story.js";
import { displayWidth, padEnd } from "../../report/width.js";
import { span } from "../line.js";
import { type Look, type Pane, Sheet } from "../pane.js";
import { recordRows, severityCell, severityLook } from "./look.js";

/** How it came to what was noticed: root cause first, then each step of the way, then what to do. A step opens its finding. */
export function storyPane(look: Look): Pane {
  const { page, subject } = look;
  const { report } = subject.study;
  const sheet = new Sheet(page);
  const quoted = new Set<string>();
  const lead = leadOf(report);
  if (lead) {
    for (const [i, root] of [lead, ...furtherRoots(report)].entries()) {
      rootRows(sheet, look, root, i === 0 ? "ROOT CAUSE" : "ALSO, ON ITS OWN");
      stepRows(sheet, look, root, quoted);
      adviceRows(sheet, root);
    }
  } else {
    const { title, text } = verdictOf(report, "view 6");
    sheet.heading(title.toUpperCase());
    sheet.text(text, 2);
  }
  otherRows(sheet, look, lead !== undefined);
  return { title: "Story", rows: sheet.rows };
}

function rootRows(sheet: Sheet, { page }: Look, root: ReportFinding, title: string): void {
  const times = root.count > 1 ? `, ${counted(root.count, "time")}` : "";
  const target = { kind: "finding", id: root.id } as const;
  sheet.heading(title, `${root.severity}, ${sureness(root)}${times}`, target);
  sheet.text(root.title, 2, { styles: severityLook(root.severity), target });
  if (root.summary && root.summary !== root.title) sheet.text(page.show(root.summary), 2, { target });
}

function stepRows(sheet: Sheet, { page, subject }: Look, root: ReportFinding, quoted: Set<string>): void {
  const { clock, study } = subject;
  const told = toldSteps(study.report, root, Number.POSITIVE_INFINITY);
  const times = told.map(({ step }) => page.show(clock.when(step.time, step)));
  const width = Math.max(0, ...times.map(displayWidth));
  sheet.heading("WHAT HAPPENED", clock.note);
  told.forEach(({ step, finding, number, before, noticed }, i) => {
    const target = { kind: "finding", id: finding.id } as const;
    const later = before ? laterWords(before, step) : "";
    if (later !== "") sheet.text(later, 7, { first: `     ${page.glyph.down}`, styles: ["dim"] });
    const seen = noticed
      ? "  (what was noticed)"
      : finding.count > 1
        ? `  ${page.glyph.times}${grouped(finding.count)}`
        : "";
    const note = seen + (step.uncertain ? "  (order not certain)" : "");
    const room = page.width - 7 - width - note.length;
    sheet.line(
      [
        span(`${String(number).padStart(3)}. ${padEnd(times[i]!, width)}  `),
        span(page.fit(finding.title, room), "bold"),
        span(note, "dim"),
      ],
      { target, begins: true, find: `${finding.title} ${finding.rule}` },
    );
    if (number > 1 && step.text !== finding.title) sheet.text(step.text, 5, { target });
    const proof = proofOf(finding, quoted);
    for (const row of recordRows(page, proof, 7)) sheet.line(row.line, row);
  });
}

function adviceRows(sheet: Sheet, { remediation, verify }: ReportFinding): void {
  if (remediation.length > 0) sheet.heading("WHAT TO DO");
  sheet.bullets(remediation);
  if (verify.length > 0) sheet.heading("HOW TO CHECK");
  sheet.bullets(verify);
}

/** Findings that no story tells. */
function otherRows(sheet: Sheet, { page, subject }: Look, also: boolean): void {
  const groups = otherFindings(subject.study.report);
  if (groups.length > 0) sheet.heading(also ? "ALSO FOUND" : "FOUND");
  for (const { first, more } of groups) {
    const like = more > 0 ? ` (and ${more} more like it)` : "";
    const [record] = first.evidence;
    const place = record ? `  ${placeOf(record)}` : "";
    const target = { kind: "finding", id: first.id } as const;
    const words = page.show(`${first.summary || first.title}${like}${place}`);
    sheet.text(words, 12, {
      first: `  ${severityCell(first.severity)}`,
      styles: severityLook(first.severity),
      target,
    });
  }
}
