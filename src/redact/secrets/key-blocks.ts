import type { FoundSecret } from "./find.js";

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
class KeyBlocks {
  /** Lines since a key began; -1 outside of one. */
  private lines = -1;

  /** Can this text hold a key? */
  concerns(text: string): boolean {
    return text.includes("PRIVATE KEY") || text.includes("PuTTY-User-Key-File");
  }

  /** Where in the next line a part of a key lies. */
  take(line: string): FoundSecret | undefined {
    if (this.lines < 0) {
      if (BEGIN.test(line) && !END.test(line)) this.lines = 0;
      return undefined;
    }
    if (END.test(line) || ++this.lines > MOST_LINES) {
      this.lines = -1;
      return undefined;
    }
    const part = PART.exec(line);
    return part ? { start: part.index, end: part.index + part[0].length } : undefined;
  }
}

/** The parts of all keys in a text that holds them as a whole. */
export function findKeyParts(text: string, take: (start: number, end: number) => void): void {
  const blocks = new KeyBlocks();
  if (!blocks.concerns(text)) return;
  let at = 0;
  for (const line of text.split("\n")) {
    const part = blocks.take(line);
    if (part) take(at + part.start, at + part.end);
    at += line.length + 1;
  }
}
