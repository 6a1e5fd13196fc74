import { clockSentences } from "../../report/clock-words.js";
import { clocksOf } from "../../report/clocks.js";
import { drawnClocks, sourcesCell } from "../../report/clocks-view.js";
import type { ReportSource } from "../../report/contract.js";
import { offsetPicture } from "../../report/offset-picture.js";
import { counted, grouped } from "../../report/page.js";
import { troubleOf } from "../../report/view.js";
import { displayWidth, padEnd, padStart } from "../../report/width.js";
import { type Style, span } from "../line.js";
import { type Look, type Pane, Sheet } from "../pane.js";

/** What was read, how the clocks stand to each other, and what could not be read. A source opens what is known of it. */
export function sourcesPane(look: Look): Pane {
  const { subject, page } = look;
  const { report } = subject.study;
  const sheet = new Sheet(page);
  sheet.heading("SOURCES", subject.folder && `below ${subject.folder}`);
  sourceRows(sheet, look);
  const clocks = clockSentences(report);
  if (clocks.length > 0) sheet.heading("CLOCKS");
  for (const words of clocks) sheet.text(words, 4, { first: `  ${page.glyph.bullet}` });
  pictureRows(sheet, look);
  if (report.problems.length > 0) sheet.heading("READ WITH TROUBLE");
  for (const problem of report.problems)
    sheet.text(troubleOf(problem), 2, { styles: problem.severity === "error" ? ["red"] : ["yellow"] });
  return { title: "Sources and clocks", rows: sheet.rows };
}

interface Cell {
  head: string;
  cell: (source: ReportSource) => string;
  /** Words: aligned to the left. */
  words?: true;
  look?: (source: ReportSource) => Style[];
}

/** Times go first where there is little room, then formats. */
function cellsFor({ subject, page }: Look): Cell[] {
  const point = (time: string | null) => (time ? subject.clock.point(time, 0) : "");
  const cells: Cell[] = [
    { head: "records", cell: ({ records }) => grouped(records) },
    {
      head: "unparsed",
      cell: ({ unparsed }) => grouped(unparsed),
      look: ({ unparsed, records }) =>
        unparsed === 0 ? ["dim"] : unparsed === records ? ["red"] : ["yellow"],
    },
  ];
  const format: Cell = { head: "format", cell: ({ format }) => page.fit(format, 20), words: true };
  const times: Cell[] = [
    { head: "from", cell: ({ from }) => point(from) },
    { head: "to", cell: ({ to }) => point(to) },
  ];
  const day = subject.clock.day === undefined ? 100 : 78;
  return page.width >= day ? [format, ...cells, ...times] : page.width >= 64 ? [format, ...cells] : cells;
}

function sourceRows(sheet: Sheet, look: Look): void {
  const { subject, page, filter } = look;
  const { sources } = subject.study.report;
  const columns = cellsFor(look).map(({ head, cell, words, look: styles }) => {
    const cells = sources.map(cell);
    return {
      head,
      cells,
      styles,
      pad: words ? padEnd : padStart,
      width: Math.max(displayWidth(head), ...cells.map(displayWidth)),
    };
  });
  const used = columns.reduce((sum, { width }) => sum + width + 2, 2);
  const room = Math.max(
    12,
    Math.min(page.width - used, Math.max(6, ...sources.map(({ path }) => displayWidth(page.show(path))))),
  );
  sheet.line([
    span(`  ${padEnd("source", room)}`, "dim"),
    ...columns.map(({ head, width, pad }) => span(`  ${pad(head, width)}`, "dim")),
  ]);
  sources.forEach((source, i) => {
    const hidden = filter.hiddenSources.has(source.path);
    sheet.line(
      [
        span(`  ${padEnd(page.fitEnd(source.path, room), room)}`, hidden ? "dim" : "cyan"),
        ...columns.map(({ cells, width, pad, styles }) =>
          span(`  ${pad(cells[i]!, width)}`, ...(styles?.(source) ?? [])),
        ),
        ...(source.problems.length > 0 ? [span(` ${page.glyph.more}`, "yellow")] : []),
      ],
      { target: { kind: "source", path: source.path }, find: `${source.path} ${source.format}` },
    );
  });
  const { records, unparsed } = subject.study.report.summary;
  sheet.text(
    `${counted(sources.length, "source")}, ${counted(records, "record")}, ${grouped(unparsed)} not understood`,
    2,
    {
      styles: ["dim"],
    },
  );
}

/** The clocks' offsets on one axis. */
function pictureRows(sheet: Sheet, { subject, page }: Look): void {
  const drawn = drawnClocks(clocksOf(subject.study.report));
  if (drawn.length < 2) return;
  const names = drawn.map((clock) => page.fitEnd(sourcesCell(clock), Math.floor(page.width / 3.5)));
  const nameWidth = Math.max(...names.map(displayWidth));
  const bars = drawn.map(({ offset }, i) => ({ name: padEnd(names[i]!, nameWidth), offset: offset! }));
  sheet.heading("OFFSETS", "right of 0: ahead of the reference; logarithmic");
  const axis = Math.max(30, Math.min(120, page.width - 4 - nameWidth));
  for (const line of offsetPicture(bars, axis, page.utf8)) sheet.line([span(`  ${line}`)]);
}
