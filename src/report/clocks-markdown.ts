import { clockSentence, clockSentences } from "./clock-words.js";
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
import type { Report, ReportEvidence } from "./contract.js";
import { codeSpan, fenced, prose } from "./markdown/escape.js";
import { listBlock, table } from "./markdown/gfm.js";
import { neutral } from "./neutral.js";
import { offsetPicture } from "./offset-picture.js";
import { pairWords } from "./offset-words.js";
import { suppressedSentences } from "./suppressed-words.js";
import { placeOf, troubleOf } from "./view.js";
import { cut, displayWidth, padEnd } from "./width.js";

/** Columns of the picture's axis, and of the names beside it. */
const AXIS = 76;
const NAME = 32;
/** Clocks that a ticket has room for. */
const MOST = 40;

/** The clocks for a ticket, in GitHub's Markdown: a table, a picture, the records that prove each offset, contradictions. */
export function renderClocksMarkdown(whole: Report): string {
  const report = clocksOf(whole);
  const blocks = [
    ["# Clocks", "", `_hindcast ${report.version}: ${prose(openingWords(report), 400)}_`],
    tableBlock(report),
    pictureBlock(report),
    listBlock("In words", clockSentences(report), MOST),
    proofBlock(report),
    ...disagreementBlocks(report),
    listBlock("Suppressed", suppressedSentences(report.suppressed)),
    listBlock("Read with trouble", report.problems.map(troubleOf)),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function tableBlock(report: ClocksReport): string[] {
  const used = usedColumns(report);
  const told = telling(report);
  const rows = told
    .slice(0, MOST)
    .map((clock) => [
      prose(clock.id, 60),
      codeSpan(cut(sourcesCell(clock), 200)),
      ...used.map(({ cell }) => prose(cell(clock, report), 100)),
    ]);
  const right = used.flatMap((column, i) => (column.right ? [i + 2] : []));
  const left = told.length - rows.length;
  const timeless = timelessWords(report);
  return [
    ...table(["clock", "source", ...used.map(({ head }) => head)], rows, right),
    ...(left > 0 ? ["", `_${left} more in the JSON report._`] : []),
    ...(timeless === "" ? [] : ["", prose(timeless, 1000)]),
  ];
}

function pictureBlock(report: ClocksReport): string[] {
  const drawn = drawnClocks(report).slice(0, MOST);
  if (drawn.length < 2) return [];
  const names = drawn.map((clock) => cut(neutral(sourcesCell(clock)), NAME));
  const width = Math.max(...names.map(displayWidth));
  const bars = drawn.map(({ offset }, i) => ({ name: padEnd(names[i]!, width), offset: offset! }));
  return ["## Offsets", "", ...fenced(offsetPicture(bars, AXIS))];
}

function proofBlock(report: ClocksReport): string[] {
  const face = new StampFace(report);
  const clocks = provenClocks(report).slice(0, MOST);
  if (clocks.length === 0) return [];
  return [
    `## Proof (${face.note})`,
    ...clocks.flatMap((clock) => [
      "",
      prose(clockSentence(clock, report), 400),
      "",
      ...fenced(
        clock.proof!.flatMap((pair) => [
          ...[pairWords(pair.offset, pair.other.source)].filter((words) => words !== ""),
          ...recordLines(face, pair.own),
          ...recordLines(face, pair.other),
        ]),
      ),
    ]),
  ];
}

const recordLines = (face: StampFace, record: ReportEvidence): string[] => [
  `  ${placeOf(record)}  ${face.of(record)}`,
  `      ${record.text.trim()}`,
];

function disagreementBlocks(report: ClocksReport): string[][] {
  const face = new StampFace(report);
  return report.findings
    .slice(0, MOST)
    .map((finding) => [
      `## Disagreement: ${prose(finding.title, 200)}`,
      "",
      prose(finding.summary),
      "",
      ...fenced(finding.evidence.flatMap((record) => recordLines(face, record))),
    ]);
}
