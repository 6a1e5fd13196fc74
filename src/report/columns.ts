import { displayWidth } from "./width.js";

const OWN_COLOURS = /\x1b\[\d{1,2}m/g;

/** Width of a harmless cell that our own colours may be in. */
export const cellWidth = (cell: string): number => displayWidth(cell.replace(OWN_COLOURS, ""));

/**
 * Aligns rows of harmless cells into columns two blanks apart, without lines around them; linear in the number of cells.
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
  return rows.map((row) => {
    const cells = row.map((cell, i) => {
      const blanks = " ".repeat(widths[i]! - cellWidth(cell));
      return right.includes(i) ? blanks + cell : cell + blanks;
    });
    return " ".repeat(indent) + cells.join("  ").trimEnd();
  });
}
