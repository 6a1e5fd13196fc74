import { clockSentences } from "./clock-words.js";
import type { Clockface } from "./clockface.js";
import type { Report, ReportClock, ReportSource } from "./contract.js";
import { signed } from "./durations.js";
import { type Column, fittedTable } from "./fitted-table.js";
import { mayBeNone } from "./offset-words.js";
import { counted, grouped, type Page } from "./page.js";
import { choose } from "./view-rows.js";

function fromTo(source: ReportSource, clock: Clockface): [string, string] {
  const { from, to, time_of_day, elapsed } = source;
  if (time_of_day) return [cutMicros(time_of_day.from), cutMicros(time_of_day.to)];
  if (elapsed) return [`${cutMicros(elapsed.from)} s`, `${cutMicros(elapsed.to)} s`];
  return [from ? clock.point(from, 0) : "", to ? clock.point(to, 0) : ""];
}

const cutMicros = (text: string) => text.slice(0, -7);

/** What became of every source: how much of it was understood, which times it spans, and on which clock. */
export function sourceLines(page: Page, report: Report, clock: Clockface, most = 12): string[] {
  const clocks = new Map(report.clocks.map((c) => [c.id, c]));
  const cited = new Set(report.timeline.map(({ source }) => source));
  // Where there is no room for all: those that prove something, then those that were not understood.
  const rank = ({ path, unparsed, records }: ReportSource) =>
    cited.has(path) ? 0 : unparsed > 0 || records === 0 ? 1 : 2;
  const shown = choose(report.sources, page.fold(report.sources.length, most), rank);
  const all: Column<ReportSource>[] = [
    { head: "format", cell: ({ format }) => page.fit(format, 20), spare: 1 },
    { head: "records", cell: ({ records }) => grouped(records), right: true },
    {
      head: "unparsed",
      cell: ({ unparsed, generic }) =>
        (unparsed > 0 ? page.paint(grouped(unparsed), "yellow") : "0") +
        (generic ? ` +${grouped(generic)} generic` : ""),
      right: true,
    },
    { head: "from", cell: (source) => page.show(fromTo(source, clock)[0]), spare: 3 },
    { head: "to", cell: (source) => page.show(fromTo(source, clock)[1]), spare: 4 },
  ];
  if (clocks.size > 1)
    all.push({
      head: "clock",
      cell: ({ clock: id }) => page.fit(clockText(id, clocks.get(id)), 24),
      spare: 2,
    });
  const lines = fittedTable(
    page,
    shown,
    { head: "source", name: ({ path }) => path, linked: (shown, { path }) => page.linked(shown, path) },
    all,
  );
  const listed = new Set(shown);
  const left = report.sources.filter((source) => !listed.has(source));
  if (left.length > 0) {
    const records = left.reduce((sum, source) => sum + source.records, 0);
    const unparsed = left.reduce((sum, source) => sum + source.unparsed, 0);
    const rest = `${counted(left.length, "more source")}: ${counted(records, "record")}, ${grouped(unparsed)} unparsed`;
    lines.push(page.paint(`  ${page.glyph.more} ${rest}`, "dim"));
  }
  return lines;
}

function clockText(id: string, clock: ReportClock | undefined): string {
  if (clock?.floating) return clock.kind === "none" ? "none" : `${id} (no date)`;
  const best = clock?.offset?.best;
  return best && !mayBeNone(clock.offset!) ? `${id} ${signed(best)}` : id;
}

/** How the clocks stand to each other, in sentences; nothing when there is nothing to say. */
export function clockLines(page: Page, report: Report, most = 4): string[] {
  const sentences = clockSentences(report);
  const shown = sentences.slice(0, page.fold(sentences.length, most));
  const lines = shown.flatMap((sentence) => page.block(sentence, 2, 3));
  const left = sentences.length - shown.length;
  if (left > 0)
    lines.push(
      page.paint(`  ${page.glyph.more} ${counted(left, "more clock")}: hindcast clocks shows all`, "dim"),
    );
  return lines;
}
