import type { Grammar } from "../../grammar/types.js";
import type { Event } from "../../model/event.js";
import type { Problem } from "../../model/source.js";
import { Claimer, type Detection, MAX_RECORD } from "./claim.js";
import { type Composer, type RawRecord, toEvents } from "./compose.js";
import type { Prefilter } from "./prefilter.js";
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
  /** Records claimed by each format. */
  readonly claimedBy = new Map<string, number>();
  readonly problems: Problem[] = [];
  /** µs of the first and last stamped record. */
  from = Number.NaN;
  to = Number.NaN;

  private readonly claimers: Claimer[];
  private readonly primary: Claimer | undefined;
  private readonly wantAll: boolean;
  private work = Buffer.allocUnsafe(0);
  private filled = 0;
  /** Offset in the stream of the first byte of `work`. */
  private base = 0;
  private line = 1;
  private skipping = false;
  private crlf = false;
  private firstUnparsed: { line: number; offset: number } | undefined;
  private lastClaimed: { grammar: Grammar; shape: Claimer["shape"]; text: string; line: number } | undefined;
  private nulReported = false;

  constructor(private readonly options: ReaderOptions) {
    const { detection, envelopes } = options;
    const ranked = detection.ranked.map((entry) => entry.grammar);
    const others = envelopes.filter((grammar) => !ranked.includes(grammar));
    this.claimers = [...ranked, ...others].map((grammar) => new Claimer(grammar));
    this.primary = ranked.length > 0 ? this.claimers[0] : undefined;
    this.wantAll = options.prefilter === undefined;
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
    if (this.lastClaimed) this.probe(this.lastClaimed);
    this.lastClaimed = undefined;
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
    const text = bytes.latin1Slice(0, length);
    const found = this.options.prefilter?.search(bytes, length);
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
      const record = this.frame(text, at, lineEnd, length, final);
      if (record === undefined) break;
      let wanted = this.wantAll || first;
      if (found) {
        while (hit < found.count && found.hits[hit]! < at) hit++;
        if (hit < found.count && found.hits[hit]! < record.end) wanted = true;
      }
      this.take(record, at, wanted, first);
      first = false;
      this.line += record.lines;
      at = record.end + 1;
    }
    at = Math.min(at, length);
    bytes.copyWithin(0, at, length);
    this.filled = length - at;
    this.base += at;
  }

  /**
   * Who claims the record at `at`, and where does it end? `undefined`: more bytes are needed to tell.
   * `end` is the offset of the line end (or of the end of all).
   */
  private frame(text: string, at: number, lineEnd: number, length: number, final: boolean): Framed | undefined {
    if (this.primary) {
      const extent = this.extent(this.primary, text, at, lineEnd, length, final);
      if (extent === undefined) return undefined;
      const record = this.slice(text, at, extent.end);
      if (this.primary.claims(record)) return { ...extent, text: record, claimer: this.primary };
      if (extent.lines > 1) {
        const single = this.slice(text, at, lineEnd);
        if (this.primary.claims(single)) return { end: lineEnd, lines: 1, text: single, claimer: this.primary };
      }
    }
    const single = this.slice(text, at, lineEnd);
    if (single.trim() === "") return { end: lineEnd, lines: 1, text: single, claimer: undefined };
    for (let i = this.primary ? 1 : 0; i < this.claimers.length; i++) {
      const claimer = this.claimers[i]!;
      const extent = this.extent(claimer, text, at, lineEnd, length, final);
      if (extent === undefined) return undefined;
      if (extent.lines > 1) {
        const record = this.slice(text, at, extent.end);
        if (claimer.claims(record)) return { ...extent, text: record, claimer };
      }
      if (claimer.claims(single)) return { end: lineEnd, lines: 1, text: single, claimer };
    }
    return { end: lineEnd, lines: 1, text: single, claimer: undefined };
  }

  /** How far the record that begins at `at` goes, if it is this grammar's. */
  private extent(claimer: Claimer, text: string, at: number, lineEnd: number, length: number, final: boolean): { end: number; lines: number } | undefined {
    let end = lineEnd;
    let lines = 1;
    if (!claimer.grammar.framing.continuation) return { end, lines };
    for (;;) {
      const next = end + 1;
      if (next >= length) return final || length - at > MAX_RECORD ? { end, lines } : undefined;
      if (!claimer.continues(text, next)) return { end, lines };
      const newline = text.indexOf(NEWLINE, next);
      if (newline < 0 && !final && length - at <= MAX_RECORD) return undefined;
      const nextEnd = newline < 0 ? length : newline;
      // In pasted text every line is indented: a line that stands for itself continues nothing.
      if (this.options.detection.pasted && claimer.claims(this.slice(text, next, nextEnd))) return { end, lines };
      if (nextEnd - at > MAX_RECORD) return { end, lines };
      end = nextEnd;
      lines++;
    }
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

  private take(framed: Framed, at: number, wanted: boolean, first: boolean): void {
    const { claimer, text } = framed;
    this.records++;
    const offset = this.base + at;
    const { source, composer, stamper, emit, observe } = this.options;
    const record: RawRecord = { source, line: this.line, offset, length: framed.end - at, text };
    if (!this.nulReported && text.includes("\0")) this.reportNul(offset);
    if (!claimer) {
      if (text.trim() === "") this.parsed++;
      else {
        this.unparsed++;
        this.firstUnparsed ??= { line: this.line, offset };
      }
      observe?.(record, undefined);
      return;
    }
    this.parsed++;
    const { grammar } = claimer;
    this.claimedBy.set(grammar.name, (this.claimedBy.get(grammar.name) ?? 0) + 1);
    observe?.(record, grammar);
    if (wanted || claimer !== this.primary) {
      const composed = composer.compose(grammar, claimer.shape!, text);
      if (composed) {
        toEvents(composed, record, stamper, emit);
        this.note(stamper.us);
        this.lastClaimed = undefined;
        return;
      }
    }
    if (first) this.probe({ grammar, shape: claimer.shape, text, line: this.line });
    else this.lastClaimed = { grammar, shape: claimer.shape, text, line: this.line };
  }

  /** Reads a record's time only. */
  private probe({ grammar, shape, text, line }: NonNullable<TextReader["lastClaimed"]>): void {
    const composed = this.options.composer.compose(grammar, shape!, text);
    if (!composed) return;
    const stamp = composed.inner ?? composed.outer;
    this.options.stamper.stamp(stamp.kind, stamp.text, line);
    this.note(this.options.stamper.us);
  }

  private note(us: number): void {
    if (Number.isNaN(us)) return;
    if (!(us >= this.from)) this.from = us;
    if (!(us <= this.to)) this.to = us;
  }

  private reportNul(offset: number): void {
    this.nulReported = true;
    this.problems.push({ path: this.options.path, line: this.line, offset, severity: "warning", message: "NUL bytes in the text (a file that was being written, or damaged); the lines around them were read" });
  }

  /** A line longer than any record: its beginning is counted as unparsed, the rest is passed over. */
  private overlong(text: string, at: number, length: number): number {
    if (!this.skipping) {
      this.records++;
      this.unparsed++;
      const offset = this.base + at;
      this.firstUnparsed ??= { line: this.line, offset };
      this.options.observe?.({ source: this.options.source, line: this.line, offset, length: length - at, text: text.slice(at, at + 256) }, undefined);
      this.problems.push({ path: this.options.path, line: this.line, offset, severity: "warning", message: `this line is longer than ${MAX_RECORD >> 20} MiB; it was passed over, the lines after it were read` });
      this.skipping = true;
    }
    return length;
  }
}

interface Framed {
  end: number;
  lines: number;
  text: string;
  claimer: Claimer | undefined;
}
