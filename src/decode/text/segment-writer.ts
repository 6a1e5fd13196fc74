import type { Grammar } from "../../grammar/types.js";
import type { Problem } from "../../model/source.js";
import type { Scanner } from "../../scan/scanner.js";
import type { TrackFollower, TrackRows } from "../../scan/tracks.js";
import { MAX_RECORD } from "./claim.js";
import { ColumnWriter } from "./column-writer.js";
import type { TextSegment } from "./segment.js";
import type { RecordTrack } from "./tracks/record-track.js";
import { UnreadWriter } from "./unread.js";
import type { UntimedRecord } from "./untimed.js";

/** A place in a source: a line, counted from where its reading began (0), and a byte. */
export interface Place {
  readonly line: number;
  readonly offset: number;
}

type Told = Problem & { readonly once?: string };

/** Those that are empty: to take their memory again costs less than to let another one's grow. */
let lastWriter: UnreadWriter | undefined;
let lastColumns: ColumnWriter | undefined;

/** Collects what is read of a stretch until it is a segment, and begins the next. */
export class SegmentWriter {
  private records = 0;
  private parsed = 0;
  private unparsed = 0;
  private claims = new Map<string, number>();
  private wanted: UntimedRecord[] = [];
  /** Made when it is needed: a short stretch is read in less time than its memory takes to be cleared. */
  private left: UnreadWriter | undefined;
  private columns: ColumnWriter | undefined;
  private problems: Told[] = [];
  private firstUnparsed: Place | undefined;
  private readonly told = new Set<string>();

  /**
   * @param path of the source, for problems
   * @param begin where the segment begins
   * @param inColumns give wanted records as columns, not as they are
   */
  constructor(
    private readonly path: string,
    private begin: Place,
    private readonly inColumns = false,
  ) {}

  /** Records that one format claims. */
  claimed({ name }: Grammar, count = 1): void {
    this.records += count;
    this.parsed += count;
    this.claims.set(name, (this.claims.get(name) ?? 0) + count);
  }

  /** A blank line, or one that stands around records of any format. */
  blank(): void {
    this.records++;
    this.parsed++;
  }

  /** A record that nobody claims. */
  unread({ line, offset }: Place): void {
    this.records++;
    this.unparsed++;
    this.firstUnparsed ??= { line: line - this.begin.line, offset };
  }

  /** What looked like a record of its format, and was counted as one, is none: JSON that does not parse. */
  disclaim({ name }: Grammar, at: Place): void {
    this.claims.set(name, (this.claims.get(name) ?? 0) - 1);
    this.records--;
    this.parsed--;
    this.unread(at);
  }

  /** A record that somebody wants, its line made {@link relative}. */
  give(record: UntimedRecord): void {
    if (this.inColumns) this.columnWriter.add(record);
    else this.wanted.push(record);
  }

  /** Records of rows, their lines made {@link relative}; there are columns. */
  giveRows(rows: TrackRows): void {
    if (rows.count > 0) this.columnWriter.append(rows);
  }

  /** The same of the record at which a follower halted for its values. @returns its kind */
  giveTracked(
    track: RecordTrack,
    bytes: Uint8Array,
    follower: TrackFollower,
    { line, offset, length }: Place & { length: number },
  ): number {
    return this.columnWriter.addTracked(track, bytes, follower, {
      line: this.relative(line),
      offset,
      length,
    });
  }

  /** A record, already counted, that is left unread, and its text. */
  leave(line: number, offset: number, length: number, text: Uint8Array): void {
    this.unreadWriter.add(this.relative(line), offset, length, text);
  }

  /**
   * Lines that were found odd, each a record and already counted, that are left unread.
   * @param row the first of them, by its place among the odd lines
   * @param first where the chunk begins that the scanner holds
   * @param all see {@link UnreadWriter.addOdd}
   */
  leaveOdd(scanner: Scanner, row: number, rows: number, { line, offset }: Place, all: boolean): void {
    this.unreadWriter.addOdd(scanner, row, rows, { line: this.relative(line), offset }, all);
  }

  /** A line's number as segments count them. */
  relative(line: number): number {
    return line - this.begin.line;
  }

  /** How many records the segment gives so far. */
  get given(): number {
    return this.inColumns ? (this.columns?.count ?? 0) : this.wanted.length;
  }

  get toldOfNul(): boolean {
    return this.told.has("nul");
  }

  nul(at: Place): void {
    this.tell(
      at,
      "NUL bytes in the text (a file that was being written, or damaged); the lines around them were read",
      "nul",
    );
  }

  large(at: Place): void {
    this.tell(
      at,
      `this record is longer than ${MAX_RECORD >> 20} MiB; its lines were passed over, the records after it were read`,
      "large",
    );
  }

  /** A record that is told from others, and not understood. */
  unknown(at: Place, reason: string): void {
    this.tell(at, reason, "unknown");
  }

  overlong(at: Place): void {
    this.tell(
      at,
      `this line is longer than ${MAX_RECORD >> 20} MiB; it was passed over, the lines after it were read`,
    );
  }

  /**
   * Closes the segment before `end`, where the next one begins.
   * @param last see {@link TextSegment.last}, its line counted as in {@link Place}
   */
  segment(end: Place & Pick<TextSegment, "open">, last: UntimedRecord | undefined): TextSegment {
    const { records, parsed, unparsed, wanted, problems, firstUnparsed, begin } = this;
    const unread = this.left?.take();
    if (this.left) lastWriter = this.left;
    this.left = undefined;
    const columns = this.columns?.take();
    if (this.columns?.isSmall) lastColumns = this.columns;
    this.columns = undefined;
    const segment: TextSegment = {
      begin: begin.offset,
      end: end.offset,
      ...(end.open && { open: end.open }),
      lines: end.line - begin.line,
      records,
      parsed,
      unparsed,
      claims: [...this.claims].filter(([, count]) => count !== 0),
      wanted,
      problems,
      ...(columns && { columns }),
      ...(unread && { unread }),
      ...(firstUnparsed && { firstUnparsed }),
      ...(last && { last: { ...last, line: last.line - begin.line } }),
    };
    this.begin = end;
    this.records = this.parsed = this.unparsed = 0;
    this.claims = new Map();
    this.wanted = [];
    this.problems = [];
    this.firstUnparsed = undefined;
    return segment;
  }

  private get unreadWriter(): UnreadWriter {
    if (this.left) return this.left;
    this.left = lastWriter ?? new UnreadWriter();
    lastWriter = undefined;
    return this.left;
  }

  private get columnWriter(): ColumnWriter {
    if (this.columns) return this.columns;
    this.columns = lastColumns ?? new ColumnWriter();
    lastColumns = undefined;
    return this.columns;
  }

  private tell({ line, offset }: Place, message: string, once?: string): void {
    if (once !== undefined && this.told.has(once)) return;
    if (once !== undefined) this.told.add(once);
    this.problems.push({
      path: this.path,
      line: line - this.begin.line,
      offset,
      severity: "warning",
      message,
      ...(once !== undefined && { once }),
    });
  }
}
