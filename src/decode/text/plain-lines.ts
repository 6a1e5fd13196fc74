import { type Grammar, type LineJudge, Verdict } from "../../grammar/types.js";
import type { Scanner } from "../../scan/scanner.js";
import type { Claimer } from "./claim.js";
import type { RecordFramer } from "./framer.js";
import type { HeadLearner } from "./head-learner.js";
import type { ScannedLines } from "./lines.js";

/**
 * Tells how many lines of a chunk need only be counted: each is a whole record of the source's main format that nobody wants.
 * So are lines that fit a head and hold no literal, or, where the format judges lines, those that it says are idle.
 */
export class PlainLines {
  private readonly judge: LineJudge | undefined;
  private readonly continues: boolean;
  /** 1 for each byte with which a line may begin that continues a record. */
  private readonly continuing: Uint8Array;
  /** No line from here on is counted: it may go on in what has not come, or is somebody else's. */
  private limit = 0;
  private base = 0;
  /** No line from here on is counted by the last {@link run}. */
  stop = 0;
  /** The line of the next sample, and the offset that it was found for. */
  private sample = 0;
  private sampleFrom = -1;

  constructor(
    private readonly lines: ScannedLines,
    private readonly scanner: Scanner,
    private readonly learner: HeadLearner,
    { judge, framing }: Grammar,
    /** Takes odd lines that somebody may want, each a whole record, by their places among these, in place of ending a run. */
    private readonly leave: ((row: number, rows: number) => void) | undefined,
  ) {
    this.judge = judge;
    this.continues = framing.continuation !== undefined;
    this.continuing = learner.continuing;
  }

  /** A chunk was scanned, whose first byte has the offset `base` and whose records begin with `line`. */
  begin(line: number, base: number, until: number, final: boolean): void {
    const { lines } = this;
    const isAll = final && lines.start(lines.count) >= lines.length;
    this.limit = Math.min(
      lines.count - (this.continues && !isAll ? 1 : 0),
      lines.lineFrom(until - base, line),
    );
    this.base = base;
    this.sampleFrom = -1;
    this.learner.rest();
    lines.compare(line);
  }

  /**
   * The first line from `line` on that must be looked at.
   * @param sampleFrom offset at or behind which the next record is a sample
   */
  run(line: number, sampleFrom: number): number {
    const { lines } = this;
    if (sampleFrom !== this.sampleFrom) {
      this.sampleFrom = sampleFrom;
      this.sample = lines.lineFrom(sampleFrom - this.base, line);
    }
    const stop = Math.min(this.limit, this.sample, lines.nulLine, lines.nextLong(line));
    this.stop = stop;
    if (stop <= line) return line;
    return this.judge ? this.judged(this.judge, line, stop) : this.fitting(line, stop);
  }

  /** Is the line a record of the main format, and all of it? Its beginning proves it, and that of the line behind it. */
  stands(line: number): boolean {
    const { lines } = this;
    if (this.judge || line >= this.limit || line >= lines.nulLine) return false;
    return lines.nextOdd(line) !== line && !this.mayContinue(line) && !this.mayContinue(line + 1);
  }

  /** Takes a record that was looked at: the lines that follow may begin like it. */
  learn(line: number, { lines, text, claimer }: RecordFramer, primary: Claimer): void {
    if (this.judge || lines > 1 || claimer !== primary || this.lines.nextOdd(line) !== line) return;
    if (this.learner.learn(primary.shape!, text)) this.lines.compare(line + 1);
  }

  private fitting(line: number, most: number): number {
    const { lines } = this;
    const stop = Math.min(most, lines.nextHit(line));
    const odd = lines.nextOdd(line);
    if (odd > stop) return stop;
    return odd > line && this.mayContinue(odd) ? odd - 1 : odd;
  }

  /**
   * The same where the format judges lines: it knows more of them than the scanner. Lines that somebody may want are left to `leave`
   * where their texts are enough.
   */
  private judged(judge: LineJudge, from: number, most: number): number {
    const { lines, scanner, leave } = this;
    for (let line = from; line < most; line++) {
      line = this.fitting(line, most);
      if (line >= most) return line;
      const calls = leave ? lines.calls(most) : 0;
      if (calls > 0) {
        leave!(lines.row, calls);
        line = lines.lastOf(calls);
        continue;
      }
      if (this.mayContinue(line) || this.mayContinue(line + 1)) return line;
      const verdict = judge(scanner.bytes, lines.start(line), lines.textEnd(line));
      if (verdict === Verdict.IDLE) continue;
      if (!leave || verdict === Verdict.UNKNOWN) return line;
      leave(lines.row, 1);
    }
    return most;
  }

  private mayContinue(line: number): boolean {
    const { lines, scanner } = this;
    const at = lines.start(line);
    return at < lines.length && this.continuing[scanner.bytes[at]!] === 1;
  }
}
