import type { Span } from "../text/span.js";

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d/;
const END = /-----END [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----|^Private-MAC:/;
/** Lines of a key hold nothing else, beside what a log puts before them: the last run of their characters counts. */
const PART = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/=]{4,}(?=[\s"'\\,]*$)/;
/** A key that has no end by then has lost it. RSA keys of 16384 bits have 200 lines. */
const MOST_LINES = 400;

/**
 * Private keys over several lines (RFC 7468 and its like), with whatever a log puts before each line. Lines are given one after the
 * other; what is masked of each comes back.
 */
export class KeyBlocks {
  /** Lines since a key began; -1 outside of one. */
  private lines = -1;

  /** Is the next line part of a key, or can this text begin one? */
  concerns(text: string): boolean {
    return this.lines >= 0 || text.includes("PRIVATE KEY") || text.includes("PuTTY-User-Key-File");
  }

  /** @param mark what stands for a part of a key */
  take(line: string, mark: string): Span | undefined {
    if (this.lines < 0) {
      if (BEGIN.test(line) && !END.test(line)) this.lines = 0;
      return undefined;
    }
    if (END.test(line) || ++this.lines > MOST_LINES) {
      this.lines = -1;
      return undefined;
    }
    const part = PART.exec(line);
    return part
      ? { start: part.index, end: part.index + part[0].length, text: mark, secret: true }
      : undefined;
  }
}
