import { Clockface } from "../clockface.js";
import { columns } from "../columns.js";
import { neutral } from "../neutral.js";
import { cut, displayWidth, padStart } from "../width.js";
import { type Bars, timeOf } from "./bars.js";
import { jiraCode, jiraProse, withinNoformat } from "./jira-escape.js";
import type { Cell, Markup } from "./markup.js";
import type { Part } from "./part.js";

/** A cell is no wider. */
const MOST_CELL = 160;
/** Columns of the picture. */
const AXIS = 60;

const cellText = (cell: Cell): string => (typeof cell === "string" ? cell : cell.code + (cell.note ?? ""));

const noformat = (rows: string[][]): Part => ({ open: ["{noformat}"], rows, close: ["{noformat}"] });

/**
 * Jira's wiki markup. It has neither folding (`{expand}` is a macro of Confluence) nor Mermaid; its tables would show what cells hold,
 * so that tables are aligned text instead. Numbered lists begin anew after each block: steps carry their numbers as text.
 */
export const jira: Markup = {
  heading: (level, inline) => `h${level}. ${inline}`,
  prose: jiraProse,
  code: jiraCode,
  strong: (inline) => `*${inline}*`,
  note: (inline) => `_${inline}_`,
  item: (inline) => `* ${inline}`,
  step: (number, inline) => `${number}. ${inline}`,
  within: (line) => line,
  verbatim: (rows, most = 400) => noformat(rows.map((row) => row.map((line) => withinNoformat(line, most)))),
  table({ head, rows, right }) {
    const cells = rows.map((row) => row.map((cell) => cut(neutral(cellText(cell)), MOST_CELL)));
    const lines = columns([[...head], ...cells], 0, right).map((line) => withinNoformat(line, 2000));
    const [names = "", ...rest] = lines;
    return { ...noformat(rest.map((line) => [line])), open: ["{noformat}", names] };
  },
  folded: (title, part) => ({ ...part, open: [`h3. ${title}`, "", ...part.open] }),
  foldedBelow: (_, part) => part,
  picture: (bars) => ({ ...noformat([picture(bars)]), evidence: "picture" }),
};

/** The steps as bars of text below an axis. */
function picture({ from, to, bars }: Bars): string[] {
  const at = (us: number) => Math.min(AXIS - 1, Math.floor(((us - from) / (to - from)) * AXIS));
  const width = Math.max(...bars.map(({ number }) => `${number}`.length));
  const face = new Clockface({
    timeline: [],
    summary: { from: timeOf(from), to: timeOf(to), records: 0, unparsed: 0, sources: 0 },
  });
  const [begin, end] = [face.point(timeOf(from)), face.point(timeOf(to))];
  const gap = Math.max(1, AXIS - displayWidth(begin) - displayWidth(end));
  return [
    `${" ".repeat(width)} ${begin}${" ".repeat(gap)}${end}`,
    ...bars.map(
      (bar) =>
        `${padStart(`${bar.number}`, width)} ${" ".repeat(at(bar.from))}${"#".repeat(at(bar.to) - at(bar.from) + 1)}`,
    ),
  ];
}
