import { isMoved, stampDigits } from "./clock-words.js";
import type { Clockface } from "./clockface.js";
import { columns } from "./columns.js";
import type { Report } from "./contract.js";
import { gap } from "./durations.js";
import { offsetCell } from "./offset-words.js";
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

/** Columns that a record's text must keep. */
const LEAST_TEXT = 30;

/** What stands beside the time where there is room: when a moved record was stamped (with so many digits), the time since the row before. */
const LAYOUTS = [
  { digits: 6, steps: true },
  { digits: 3, steps: true },
  { digits: 3, steps: false },
] as const;

/** The clocks of moved records, with their offsets: what the marks beside their times mean. */
function markNote(shown: readonly Row[], { clocks }: Report): string {
  const moved = new Set(shown.flatMap(({ entry }) => (isMoved(entry) ? [entry.source] : [])));
  const offsets = [...moved].map((source) => {
    const clock = clocks.find(({ sources }) => sources.includes(source));
    return `${source} ${offsetCell(clock?.offset ?? null)}`.trimEnd();
  });
  return `* stamped otherwise, by a clock that was wrong: ${offsets.join("; ")}`;
}

const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(displayWidth));

/** A column's cells with the blanks beside them; none where nothing is in it. */
const column = (cells: string[]) =>
  widest(cells) > 0 ? { cells, width: widest(cells) + 2 } : { cells: undefined, width: 0 };

/**
 * The records that findings cite, on one clock, with the time that passed between them, and the stamp of those whose clock was
 * wrong. Records without a date or a time come last, source by source.
 */
export function timelineLines(page: Page, report: Report, clock: Clockface, most = 14): string[] {
  const rows = foldRuns(report.timeline);
  const shown = choose(rows, page.fold(rows.length, most), rowRank(report, rows));
  const times = shown.map((row) => page.show(clock.when(whenOf(row), row.entry, 6)));
  const places = shown.map(({ entry }) => page.fitEnd(placeOf(entry), Math.floor(page.width / 4)));
  const gaps = column(shown.map((row, i) => page.show(step(shown[i - 1], row))));
  const beside = page.width - 2 - widest(times) - widest(places) - 4;
  const digitsOf = stampDigits(report);
  const stampsWith = (digits: number) =>
    column(
      shown.map(({ entry }) =>
        isMoved(entry)
          ? page.show(`(stamped ${clock.point(entry.stamp!, Math.min(digits, digitsOf(entry.source)))})`)
          : "",
      ),
    );
  const fits = LAYOUTS.find(
    ({ digits, steps }) => beside - stampsWith(digits).width - (steps ? gaps.width : 0) >= LEAST_TEXT,
  );
  const stamps = fits ? stampsWith(fits.digits) : column([]);
  const steps = fits?.steps ? gaps : column([]);
  const marked = fits === undefined && shown.some(({ entry }) => isMoved(entry));
  const room = Math.max(8, beside - stamps.width - steps.width - (marked ? 1 : 0));
  const cells = shown.map(({ entry, entries, more }, i) => {
    const last = entries.at(-1)?.latest;
    const until =
      last && last.slice(0, 19) !== entry.time?.slice(0, 19) ? ` until ${clock.point(last, 0)}` : "";
    const tail = more === 0 ? "" : ` (+${more}${room < 50 ? "" : " like it"}${until})`;
    const text = page.quote(entry.text, room - tail.length);
    return [
      times[i]! + (marked && isMoved(entry) ? "*" : ""),
      ...[stamps, steps].flatMap(({ cells: column }) => (column ? [page.paint(column[i]!, "dim")] : [])),
      page.linked(page.paint(places[i]!, "cyan"), entry.source, entry.line),
      text + page.paint(tail, "dim"),
    ];
  });
  const lines = columns(cells, 2, steps.cells ? [stamps.cells ? 2 : 1] : []);
  if (marked) lines.push(...page.block(markNote(shown, report), 2, 3).map((line) => page.paint(line, "dim")));
  const kept = new Set(shown);
  const left = rows.filter((row) => !kept.has(row)).reduce((sum, row) => sum + 1 + row.more, 0);
  if (left > 0)
    lines.push(
      page.paint(`  ${page.glyph.more} ${counted(left, "more record")}: all are in the JSON report`, "dim"),
    );
  return lines;
}
