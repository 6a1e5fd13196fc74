import type { ShownLine } from "./shown-line.js";

/** Tells lines that somebody broke. */
export interface Proof {
  /** Is the text a record of a known format? */
  isRecord(text: string): boolean;
}

/** A broken line has at most so many pieces. */
const MOST_PIECES = 64;

/**
 * Joins lines again that were broken at a fixed column: one that reaches the column and those behind it which are no records by
 * themselves, and only if all together are one. What cannot be proved stays as it is.
 */
export class Rejoiner {
  /** Lines that may be one: all but the last reach the column. */
  private held: ShownLine[] = [];

  /** @param width columns of the longest lines */
  constructor(
    private readonly width: number,
    private readonly proof: Proof,
  ) {}

  /** Takes the next line. @returns lines of which nothing more can follow */
  take(line: ShownLine): readonly ShownLine[] {
    const { held } = this;
    const goesOn = held.length > 0 && line.text.trim() !== "" && !this.proof.isRecord(line.text);
    const done = goesOn ? [] : this.end();
    this.held.push(line);
    const isOpen = this.reaches(line.text) && this.held.length < MOST_PIECES;
    return isOpen ? done : [...done, ...this.end()];
  }

  /** The first line that may still go on. */
  get pending(): ShownLine | undefined {
    return this.held[0];
  }

  /** No line follows. */
  end(): readonly ShownLine[] {
    const pieces = this.held;
    this.held = [];
    for (let count = pieces.length; count > 1; count--) {
      const text = this.joined(pieces.slice(0, count));
      if (!this.proof.isRecord(text)) continue;
      const { end, to } = pieces[count - 1]!;
      return [{ ...pieces[0]!, text, end, to }, ...pieces.slice(count)];
    }
    return pieces;
  }

  private reaches(text: string): boolean {
    return reaches(text, this.width);
  }

  private joined(pieces: readonly ShownLine[]): string {
    let text = "";
    let gap = "";
    for (const piece of pieces) {
      text += gap + piece.text;
      gap = columnsOf(piece.text) < this.width ? " " : "";
    }
    return text;
  }
}

/** Characters of a text in UTF-8: bytes that go on with one do not count. */
export function columnsOf(text: string): number {
  let columns = text.length;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xc0) === 0x80) columns--;
  return columns;
}

const NARROWEST = 40;
const WIDEST = 400;
/** So many lines that reach the column show that it is one. */
const SHOWN_BY = 2;

/** The column at which lines were broken, if these look so: none is longer, and several are as long. */
export function widthOf(lines: readonly string[]): number | undefined {
  const columns = lines.map(columnsOf);
  const width = columns.reduce((widest, count) => Math.max(widest, count), 0);
  if (width < NARROWEST || width > WIDEST) return undefined;
  const full = columns.filter((count) => count === width || count === width - 1).length;
  return full >= SHOWN_BY ? width : undefined;
}

/**
 * Do lines that reach the column go on behind it? Records that happen to be as long as each other are followed by the next record; one may
 * stand before somebody's own words.
 *
 * @param width from `widthOf`, of the same lines
 */
export function goOnBehind(width: number, lines: readonly string[], proof: Proof): boolean {
  let broken = 0;
  for (let at = 0; at + 1 < lines.length; at++) {
    const next = lines[at + 1]!;
    if (reaches(lines[at]!, width) && next.trim() !== "") broken += proof.isRecord(next) ? -1 : 1;
  }
  return broken > 0;
}

/** A blank at the end is lost where text is copied from a screen. */
function reaches(text: string, width: number): boolean {
  const columns = columnsOf(text);
  return columns === width || columns === width - 1;
}
