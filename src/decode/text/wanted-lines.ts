import { type Grammar, Verdict } from "../../grammar/types.js";
import type { RecordFramer } from "./framer.js";
import type { ScannedLines } from "./lines.js";

/** Tells whether the record that was framed last may be wanted: it holds a literal, or its format's judge says so. */
export class WantedLines {
  /** @param grammar the main format, if there is one */
  constructor(
    private readonly bytes: Buffer,
    private readonly lines: ScannedLines,
    private readonly framer: RecordFramer,
    private readonly grammar: Grammar | undefined,
  ) {}

  /** @param line its first line */
  has(line: number): boolean {
    const { lines, framer, grammar } = this;
    if (!grammar?.judge) return lines.nextHit(line) < line + framer.lines;
    if (framer.lines === 1) {
      const verdict = grammar.judge(this.bytes, lines.start(line), lines.textEnd(line));
      if (verdict !== Verdict.UNKNOWN) return verdict === Verdict.WANTED;
    }
    return grammar.wants?.some((literal) => framer.text.includes(literal)) ?? true;
  }
}
