import { clockSentence } from "../../report/clock-words.js";
import { grouped } from "../../report/page.js";
import { troubleOf } from "../../report/view.js";
import { type Look, type Pane, Sheet } from "../pane.js";
import { recordRows } from "./look.js";

/** One source: what became of it, how its clock stands, what was wrong with it, and what of it proves anything. */
export function sourcePane({ subject, page }: Look, path: string): Pane {
  const { report } = subject.study;
  const source = subject.sources.get(path);
  const title = page.show(path);
  if (!source) return { title, rows: [] };
  const sheet = new Sheet(page);
  sheet.heading("SOURCE");
  const time = (at: string | null) => (at ? subject.clock.point(at, 6) : "");
  const { time_of_day: day, elapsed } = source;
  const undated = day
    ? `${day.from} to ${day.to}, no date`
    : elapsed
      ? `${elapsed.from} to ${elapsed.to} s, no date`
      : "";
  sheet.facts([
    ["file", subject.folder + path],
    ["SHA-256", source.sha256],
    ["bytes", grouped(source.bytes)],
    ["format", source.format],
    [
      "records",
      `${grouped(source.records)}: ${grouped(source.parsed)} understood, ${grouped(source.unparsed)} not`,
    ],
    ["generic", source.generic ? `of ${grouped(source.generic)} only the time was understood` : ""],
    ["from", time(source.from) || undated],
    ["to", time(source.to)],
  ]);
  const clock = report.clocks.find(({ id }) => id === source.clock);
  if (clock) sheet.heading("CLOCK");
  if (clock) sheet.text(clockSentence(clock, report), 2);
  if (source.problems.length > 0) sheet.heading("READ WITH TROUBLE");
  for (const problem of source.problems) sheet.text(troubleOf(problem), 2, { styles: ["yellow"] });
  const cited = [...subject.records.values()].filter((record) => record.source === path);
  if (cited.length > 0) sheet.heading("WHAT PROVES SOMETHING");
  cited.sort((a, b) => a.line - b.line);
  for (const row of recordRows(page, cited, 2)) sheet.line(row.line, row);
  return { title, rows: sheet.rows };
}
