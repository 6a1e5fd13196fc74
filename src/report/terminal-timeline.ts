import type { Clockface } from "./clockface.js";
import { columns } from "./columns.js";
import type { Report } from "./contract.js";
import { gap } from "./durations.js";
import { counted, type Page } from "./page.js";
import type { When } from "./times.js";
import { placeOf } from "./view.js";
import { choose, foldRuns, type Row, rowRank } from "./view-rows.js";
import { displayWidth } from "./width.js";

const whenOf = ({ entry: { time, latest } }: Row): When =>
  time === null || latest === null || latest === time ? time : { earliest: time, latest };

/** The gap to the row before, where the intervals tell one. */
function step(before: Row | undefined, row: Row): string {
  const known = before ? gap(whenOf(before), whenOf(row)) : null;
  if (known === null || known.order === "same") return "";
  return known.order === "unsure"
    ? "~"
    : `${known.order === "after" ? "+" : "-"}${known.text.replace("up to ", "≤").replace(" to ", "–")}`;
}

/**
 * The records that findings cite, on one clock, with the time that passed between them. Records without a date or a
 * time come last, source by source.
 */
export function timelineLines(page: Page, report: Report, clock: Clockface, most = 14): string[] {
  const rows = foldRuns(report.timeline);
  const shown = choose(rows, page.fold(rows.length, most), rowRank(report, rows));
  const times = shown.map((row) => page.show(clock.when(whenOf(row), row.entry, 6)));
  const places = shown.map(({ entry }) => page.fitEnd(placeOf(entry), Math.floor(page.width / 4)));
  const steps = shown.map((row, i) => page.show(step(shown[i - 1], row)));
  const widest = (texts: string[]) => Math.max(0, ...texts.map(displayWidth));
  const beside = page.width - 2 - widest(times) - widest(places) - 4;
  const withSteps = widest(steps) > 0 && beside - widest(steps) - 2 >= 24;
  const room = Math.max(8, withSteps ? beside - widest(steps) - 2 : beside);
  const cells = shown.map(({ entry, entries, more }, i) => {
    const last = entries.at(-1)?.latest;
    const until =
      last && last.slice(0, 19) !== entry.time?.slice(0, 19) ? ` until ${clock.point(last, 0)}` : "";
    const tail = more === 0 ? "" : ` (+${more}${room < 50 ? "" : " like it"}${until})`;
    const text = page.quote(entry.text, room - tail.length);
    const since = withSteps ? [page.paint(steps[i]!, "dim")] : [];
    return [times[i]!, ...since, page.paint(places[i]!, "cyan"), text + page.paint(tail, "dim")];
  });
  const lines = columns(cells, 2, withSteps ? [1] : []);
  const kept = new Set(shown);
  const left = rows.filter((row) => !kept.has(row)).reduce((sum, row) => sum + 1 + row.more, 0);
  if (left > 0)
    lines.push(
      page.paint(`  ${page.glyph.more} ${counted(left, "more record")}: all are in the JSON report`, "dim"),
    );
  return lines;
}
