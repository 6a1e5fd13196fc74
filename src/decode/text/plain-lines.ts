import { type Grammar, type LineJudge, Verdict } from "../../grammar/types.js";
import type { Scanner } from "../../scan/scanner.js";
import { type Claimer, isStamped } from "./claim.js";
import type { RecordFramer } from "./framer.js";
import type { HeadLearner } from "./head-learner.js";
import type { ScannedLines } from "./lines.js";

/** A record with more bytes than these below its first line is left to the framer. */
const MOST_BELOW = 64 << 10;

/** Words that a line begins with and stand for themselves in an expression. */
const WORDS = /^[ >\w]+$/;

/**
 * Tells how many lines of a chunk need only be counted: they are whole records of the source's main format that nobody wants, mostly one
 * each. So are lines that fit a head and hold no literal, or, where the format judges lines, those that it says are idle.
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
  /** How many records the lines of the last {@link run} are. */
  records = 0;
  /** The first line of the last of them. */
  last = 0;
  /** No line from here on belongs to a record that is counted. */
  private bound = 0;
  /** Lines of the last run that stand below the first one of their record, and the last record that has any: where it begins, and where the next does. */
  private below = 0;
  private tall = { from: 0, to: 0 };
  /** With what each line begins that continues a record of judged lines; absent: such records are left to the framer. */
  private readonly mark: Buffer | undefined;
  /** The line of the next sample, and the offset that it was found for. */
  private sample = 0;
  private sampleFrom = -1;

  constructor(
    private readonly lines: ScannedLines,
    private readonly scanner: Scanner,
    private readonly learner: HeadLearner,
    grammar: Grammar,
    /** Takes odd lines that somebody may want, each a whole record, by their places among these, in place of ending a run. */
    private readonly leave: ((row: number, rows: number) => void) | undefined,
  ) {
    const { judge, framing } = grammar;
    const words = framing.continuation?.source;
    this.judge = judge;
    this.continues = words !== undefined;
    // A format without stamps asks other formats, too, whether a line continues its record.
    if (judge && words && WORDS.test(words) && isStamped(grammar)) this.mark = Buffer.from(words);
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
   * The first line from `line` on that must be looked at; {@link records} and {@link last} tell of those before.
   * @param sampleFrom offset at or behind which the next record is a sample
   */
  run(line: number, sampleFrom: number): number {
    const { lines } = this;
    if (sampleFrom !== this.sampleFrom) {
      this.sampleFrom = sampleFrom;
      this.sample = lines.lineFrom(sampleFrom - this.base, line);
    }
    this.bound = Math.min(this.limit, lines.nulLine, lines.nextLong(line));
    const most = (this.stop = Math.min(this.bound, this.sample));
    if (most <= line) return line;
    this.below = this.tall.to = 0;
    const stop = this.judge ? this.judged(this.judge, line, most) : this.fitting(line, most);
    this.records = stop - line - this.below;
    this.last = this.tall.to === stop ? this.tall.from : stop - 1;
    return stop;
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
    let line = from;
    for (; line < most; line++) {
      line = this.fitting(line, most);
      if (line >= most) return line;
      const calls = leave ? lines.calls(most) : 0;
      if (calls > 0) {
        leave!(lines.row, calls);
        line = lines.lastOf(calls);
        continue;
      }
      if (this.mayContinue(line)) return line;
      if (this.mayContinue(line + 1)) {
        const next = this.behind(line);
        const { bytes } = scanner;
        if (next === line || judge(bytes, lines.start(line), lines.textEnd(next - 1)) !== Verdict.IDLE)
          return line;
        this.below += next - line - 1;
        this.tall = { from: line, to: next };
        line = next - 1;
        continue;
      }
      const verdict = judge(scanner.bytes, lines.start(line), lines.textEnd(line));
      if (verdict === Verdict.IDLE) continue;
      if (!leave || verdict === Verdict.UNKNOWN) return line;
      leave(lines.row, 1);
    }
    return Math.max(line, most);
  }

  /** The line behind the record that begins with `line` and certainly goes on below it; `line` where that is not certain. */
  private behind(line: number): number {
    const { lines, bound, mark } = this;
    if (!mark) return line;
    const most = lines.start(line) + MOST_BELOW;
    let next = line + 1;
    while (next < bound && this.continuesHere(lines.start(next), mark)) next++;
    return next < bound && lines.start(next) <= most ? next : line;
  }

  private continuesHere(at: number, mark: Buffer): boolean {
    const { bytes } = this.scanner;
    for (let i = 0; i < mark.length; i++) if (bytes[at + i] !== mark[i]) return false;
    return true;
  }

  private mayContinue(line: number): boolean {
    const { lines, scanner } = this;
    const at = lines.start(line);
    return at < lines.length && this.continuing[scanner.bytes[at]!] === 1;
  }
}
