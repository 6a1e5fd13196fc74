import { columns } from "../columns.js";
import { codeSpan, inCell } from "../markdown/escape.js";
import { counted, Page, type PageOptions } from "../page.js";
import type { QueryAnswer } from "./answer.js";
import { cellsOf } from "./cells.js";

/** A cell of the terminal's table is no wider. */
const MOST_CELL = 48;
/** A cell of Markdown is no longer. */
const MOST_TEXT = 500;

/** An answer for the terminal: a row for each event, with the fields that the query names, and a line that counts. */
export function renderTable(answer: QueryAnswer, options: PageOptions): string {
  const page = new Page(options);
  const { head, rows } = cellsOf(answer, answer.fields);
  const source = head.indexOf("source");
  const cells = rows.map((row) =>
    row.map((text, i) => (i === source ? page.fitEnd(text, MOST_CELL) : page.fit(text, MOST_CELL))),
  );
  const table =
    rows.length === 0 ? [] : columns([head.map((name) => page.paint(page.show(name), "bold")), ...cells], 0);
  return `${[...table, ...summaryOf(answer)].join("\n")}\n`;
}

/** An answer as a table in Markdown. What comes from evidence stands in code spans. */
export function renderMarkdownTable(answer: QueryAnswer): string {
  const { head, rows } = cellsOf(answer, answer.fields);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const cell = (text: string) => (text === "" ? "" : inCell(codeSpan(text.slice(0, MOST_TEXT))));
  const table = [
    line(head.map(cell)),
    line(head.map(() => "---")),
    ...rows.map((row) => line(row.map(cell))),
  ];
  return `${[...(rows.length === 0 ? [] : [...table, ""]), ...summaryOf(answer)].join("\n")}\n`;
}

const NOUNS = { event: "event", sequence: "sequence", sample: "sample", join: "join" };

function summaryOf({ kind, hits, total, openTotal }: QueryAnswer): string[] {
  if (hits.some(({ tally }) => tally)) return [];
  const what = total === 0 ? `no ${NOUNS[kind]} matches` : counted(total, NOUNS[kind]);
  const shown = total > hits.length ? `; ${hits.length} of them are shown (--size)` : "";
  const open =
    openTotal === 0
      ? []
      : [`${counted(openTotal, "sequence")} of which it cannot be told whether they match (marked with ?)`];
  return [`${what}${shown}`, ...open];
}
