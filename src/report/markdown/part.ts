/**
 * A piece of a document. Its opening and closing lines stand or fall with it; of its rows the last ones go first where there is no
 * room. A row may have several lines.
 */
export interface Part {
  open: string[];
  rows: string[][];
  close: string[];
  /** What the rows are, for the sentence that says what was left out: `quoted records`. Absent: the part must stay. */
  evidence?: string;
}

/** A part that must stay. */
export const essential = (lines: string[]): Part => ({ open: lines, rows: [], close: [] });

/** The same part with all its lines turned. */
export const mapLines = (part: Part, turn: (line: string) => string): Part => ({
  ...part,
  open: part.open.map(turn),
  rows: part.rows.map((row) => row.map(turn)),
  close: part.close.map(turn),
});
