import { grouped } from "../../report/page.js";
import { placeOf } from "../../report/view.js";
import { span } from "../line.js";
import { type Look, type Pane, Sheet } from "../pane.js";
import type { Subject } from "../subject.js";
import { momentText } from "../timeline/axis.js";

/** Where a record stands. */
type Place = { source: string; line: number };

/** One record as it stands in its file: the lines around it, where its bytes lie, and what it proves. */
export function recordPane(look: Look, at: Place): Pane {
  const { subject, page } = look;
  const place = placeOf(at);
  const title = page.show(place);
  const sheet = new Sheet(page);
  const record = subject.records.get(place);
  if (!record) return otherRecord(look, sheet, at, title);
  const context = subject.contexts.get(place);
  const before = context?.before ?? [];
  sheet.heading("RECORD", page.show(record.action));
  for (const [i, text] of before.entries()) aroundRow(sheet, look, at.line - before.length + i, text);
  sheet.text(record.text, NUMBER + 2, { first: numbered(at.line), styles: ["bold"] });
  for (const [i, text] of (context?.after ?? []).entries()) aroundRow(sheet, look, at.line + 1 + i, text);
  if (!context) sheet.line([span("  The lines around it were not kept.", "dim")]);
  const source = subject.sources.get(at.source);
  sheet.heading("WHERE AND WHEN");
  sheet.facts([
    ["file", subject.folder + at.source],
    numberFact(subject, at),
    ["bytes", `${grouped(record.length)} from offset ${grouped(record.offset)}`],
    ["SHA-256", source?.sha256 ?? ""],
    ["format", source?.format ?? ""],
    ["time", shortened(subject.clock.when(record.time, record, 9))],
    [
      "stamped",
      record.stamp ? `${shortened(subject.clock.point(record.stamp, 9))}: its clock was wrong` : "",
    ],
  ]);
  const proves = [...subject.findings.values()].filter(({ evidence }) =>
    evidence.some(({ source: path, line }) => path === at.source && line === at.line),
  );
  if (proves.length > 0) sheet.heading("PROVES");
  for (const { id, summary, title: words } of proves) sheet.link(summary || words, { kind: "finding", id });
  return { title, rows: sheet.rows };
}

/** Nanoseconds only where there are any. */
const shortened = (time: string): string => time.replace(/(\.\d{6})000\b/g, "$1");

const NUMBER = 9;
const numbered = (line: number): string => String(line).padStart(NUMBER);

function aroundRow(sheet: Sheet, { page }: Look, line: number, text: string): void {
  sheet.line(
    [span(`${numbered(line)}  `, "dim"), span(page.fit(text, Math.max(8, page.width - NUMBER - 2)), "dim")],
    { find: text },
  );
}

/** A record that no finding cites: its text is not in the report, what it tells of is. */
function otherRecord({ subject }: Look, sheet: Sheet, at: Place, title: string): Pane {
  const { origin, bars, marks } = subject.study.picture;
  const here = [...bars.map((bar) => ({ ...bar, time: bar.from.earliest })), ...marks].filter(
    ({ source, line }) => source === at.source && line === at.line,
  );
  sheet.heading("RECORD");
  for (const { action, label } of here) sheet.text(`${action}  ${label}`, 2, { styles: ["bold"] });
  sheet.text("No finding cites it, so its text was not kept.", 2, { styles: ["dim"] });
  const first = Math.min(...here.map(({ time }) => time));
  sheet.heading("WHERE AND WHEN");
  sheet.facts([
    ["file", subject.folder + at.source],
    numberFact(subject, at),
    ["format", subject.sources.get(at.source)?.format ?? ""],
    ["time", origin === null || !Number.isFinite(first) ? "" : shortened(momentText(origin, first, 9))],
  ]);
  return { title, rows: sheet.rows };
}

/** Captures count packets. */
function numberFact({ sources }: Subject, { source, line }: Place): readonly [name: string, value: string] {
  const format = sources.get(source)?.format ?? "";
  return [format.startsWith("pcap") ? "packet" : "line", grouped(line)];
}
