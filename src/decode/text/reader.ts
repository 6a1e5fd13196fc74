import type { Framing, Grammar } from "../../grammar/types.js";
import type { Event } from "../../model/event.js";
import type { Problem } from "../../model/source.js";
import { Claimer, type Detection, isStamped, MAX_RECORD } from "./claim.js";
import { type Composer, type RawRecord, toEvents } from "./compose.js";
import type { Prefilter } from "./prefilter.js";
import { SameBeginning } from "./same-beginning.js";
import type { Stamper } from "./stamper.js";

/** What a text source's reader needs. */
export interface ReaderOptions {
  source: number;
  path: string;
  detection: Detection;
  /** All envelopes; those that the detection ranked are tried first. */
  envelopes: readonly Grammar[];
  composer: Composer;
  stamper: Stamper;
  /** Finds the records whose fields somebody wants; absent: all are wanted. */
  prefilter?: Prefilter | undefined;
  /** Takes the events. */
  emit: (event: Event) => void;
  /** Sees every record, also those that nobody reads: for `timeline` and `formats explain`. */
  observe?: (record: RawRecord, claimed: Grammar | undefined) => void;
}

const NEWLINE = "\n";

/** How many continued lines are joined on the mere guess that a record may be some other grammar's. */
const GUESSED_LINES = 64;

/**
 * Cuts a byte stream into records, finds who claims each, and reads those that somebody wants.
 *
 * Every byte belongs to exactly one record. A record costs its frame, one regular expression that says whose it is, and its
 * share of the prefilter's pass; only wanted ones are decoded. Chunks are read as latin1: one char is one byte.
 */
export class TextReader {
  records = 0;
  parsed = 0;
  unparsed = 0;
  bytes = 0;
  readonly problems: Problem[] = [];
  /** µs of the first and last stamped record. */
  from = Number.NaN;
  to = Number.NaN;

  private readonly claimers: Claimer[];
  private readonly primary: Claimer | undefined;
  /** Formats whose records carry a time. */
  private readonly stamped: readonly Claimer[];
  private readonly wantAll: boolean;
  private work = Buffer.allocUnsafe(0);
  private filled = 0;
  /** Offset in the stream of the first byte of `work`. */
  private base = 0;
  private line = 1;
  private skipping = false;
  private crlf = false;
  private firstUnparsed: { line: number; offset: number } | undefined;
  /** The last record that was claimed but not read: its time ends the source's range. */
  private lastClaimer: Claimer | undefined;
  private lastShape: Claimer["shape"];
  private lastText = "";
  private lastLine = 0;
  /** Where that record lies in the chunk in hand; -1 when its text is already in `lastText`. */
  private lastAt = -1;
  private lastEnd = 0;
  /** What {@link frame} found: the record's end, its number of lines, its text and who claims it. No object per record. */
  private recordEnd = 0;
  private recordLines = 1;
  private recordText = "";
  /** `recordText` was not cut: nobody had to read it to know whose the record is. */
  private uncut = false;
  private claimer: Claimer | undefined;
  private nulReported = false;
  /** How records of the primary envelope begin, where most are only counted. */
  private readonly same: SameBeginning | undefined;
  private largeReported = false;

  constructor(private readonly options: ReaderOptions) {
    const { detection, envelopes } = options;
    const ranked = detection.ranked.map((entry) => entry.grammar);
    const others = envelopes.filter((grammar) => !ranked.includes(grammar));
    this.claimers = [...ranked, ...others].map((grammar) => new Claimer(grammar));
    this.primary = ranked.length > 0 ? this.claimers[0] : undefined;
    this.stamped = this.claimers.filter(({ grammar }) => isStamped(grammar));
    this.wantAll = options.prefilter === undefined;
    if (this.primary && !this.wantAll && !options.observe && !detection.pasted)
      this.same = new SameBeginning(this.primary);
  }

  /** Takes the next bytes; they may be overwritten afterwards. */
  push(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.filled + chunk.length > this.work.length) {
      const grown = Buffer.allocUnsafeSlow(this.filled + chunk.length + (64 << 10));
      this.work.copy(grown, 0, 0, this.filled);
      this.work = grown;
    }
    chunk.copy(this.work, this.filled);
    this.filled += chunk.length;
    this.drain(false);
  }

  /** Reads what is left and closes the accounts. */
  end(): void {
    this.drain(true);
    if (this.lastClaimer) this.probe(this.lastClaimer, this.lastShape, this.lastText, this.lastLine);
    this.lastClaimer = undefined;
    if (this.unparsed > 0) {
      const { path } = this.options;
      const nobody = this.parsed === 0;
      this.problems.push({
        path,
        line: this.firstUnparsed!.line,
        offset: this.firstUnparsed!.offset,
        severity: "warning",
        message: nobody
          ? `no format is known for this text (${this.unparsed} lines)`
          : `${this.unparsed} of ${this.records} records fit no format; the first is here`,
      });
    }
  }

  /** Processes complete records in `work`; with `final`, all of it. */
  private drain(final: boolean): void {
    const length = this.filled;
    if (length === 0) return;
    const bytes = this.work.subarray(0, length);
    const text = bytes.toString("latin1", 0, length);
    const found = this.options.prefilter?.search(bytes, length);
    let nul = this.nulReported ? -1 : bytes.indexOf(0);
    let hit = 0;
    let at = 0;
    let first = true;
    while (at < length) {
      const newline = text.indexOf(NEWLINE, at);
      const lineEnd = newline < 0 ? length : newline;
      if (newline < 0 && !final) {
        if (length - at > MAX_RECORD) at = this.overlong(text, at, length);
        break;
      }
      if (this.skipping) {
        this.skipping = false;
        this.line++;
        at = lineEnd + 1;
        continue;
      }
      if (!this.frame(text, at, lineEnd, length, final)) break;
      const end = this.recordEnd;
      if (nul >= 0 && nul < end) {
        // Where fields have a length, they may hold anything.
        if (!this.claimer?.grammar.framing.end) this.reportNul(this.base + nul);
        nul = this.nulReported ? -1 : bytes.indexOf(0, end);
      }
      let wanted = this.wantAll;
      if (found) {
        while (hit < found.count && found.hits[hit]! < at) hit++;
        if (hit < found.count && found.hits[hit]! < end) wanted = true;
      }
      this.take(text, at, wanted, first);
      first = false;
      this.line += this.recordLines;
      at = end + 1;
    }
    if (this.lastAt >= 0) this.lastText = this.slice(text, this.lastAt, this.lastEnd);
    this.lastAt = -1;
    at = Math.min(at, length);
    bytes.copyWithin(0, at, length);
    this.filled = length - at;
    this.base += at;
  }

  /** Who claims the record at `at`, and where does it end? False: more bytes are needed to tell. */
  private frame(text: string, at: number, lineEnd: number, length: number, final: boolean): boolean {
    const { primary, same } = this;
    this.uncut = false;
    if (primary) {
      if (!this.extent(primary, text, at, lineEnd, length, final)) return false;
      this.claimer = primary;
      if (same?.holds(this.work, at, this.recordEnd)) {
        this.uncut = true;
        return true;
      }
      this.recordText = this.slice(text, at, this.recordEnd);
      if (primary.claims(this.recordText)) {
        same?.learn(this.recordText);
        return true;
      }
    }
    const single = this.recordLines === 1 && primary ? this.recordText : this.slice(text, at, lineEnd);
    if (primary && this.recordLines > 1 && primary.claims(single))
      return this.alone(single, lineEnd, primary);
    if (single.trim() === "") return this.alone(single, lineEnd, undefined);
    for (let i = primary ? 1 : 0; i < this.claimers.length; i++) {
      const claimer = this.claimers[i]!;
      if (!this.extent(claimer, text, at, lineEnd, length, final)) return false;
      if (this.recordLines > 1) {
        this.recordText = this.slice(text, at, this.recordEnd);
        this.claimer = claimer;
        if (claimer.claims(this.recordText)) return true;
      }
      if (claimer.claims(single)) return this.alone(single, lineEnd, claimer);
    }
    if (single.startsWith(" ")) {
      const line = single.trimStart();
      const claimer = this.stamped.find((candidate) => candidate.claims(line));
      if (claimer) return this.alone(line, lineEnd, claimer);
    }
    return this.alone(single, lineEnd, undefined);
  }

  /** The record is this one line. */
  private alone(text: string, end: number, claimer: Claimer | undefined): true {
    this.recordText = text;
    this.recordEnd = end;
    this.recordLines = 1;
    this.claimer = claimer;
    return true;
  }

  /** How far the record that begins at `at` goes, if it is this grammar's: sets its end. False: more bytes are needed. */
  private extent(
    claimer: Claimer,
    text: string,
    at: number,
    lineEnd: number,
    length: number,
    final: boolean,
  ): boolean {
    this.recordEnd = lineEnd;
    this.recordLines = 1;
    const { framing } = claimer.grammar;
    if (framing.end) return this.extentOf(framing, text, at, length, final);
    if (!framing.continuation) return true;
    // What continues a record begins none. Without this, a long indented text would be gone through again from each of its lines.
    if (!this.options.detection.pasted && claimer.continues(text, at)) return true;
    const stamped = isStamped(claimer.grammar);
    const most = claimer === this.primary ? Number.POSITIVE_INFINITY : GUESSED_LINES;
    while (this.recordLines < most) {
      const next = this.recordEnd + 1;
      if (next >= length) return final || length - at > MAX_RECORD;
      const newline = text.indexOf(NEWLINE, next);
      // Of a line whose end has not come nobody can tell: its first blanks may be all that is there.
      if (newline < 0 && !final && length - at <= MAX_RECORD) return false;
      if (!claimer.continues(text, next)) return true;
      const end = newline < 0 ? length : newline;
      // In pasted text every line is indented: a line that stands for itself continues nothing.
      if (this.options.detection.pasted && claimer.claims(this.slice(text, next, end))) return true;
      if (!stamped && this.isStampedRecord(text, next, end)) return true;
      if (end - at > MAX_RECORD) return true;
      this.recordEnd = end;
      this.recordLines++;
    }
    return true;
  }

  /** Log lines are pasted indented below a command: what is a record by itself continues none that has no time. */
  private isStampedRecord(text: string, at: number, end: number): boolean {
    const line = this.slice(text, at, end).trim();
    return this.stamped.some((claimer) => claimer.claims(line));
  }

  /** The same for a format that tells the end itself. What is longer than any record is left to be passed over line by line. */
  private extentOf(framing: Framing, text: string, at: number, length: number, final: boolean): boolean {
    const end = framing.end!(text, at, length, final || length - at > MAX_RECORD);
    if (end === undefined) return false;
    if (end - at > MAX_RECORD) {
      if (!this.largeReported) this.reportLarge(at);
      return true;
    }
    for (let newline = this.recordEnd; newline < end; newline = text.indexOf(NEWLINE, newline + 1)) {
      if (newline < 0) break;
      this.recordLines++;
    }
    this.recordEnd = end;
    return true;
  }

  /** The record's text as grammars see it: without carriage returns, and without the blanks of a paste. */
  private slice(text: string, at: number, end: number): string {
    let stop = end;
    if (stop > at && text.charCodeAt(stop - 1) === 13) {
      stop--;
      this.crlf = true;
    }
    let start = at;
    if (this.options.detection.pasted) while (start < stop && text.charCodeAt(start) === 32) start++;
    const record = text.slice(start, Math.min(stop, start + MAX_RECORD));
    return this.crlf && record.includes("\r") ? record.replaceAll("\r\n", "\n") : record;
  }

  private take(chunk: string, at: number, wanted: boolean, first: boolean): void {
    const { claimer } = this;
    if (this.uncut && (wanted || first)) this.recordText = this.slice(chunk, at, this.recordEnd);
    const text = this.recordText;
    this.records++;
    if (claimer) {
      this.parsed++;
      claimer.count++;
    } else if (text.trim() === "") this.parsed++;
    else {
      this.unparsed++;
      this.firstUnparsed ??= { line: this.line, offset: this.base + at };
    }
    this.options.observe?.(this.raw(at), claimer?.grammar);
    if (!claimer) return;
    if (wanted || claimer !== this.primary) {
      const composed = this.options.composer.compose(claimer.grammar, claimer.shape!, detached(text));
      if (composed) {
        toEvents(composed, this.raw(at), this.options.stamper, this.options.emit);
        this.note(this.options.stamper.us);
        this.lastClaimer = undefined;
        return;
      }
      this.disclaim(at);
      return;
    }
    if (first) {
      this.probe(claimer, claimer.shape, text, this.line);
      return;
    }
    this.lastClaimer = claimer;
    this.lastShape = claimer.shape;
    this.lastLine = this.line;
    if (this.uncut) {
      this.lastAt = at;
      this.lastEnd = this.recordEnd;
      if (chunk.charCodeAt(this.recordEnd - 1) === 13) this.crlf = true;
    } else {
      this.lastAt = -1;
      this.lastText = text;
    }
  }

  /** What looked like a record of its format is none: JSON that does not parse. */
  private disclaim(at: number): void {
    this.parsed--;
    this.claimer!.count--;
    this.unparsed++;
    this.firstUnparsed ??= { line: this.line, offset: this.base + at };
  }

  private raw(at: number): RawRecord {
    return {
      source: this.options.source,
      line: this.line,
      offset: this.base + at,
      length: this.recordEnd - at,
      text: this.recordText,
    };
  }

  /** Reads a record's time only. */
  private probe({ grammar }: Claimer, shape: Claimer["shape"], text: string, line: number): void {
    const composed = this.options.composer.compose(grammar, shape!, text);
    if (!composed) return;
    const stamp = composed.inner ?? composed.outer;
    this.options.stamper.stamp(stamp.kind, stamp.text, line);
    this.note(this.options.stamper.us);
  }

  /** Records claimed by each format. */
  get claimedBy(): Map<string, number> {
    return new Map(
      this.claimers.filter(({ count }) => count > 0).map(({ grammar, count }) => [grammar.name, count]),
    );
  }

  private note(us: number): void {
    if (Number.isNaN(us)) return;
    if (!(us >= this.from)) this.from = us;
    if (!(us <= this.to)) this.to = us;
  }

  private reportLarge(at: number): void {
    this.largeReported = true;
    this.problems.push({
      path: this.options.path,
      line: this.line,
      offset: this.base + at,
      severity: "warning",
      message: `this record is longer than ${MAX_RECORD >> 20} MiB; its lines were passed over, the records after it were read`,
    });
  }

  private reportNul(offset: number): void {
    this.nulReported = true;
    this.problems.push({
      path: this.options.path,
      line: this.line,
      offset,
      severity: "warning",
      message:
        "NUL bytes in the text (a file that was being written, or damaged); the lines around them were read",
    });
  }

  /** A line longer than any record: its beginning is counted as unparsed, the rest is passed over. */
  private overlong(text: string, at: number, length: number): number {
    if (!this.skipping) {
      this.records++;
      this.unparsed++;
      const offset = this.base + at;
      this.firstUnparsed ??= { line: this.line, offset };
      this.options.observe?.(
        {
          source: this.options.source,
          line: this.line,
          offset,
          length: length - at,
          text: text.slice(at, at + 256),
        },
        undefined,
      );
      this.problems.push({
        path: this.options.path,
        line: this.line,
        offset,
        severity: "warning",
        message: `this line is longer than ${MAX_RECORD >> 20} MiB; it was passed over, the lines after it were read`,
      });
      this.skipping = true;
    }
    return length;
  }
}

/**
 * The same text in memory of its own. V8 keeps what was cut out of a string as a reference to the whole: fields of one event that
 * a finding remembers would keep a megabyte of chunk alive.
 */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}
