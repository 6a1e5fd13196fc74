import Table from "cli-table3";
import { displayWidth } from "./width.js";

const OWN_SEQUENCES = /\x1b\[\d{1,2}m|\x1b\]8;;[^\x07]*\x07/g;

/** Width of a harmless cell that our own colours and links may be in. */
export const cellWidth = (cell: string): number => displayWidth(cell.replace(OWN_SEQUENCES, ""));

/** No lines between or around cells. */
const BARE = Object.fromEntries(
  ["top", "bottom", "left", "right", "mid"]
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat("middle")
    .map((name) => [name, ""]),
);

/** The table library's time grows with the square of the rows; reports fold theirs long before that, `full` ones do not. */
const ROWS_AT_ONCE = 200;

/**
 * Aligns rows of harmless cells into columns two blanks apart, without lines around them.
 * @param right columns of numbers, aligned to the right
 */
export function columns(
  rows: readonly (readonly string[])[],
  indent: number,
  right: readonly number[] = [],
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cellWidth(cell));
    });
  }
  const lines: string[] = [];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const table = new Table({
      chars: BARE,
      style: { head: [], border: [], "padding-left": 0, "padding-right": 2, compact: true },
      colAligns: widths.map((_, i) => (right.includes(i) ? "right" : "left")),
      colWidths: widths.map((width) => width + 2),
    });
    for (const row of rows.slice(from, from + ROWS_AT_ONCE)) table.push([...row]);
    lines.push(
      ...table
        .toString()
        .split("\n")
        .map((line) => " ".repeat(indent) + line.trimEnd()),
    );
  }
  return lines;
}
