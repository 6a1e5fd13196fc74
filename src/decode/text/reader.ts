import type { Grammar } from "../../grammar/types.js";
import type { Event } from "../../model/event.js";
import { Accounts, type Place } from "./accounts.js";
import { Claimer, type Detection, MAX_RECORD } from "./claim.js";
import { type Composer, type RawRecord, toEvents } from "./compose.js";
import { RecordFramer } from "./framer.js";
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

/**
 * Cuts a byte stream into records, finds who claims each, and reads those that somebody wants.
 *
 * Every byte belongs to exactly one record. A record costs its frame, one regular expression that says whose it is, and its
 * share of the prefilter's pass; only wanted ones are decoded. Chunks are read as latin1: one char is one byte.
 */
export class TextReader extends Accounts {
  private readonly claimers: Claimer[];
  private readonly primary: Claimer | undefined;
  private readonly framer: RecordFramer;
  private readonly wantAll: boolean;
  private work = Buffer.allocUnsafe(0);
  private filled = 0;
  /** Offset in the stream of the first byte of `work`. */
  private base = 0;
  private line = 1;
  /** In the middle of a line that is longer than any record. */
  private skipping = false;
  /** The last record that was claimed but not read: its time ends the source's range. */
  private lastClaimer: Claimer | undefined;
  private lastShape: Claimer["shape"];
  private lastText = "";
  private lastLine = 0;
  /** Where that record lies in the chunk in hand; -1 when its text is already in `lastText`. */
  private lastAt = -1;
  private lastEnd = 0;

  constructor(private readonly options: ReaderOptions) {
    super(options.path);
    const { detection, envelopes } = options;
    const ranked = detection.ranked.map((entry) => entry.grammar);
    const others = envelopes.filter((grammar) => !ranked.includes(grammar));
    this.claimers = [...ranked, ...others].map((grammar) => new Claimer(grammar));
    this.primary = ranked.length > 0 ? this.claimers[0] : undefined;
    this.wantAll = options.prefilter === undefined;
    const counts = this.primary && !this.wantAll && !options.observe && !detection.pasted;
    const same = counts ? new SameBeginning(this.primary!) : undefined;
    this.framer = new RecordFramer(this.claimers, this.primary, detection.pasted, same);
  }

  /** Takes the next bytes; they may be overwritten afterwards. */
  push(chunk: Buffer): void {
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
    this.close();
  }

  /** Records claimed by each format. */
  get claimedBy(): Map<string, number> {
    return new Map(
      this.claimers.filter(({ count }) => count > 0).map(({ grammar, count }) => [grammar.name, count]),
    );
  }

  /** Processes complete records in `work`; with `final`, all of it. */
  private drain(final: boolean): void {
    const { framer } = this;
    const length = this.filled;
    if (length === 0) return;
    const bytes = this.work.subarray(0, length);
    const text = bytes.toString("latin1", 0, length);
    const found = this.options.prefilter?.search(bytes, length);
    let nul = this.nulTold ? -1 : bytes.indexOf(0);
    let hit = 0;
    let at = 0;
    let first = true;
    while (at < length) {
      const newline = text.indexOf("\n", at);
      const lineEnd = newline < 0 ? length : newline;
      if (newline < 0 && !final) {
        if (length - at > MAX_RECORD) at = this.passOver(text, at, length);
        break;
      }
      if (this.skipping) {
        this.skipping = false;
        this.line++;
        at = lineEnd + 1;
        continue;
      }
      if (!framer.frame(bytes, text, at, lineEnd, length, final)) break;
      if (framer.largeAt >= 0) this.large(this.place(framer.largeAt));
      const { end } = framer;
      if (nul >= 0 && nul < end) {
        // Where fields have a length, they may hold anything.
        if (!framer.claimer?.grammar.framing.end) this.nul(this.place(nul));
        nul = this.nulTold ? -1 : bytes.indexOf(0, end);
      }
      let wanted = this.wantAll;
      if (found) {
        while (hit < found.count && found.hits[hit]! < at) hit++;
        if (hit < found.count && found.hits[hit]! < end) wanted = true;
      }
      this.take(text, at, wanted, first);
      first = false;
      this.line += framer.lines;
      at = end + 1;
    }
    if (this.lastAt >= 0) this.lastText = framer.slice(text, this.lastAt, this.lastEnd);
    this.lastAt = -1;
    at = Math.min(at, length);
    bytes.copyWithin(0, at, length);
    this.filled = length - at;
    this.base += at;
  }

  /** Counts the record that the framer has found at `at`, and reads it when it is wanted. */
  private take(chunk: string, at: number, wanted: boolean, first: boolean): void {
    const { framer } = this;
    const { claimer } = framer;
    if (framer.uncut && (wanted || first)) framer.text = framer.slice(chunk, at, framer.end);
    const { text } = framer;
    if (claimer) {
      this.read();
      claimer.count++;
    } else if (text.trim() === "") this.read();
    else this.unread(this.place(at));
    this.options.observe?.(this.raw(at), claimer?.grammar);
    if (!claimer) return;
    if (wanted || claimer !== this.primary) this.compose(claimer, text, at);
    else if (first) this.probe(claimer, claimer.shape, text, this.line);
    else this.remember(claimer, at);
  }

  /** Reads a record through its layers. */
  private compose(claimer: Claimer, text: string, at: number): void {
    const { composer, stamper, emit } = this.options;
    const composed = composer.compose(claimer.grammar, claimer.shape!, detached(text));
    if (composed) {
      toEvents(composed, this.raw(at), stamper, emit);
      this.note(stamper.us);
      this.lastClaimer = undefined;
      return;
    }
    claimer.count--;
    this.disclaim(this.place(at));
  }

  /** Keeps what is needed to read the record's time later, should it prove to be the last. */
  private remember(claimer: Claimer, at: number): void {
    const { framer } = this;
    this.lastClaimer = claimer;
    this.lastShape = claimer.shape;
    this.lastLine = this.line;
    this.lastAt = framer.uncut ? at : -1;
    this.lastEnd = framer.end;
    if (!framer.uncut) this.lastText = framer.text;
  }

  private place(at: number): Place {
    return { line: this.line, offset: this.base + at };
  }

  private raw(at: number): RawRecord {
    const { end, text } = this.framer;
    return { source: this.options.source, line: this.line, offset: this.base + at, length: end - at, text };
  }

  /** Reads a record's time only. */
  private probe({ grammar }: Claimer, shape: Claimer["shape"], text: string, line: number): void {
    const composed = this.options.composer.compose(grammar, shape!, text);
    if (!composed) return;
    const stamp = composed.inner ?? composed.outer;
    this.options.stamper.stamp(stamp.kind, stamp.text, line);
    this.note(this.options.stamper.us);
  }

  /** A line longer than any record is one that nobody claims; its rest is passed over. */
  private passOver(text: string, at: number, length: number): number {
    if (!this.skipping) {
      const place = this.place(at);
      this.unread(place);
      const beginning = text.slice(at, at + 256);
      this.options.observe?.(
        { source: this.options.source, ...place, length: length - at, text: beginning },
        undefined,
      );
      this.overlong(place);
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
