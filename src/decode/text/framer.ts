import type { Framing, Grammar } from "../../grammar/types.js";
import { ByBeginning } from "./by-beginning.js";
import { type Claimer, type Detection, isGeneric, isStamped, MAX_RECORD } from "./claim.js";

const NEWLINE = "\n";

/**
 * So many bytes from its beginning tell where a record ends: were it to go on behind them, it would be too long. Readers show a framer no
 * more, and say that nothing follows, so that it does not depend on where chunks are cut what is made of such records.
 */
export const HORIZON = MAX_RECORD + 1;

/** How many continued lines are joined on the mere guess that a record may be some other grammar's. */
const GUESSED_LINES = 64;

/**
 * Cuts records out of a chunk's text and finds who claims each. What was found is in the properties: no object per record.
 */
export class RecordFramer {
  /** Offset of the record's line end (or of the end of all). */
  end = 0;
  lines = 1;
  text = "";
  claimer: Claimer | undefined;
  /** Where the record begins when it is longer than any may be, and was left to its lines; else -1. */
  largeAt = -1;

  /** What a format's own framing said last. */
  private told:
    | { framing: Framing; text: string; at: number; final: boolean; end: number | undefined }
    | undefined;

  /** Formats whose records carry a time. */
  private readonly stamped: readonly Claimer[];
  /** All formats but the main one. */
  private readonly others: ByBeginning;

  /**
   * @param claimers all formats, the source's main one first when there is one (`primary`)
   * @param formats the same in an order that is the same for all sources
   */
  constructor(
    claimers: readonly Claimer[],
    private readonly primary: Claimer | undefined,
    private readonly pasted: Detection["pasted"],
    formats: readonly Grammar[] = claimers.map(({ grammar }) => grammar),
  ) {
    const others = claimers.filter((claimer) => claimer !== primary);
    this.others = new ByBeginning(others, formats);
    this.stamped = claimers.filter(({ grammar }) => isStamped(grammar) && !isGeneric(grammar));
  }

  /**
   * Who claims the record at `at`, and where does it end? What is longer than {@link HORIZON} is never waited for.
   *
   * @param lineEnd where the record's first line ends
   * @param final nothing follows the text
   * @returns false: more text is needed to tell
   */
  frame(text: string, at: number, lineEnd: number, final: boolean): boolean {
    const { primary } = this;
    this.largeAt = -1;
    if (primary) {
      if (!this.extent(primary, text, at, lineEnd, final)) return false;
      this.claimer = primary;
      this.text = this.slice(text, at, this.end);
      if (primary.claims(this.text)) return true;
    }
    const single = this.lines === 1 && primary ? this.text : this.slice(text, at, lineEnd);
    if (primary && this.lines > 1 && primary.claims(single)) return this.alone(single, lineEnd, primary);
    if (single.trim() === "") return this.alone(single, lineEnd, undefined);
    for (const { claimer, shapes } of this.others.of(single)) {
      if (!this.extent(claimer, text, at, lineEnd, final)) return false;
      if (this.lines > 1) {
        this.text = this.slice(text, at, this.end);
        this.claimer = claimer;
        if (claimer.claims(this.text, shapes)) return true;
      }
      if (claimer.claims(single, shapes)) return this.alone(single, lineEnd, claimer);
    }
    if (single.startsWith(" ")) {
      const line = single.trimStart();
      const claimer = this.stamped.find((candidate) => candidate.claims(line));
      if (claimer) return this.alone(line, lineEnd, claimer);
    }
    return this.alone(single, lineEnd, undefined);
  }

  /** The record at `at` is known to be one line of the main format. */
  known(text: string, at: number, lineEnd: number): void {
    this.largeAt = -1;
    this.lines = 1;
    this.alone(this.slice(text, at, lineEnd), lineEnd, this.primary);
  }

  /** The record is this one line. */
  private alone(text: string, end: number, claimer: Claimer | undefined): true {
    this.text = text;
    this.end = end;
    this.lines = 1;
    this.claimer = claimer;
    return true;
  }

  /** How far the record that begins at `at` goes, if it is this grammar's: sets its end. False: more is needed. */
  private extent(claimer: Claimer, text: string, at: number, lineEnd: number, final: boolean): boolean {
    this.end = lineEnd;
    this.lines = 1;
    const { framing } = claimer.grammar;
    // Between the blanks of a paste no length holds; what continues a record may still be told.
    if (framing.end && !(this.pasted && framing.continuation)) return this.extentOf(framing, text, at, final);
    if (!framing.continuation) return true;
    // What continues a record begins none. Without this, a long indented text would be gone through again from each of its lines.
    if (!this.pasted && claimer.continues(text, at)) return true;
    const stamped = isStamped(claimer.grammar);
    const isGuess = claimer !== this.primary && !isGeneric(claimer.grammar);
    const most = isGuess ? GUESSED_LINES : Number.POSITIVE_INFINITY;
    while (this.lines < most) {
      const next = this.end + 1;
      if (next >= text.length) return final;
      const newline = text.indexOf(NEWLINE, next);
      // Of a line whose end has not come nobody can tell: its first blanks may be all that is there.
      if (newline < 0 && !final) return false;
      if (!claimer.continues(text, next)) return true;
      const end = newline < 0 ? text.length : newline;
      // In pasted text every line is indented: a line that stands for itself continues nothing.
      if (this.pasted && claimer.claims(this.slice(text, next, end))) return true;
      if (!stamped && this.isStampedRecord(text, next, end)) return true;
      if (end - at > MAX_RECORD) return true;
      this.end = end;
      this.lines++;
    }
    return true;
  }

  /** Log lines are pasted indented below a command: what is a record by itself continues none that has no time. */
  private isStampedRecord(text: string, at: number, end: number): boolean {
    const line = this.slice(text, at, end).trim();
    return this.stamped.some((claimer) => claimer.claims(line));
  }

  /** The same for a format that tells the end itself. What is longer than any record is left to be passed over line by line. */
  private extentOf(framing: Framing, text: string, at: number, final: boolean): boolean {
    // Many formats have one framing in common.
    const { told } = this;
    const isTold = told?.framing === framing && told.at === at && told.final === final && told.text === text;
    const end = isTold ? told.end : framing.end!(text, at, text.length, final);
    this.told = { framing, text, at, final, end };
    if (end === undefined) return false;
    if (end - at > MAX_RECORD) {
      this.largeAt = at;
      return true;
    }
    for (let newline = this.end; newline < end; newline = text.indexOf(NEWLINE, newline + 1)) {
      if (newline < 0) break;
      this.lines++;
    }
    this.end = end;
    return true;
  }

  /** The record's text as grammars see it: without carriage returns, and without the blanks of a paste. */
  slice(text: string, at: number, end: number): string {
    let stop = end;
    if (stop > at && text.charCodeAt(stop - 1) === 13) stop--;
    let start = at;
    if (this.pasted) while (start < stop && text.charCodeAt(start) === 32) start++;
    const record = text.slice(start, Math.min(stop, start + MAX_RECORD));
    return this.lines > 1 && record.includes("\r\n") ? record.replaceAll("\r\n", "\n") : record;
  }
}
