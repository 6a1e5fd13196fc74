import type { ReportFinding } from "../../report/contract.js";
import { grouped } from "../../report/page.js";
import { sureness } from "../../report/terminal-story.js";
import { showsRecord } from "../filter.js";
import { span } from "../line.js";
import { type Look, type Pane, Sheet } from "../pane.js";
import { ladderRows } from "./ladder.js";
import { recordRows, severityLook } from "./look.js";

/** One finding with all that is known of it: what it rests on, what it came from and led to, what to do. */
export function findingPane(look: Look, id: string): Pane {
  const { subject, page } = look;
  const sheet = new Sheet(page);
  const finding = subject.findings.get(id);
  if (!finding) return { title: "Finding", rows: [] };
  sheet.text(finding.title, 0, { styles: severityLook(finding.severity) });
  if (finding.summary && finding.summary !== finding.title) sheet.text(finding.summary, 2);
  factRows(sheet, look, finding);
  linkRows(sheet, look, "CAUSED BY", finding.causedBy);
  linkRows(sheet, look, "LED TO", subject.effects.get(id) ?? []);
  evidenceRows(sheet, look, finding);
  const ladder = subject.study.ladders.find(({ findingId }) => findingId === id);
  if (ladder) {
    sheet.heading("THE PACKETS' WAY", `${grouped(ladder.packets.length)} of ${grouped(ladder.total)}`);
    for (const row of ladderRows(page, subject.clock, ladder)) sheet.line(row.line, row);
  }
  if (finding.remediation.length > 0) sheet.heading("WHAT TO DO");
  sheet.bullets(finding.remediation);
  if (finding.verify.length > 0) sheet.heading("HOW TO CHECK");
  sheet.bullets(finding.verify);
  return { title: `Finding ${page.show(id)}`, rows: sheet.rows };
}

function factRows(sheet: Sheet, { subject }: Look, finding: ReportFinding): void {
  const { from, to, time_of_day: day, elapsed, entities } = finding;
  const begun = subject.clock.when(
    from,
    { ...(day && { time_of_day: day.from }), ...(elapsed && { elapsed: elapsed.from }) },
    6,
  );
  const end = to === null || to === from ? "" : ` to ${subject.clock.point(to, 6)}`;
  sheet.heading("FACTS");
  sheet.facts([
    ["severity", `${finding.severity}, ${sureness(finding)}`],
    ["when", begun + end],
    ["times", finding.count > 1 ? grouped(finding.count) : ""],
    ["rule", finding.rule],
    ...Object.entries(entities).map(([field, values]) => [field, values.join(", ")] as const),
  ]);
}

function linkRows(sheet: Sheet, { subject }: Look, title: string, ids: readonly string[]): void {
  const linked = ids.flatMap((id) => subject.findings.get(id) ?? []);
  if (linked.length > 0) sheet.heading(title);
  for (const { id, title: words, summary } of linked) sheet.link(summary || words, { kind: "finding", id });
}

function evidenceRows(sheet: Sheet, look: Look, finding: ReportFinding): void {
  const { subject, page, filter } = look;
  const shown = finding.evidence.filter((record) =>
    showsRecord({ ...filter, severity: "informational" }, subject, {
      ...record,
      latest: null,
      time: null,
      findingIds: [],
    }),
  );
  const hidden = finding.evidence.length - shown.length;
  sheet.heading("EVIDENCE", hidden > 0 ? `${hidden} hidden by the filter` : subject.clock.note);
  const times = shown.map((record) => page.show(subject.clock.when(record.time, record, 6)));
  for (const row of recordRows(page, shown, 2, times)) sheet.line(row.line, row);
  if (finding.evidence.length === 0) sheet.line([span("  none: it follows from the findings above", "dim")]);
}
