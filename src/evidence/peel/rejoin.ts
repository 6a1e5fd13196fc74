import type { ShownLine } from "./shown-line.js";

/** Tells lines that somebody broke. */
export interface Proof {
  /** Is the text a record of a known format? */
  isRecord(text: string): boolean;
}

/** Broken lines have at least so many pieces less one. */
const MOST_PIECES = 64;

/**
 * Joins lines again that were broken at a fixed column: one that reaches the column, the next, which is no record by itself, and
 * only if both together are one. What cannot be proved stays as it is.
 */
export class Rejoiner {
  private held: (ShownLine & { last: string; pieces: number }) | undefined;

  /** @param width columns of the longest lines */
  constructor(
    private readonly width: number,
    private readonly proof: Proof,
  ) {}

  /** Takes the next line. @returns lines of which nothing more can follow */
  take(line: ShownLine): readonly ShownLine[] {
    const { held } = this;
    const joined = held && this.joined(held, line);
    if (joined) {
      const { text: last, end, to } = line;
      const whole = { ...held, text: joined, end, to, last, pieces: held.pieces + 1 };
      this.held = whole;
      return this.reaches(line.text) && whole.pieces < MOST_PIECES ? [] : this.end();
    }
    const done = this.end();
    if (!this.reaches(line.text)) return [...done, line];
    this.held = { ...line, last: line.text, pieces: 1 };
    return done;
  }

  /** The line that may still go on. */
  get pending(): ShownLine | undefined {
    return this.held;
  }

  /** No line follows. */
  end(): readonly ShownLine[] {
    const { held } = this;
    this.held = undefined;
    return held ? [held] : [];
  }

  private reaches(text: string): boolean {
    const columns = columnsOf(text);
    // A blank at the end is lost where text is copied from a screen.
    return columns === this.width || columns === this.width - 1;
  }

  private joined(
    { text: before, last }: ShownLine & { last: string },
    { text }: ShownLine,
  ): string | undefined {
    const { proof, width } = this;
    if (text.trim() === "" || proof.isRecord(text)) return undefined;
    const whole = before + (columnsOf(last) < width ? " " : "") + text;
    return proof.isRecord(whole) ? whole : undefined;
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
