import type { Bars } from "./bars.js";
import type { Part } from "./part.js";

/** A cell of a table: own words, or a value from evidence with own words behind it. */
export type Cell = string | { code: string; note?: string };

export interface Table {
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** Columns of numbers. */
  right?: readonly number[];
}

/**
 * How a tracker's markup writes what a report is made of. What is called `inline` is markup already and harmless; everything else may
 * hold text from evidence, and nothing of it may act.
 */
export interface Markup {
  heading(level: 1 | 2, inline: string): string;
  /** Prose in which values from evidence stand. */
  prose(text: string, most?: number): string;
  /** A value, on one line. */
  code(text: string): string;
  strong(inline: string): string;
  note(inline: string): string;
  /** An entry of a list. */
  item(inline: string): string;
  /** The first line of a numbered step. */
  step(number: number, inline: string): string;
  /** A line that belongs to the entry or step above it. */
  within(line: string): string;
  /** Records and commands as they are. */
  verbatim(rows: readonly (readonly string[])[], most?: number): Part;
  /** A table; where the markup has none that is harmless, as aligned text. */
  table(table: Table): Part;
  /** What can wait, behind a title in own words where the markup can fold; else below it. */
  folded(title: string, part: Part): Part;
  /** The same for what belongs to the line above: no title where the markup cannot fold. */
  foldedBelow(title: string, part: Part): Part;
  /** When each step of a story happened, as a picture. */
  picture(bars: Bars): Part;
}
