import { clockSentence, isAlone, sourceOf } from "./clock-words.js";
import { type ClocksReport, clocksOf } from "./clocks.js";
import {
  drawnClocks,
  openingWords,
  provenClocks,
  StampFace,
  sourcesCell,
  telling,
  timelessWords,
  usedColumns,
} from "./clocks-view.js";
import { columns } from "./columns.js";
import type { Report, ReportClock, ReportEvidence } from "./contract.js";
import { fittedTable } from "./fitted-table.js";
import { withoutFolder } from "./folder.js";
import { offsetPicture } from "./offset-picture.js";
import { pairWords } from "./offset-words.js";
import { Page, type PageOptions } from "./page.js";
import { suppressedSentences } from "./suppressed-words.js";
import { bullets, problemLines } from "./terminal-lists.js";
import { placeOf } from "./view.js";
import { displayWidth, padEnd } from "./width.js";

/**
 * The clocks for a terminal: a table, a picture of their offsets, what is known of each and from which records, and what contradicts
 * itself. Harmless, and within the width, as the report is.
 */
export function renderClocks(whole: Report, options: PageOptions = {}): string {
  const page = new Page(options);
  const { folder, report: short } = withoutFolder(whole);
  const report = clocksOf(short);
  const blocks = [
    page
      .block([`hindcast ${report.version}`, openingWords(report)].join(` ${page.glyph.dot} `), 0, 3)
      .map((line) => page.paint(line, "dim")),
    page.section("CLOCKS", tableLines(page, report), folder && `below ${folder}`),
    page.section("OFFSETS", pictureLines(page, report), pictureNote(report)),
    page.section("HOW THEY ARE KNOWN", proofLines(page, report), new StampFace(report).note),
    page.section("DISAGREEMENTS", disagreementLines(page, report)),
    page.section("SUPPRESSED", bullets(page, suppressedSentences(report.suppressed), 6)),
    page.section("READ WITH TROUBLE", problemLines(page, report.problems)),
    ...(report.clocks.some((clock) => isAlone(clock, report) || clock.floating)
      ? [page.block(ADVICE, 0, 4).map((line) => page.paint(line, "dim"))]
      : []),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const ADVICE =
  "What nothing shows can be told: --offset SOURCE=±SECONDS for a clock that was wrong, --tz and --year for stamps without these.";

function tableLines(page: Page, report: ClocksReport): string[] {
  const timeless = timelessWords(report);
  const lines = fittedTable(
    page,
    telling(report),
    { head: "source", name: sourcesCell },
    usedColumns(report).map(({ cell, ...column }) => ({
      ...column,
      cell: (clock: ReportClock) => page.fit(cell(clock, report), 32),
    })),
  );
  return timeless === ""
    ? lines
    : [...lines, ...page.block(timeless, 2, 2).map((line) => page.paint(line, "dim"))];
}

/** The axis needs so many cells to say anything. */
const LEAST_AXIS = 30;

function pictureLines(page: Page, report: ClocksReport): string[] {
  const drawn = drawnClocks(report);
  if (drawn.length < 2) return [];
  const names = drawn.map((clock) => page.fitEnd(sourcesCell(clock), Math.floor(page.width / 3.5)));
  const nameWidth = Math.max(...names.map(displayWidth));
  const bars = drawn.map(({ offset }, i) => ({ name: padEnd(names[i]!, nameWidth), offset: offset! }));
  const axis = Math.max(LEAST_AXIS, Math.min(120, page.width - 2 - nameWidth - 2));
  return offsetPicture(bars, axis, page.utf8).map((line) => `  ${line}`);
}

const pictureNote = (report: ClocksReport): string => {
  const references = report.clocks.filter(({ reference }) => reference);
  const of = references.length === 1 ? sourceOf(references[0]!) : "its own reference";
  return `right of 0: ahead of ${of}; logarithmic`;
};

/** Each clock in a sentence, and below it the pairs of records that say most. */
function proofLines(page: Page, report: ClocksReport): string[] {
  const face = new StampFace(report);
  const proven = new Set(provenClocks(report));
  const told = telling(report);
  return told.flatMap((clock, i) => {
    const [first = "", ...rest] = page.block(clockSentence(clock, report), 4, 5);
    const pairs = proven.has(clock) ? (clock.proof ?? []) : [];
    return [
      // Room to breathe where there are records.
      ...(i > 0 && (pairs.length > 0 || proven.has(told[i - 1]!)) ? [""] : []),
      `  ${first.slice(4)}`,
      ...rest,
      ...pairs.flatMap((pair) =>
        recordLines(page, face, [pair.own, pair.other], pairWords(pair.offset, pair.other.source)),
      ),
    ];
  });
}

/** Records under each other: where, when by its own clock, and what it says; what they prove stands above. */
function recordLines(
  page: Page,
  face: StampFace,
  records: readonly ReportEvidence[],
  proven: string,
): string[] {
  const stamps = records.map((record) => page.show(face.of(record)));
  const places = records.map((record) => page.fitEnd(placeOf(record), Math.floor(page.width / 4)));
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(displayWidth));
  const room = Math.max(8, page.width - 6 - widest(stamps) - widest(places) - 4);
  const rows = records.map((record, i) => [
    page.paint(places[i]!, "cyan"),
    stamps[i]!,
    page.quote(record.text, room),
  ]);
  const heading = proven === "" ? [] : page.block(proven, 4, 2).map((line) => page.paint(line, "dim"));
  return [...heading, ...columns(rows, 6)];
}

/** What was found about clocks, with the records of both sides. */
function disagreementLines(page: Page, { findings, ...report }: ClocksReport): string[] {
  const face = new StampFace({ ...report, findings });
  return findings.flatMap((finding) => [
    ...page.block(finding.summary || finding.title, 2, 4),
    ...recordLines(page, face, finding.evidence, ""),
  ]);
}
