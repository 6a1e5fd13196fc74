import { Blocks } from "../../grammar/blocks.js";
import type { Grammar, Shape } from "../../grammar/types.js";
import { detached } from "../../model/detached.js";
import type { TrackFollower, TrackRows } from "../../scan/tracks.js";
import type { Claimer } from "./claim.js";
import { type Composed, type Composer, composeClaimed, toldOf } from "./compose.js";
import type { SegmentWriter } from "./segment-writer.js";
import type { RecordTrack } from "./tracks/record-track.js";
import type { Tracks } from "./tracks/tracks.js";
import type { UntimedRecord, WrittenStamp } from "./untimed.js";

/** Of so many bytes the first record's time is read, wanted or not: the source's clock must see it, and its range. */
export const SAMPLED_BYTES = 1 << 20;
/**
 * Where that record has no stamp (a heading, a line between two boots), one behind it tells, if it begins among so many bytes. Told by
 * places alone, so that it is the same record however the file is cut.
 */
const HEADING_BYTES = 4 << 10;

/** What decides which records are read, and what is given of them. */
export interface TakingOptions {
  composer: Composer;
  /** Give the stamp of every record that is read, also of those that tell of nothing wanted. */
  everyStamp?: boolean | undefined;
  /** Which happenings are wanted, by action; absent: all. */
  wants?: ((action: string) => boolean) | undefined;
  /** Leave wanted records of the main format unread. */
  defer?: boolean | undefined;
  /** Sees every record and who claimed it, also those that nobody reads. */
  observe?: ((record: FramedRecord, claim: Claim | undefined) => void) | undefined;
}

/** Who claimed a record, and what is open where it stands. */
export interface Claim {
  grammar: Grammar;
  shape: Shape;
  blocks: Blocks;
}

/** A record as it was framed; `line` counts from where the reading began (0). */
export interface FramedRecord {
  line: number;
  offset: number;
  length: number;
  text: string;
}

/** The last record that was claimed but not given: what is known of it so far. */
interface Latest {
  line: number;
  offset: number;
  length: number;
  text?: string | undefined;
  stamp?: WrittenStamp;
}

/** Counts framed records, and reads those that somebody wants through their layers. */
export class RecordTaker {
  /** The next record of the main format that begins at or behind this offset is a sample. */
  sampleFrom: number;
  private latest: Latest | undefined;

  /**
   * @param primary the source's main format
   * @param begin offset of the first record
   * @param blocks those that are open before the first record; they go on with the records
   * @param tracks learns how wanted records of the main format look
   */
  constructor(
    private readonly options: TakingOptions,
    private readonly primary: Claimer | undefined,
    private readonly writer: SegmentWriter,
    begin: number,
    private readonly blocks: Blocks = new Blocks(),
    private readonly tracks?: Tracks,
  ) {
    this.sampleFrom = begin - (begin % SAMPLED_BYTES);
  }

  /** Counts records of the main format that nobody wants; the last of them is told. */
  count(records: number, last: Omit<FramedRecord, "text">): void {
    this.writer.claimed(this.primary!.grammar, records);
    this.blocks.close();
    this.latest = last;
  }

  /**
   * Takes records of the main format, each a line, that were followed along tracks.
   * @param rows the wanted ones of them, their lines made {@link relative}
   * @param last the last of them, if nobody wants it
   */
  takeRows(rows: TrackRows, records: number, last: Omit<FramedRecord, "text"> | undefined): void {
    this.writer.claimed(this.primary!.grammar, records);
    this.blocks.close();
    this.writer.giveRows(rows);
    this.latest = last;
  }

  /** Takes a record of the main format, one line, at which a follower halted for its values. @returns the kind of its row */
  takeTracked(
    track: RecordTrack,
    bytes: Uint8Array,
    follower: TrackFollower,
    place: Omit<FramedRecord, "text">,
  ): number {
    this.writer.claimed(this.primary!.grammar);
    this.blocks.close();
    this.latest = undefined;
    return this.writer.giveTracked(track, bytes, follower, place);
  }

  /** A line's number as segments count them. */
  relative(line: number): number {
    return this.writer.relative(line);
  }

  /** Takes a record that was looked at. */
  take(record: FramedRecord, claimer: Claimer | undefined, wanted: boolean): void {
    const { writer, options } = this;
    const reason = claimer?.grammar.unknown?.(record.text);
    options.observe?.(record, claimer && reason === undefined ? this.claimBy(claimer) : undefined);
    if (!claimer) {
      if (record.text.trim() === "") writer.blank();
      else {
        writer.unread(record);
        this.blocks.close();
      }
      return;
    }
    if (reason !== undefined) {
      writer.unread(record);
      writer.unknown(record, reason);
      this.blocks.close();
      return;
    }
    const isMain = claimer === this.primary;
    if (!isMain && claimer.shape!.around) {
      writer.blank();
      return;
    }
    writer.claimed(claimer.grammar);
    const inBlock = claimer.grammar.blocks !== undefined;
    if (!inBlock) this.blocks.close();
    const isSample = isMain && record.offset >= this.sampleFrom;
    const isLeft = isMain && wanted && options.defer === true;
    const isRead = wanted && !isLeft;
    if (!isMain || isSample || isRead || inBlock) this.read(record, claimer, isRead || !isMain, isSample);
    else this.latest = record;
    if (isLeft) this.leaveText(record);
  }

  /** The bytes of the last record are about to be overwritten. */
  keep(bytes: Buffer, base: number): void {
    const { latest } = this;
    if (!latest || latest.text !== undefined || latest.stamp) return;
    const at = latest.offset - base;
    const end = at + latest.length;
    latest.text = bytes.toString("latin1", at, bytes[end - 1] === 13 ? end - 1 : end);
  }

  /** The last record with its stamp, when it was claimed but not given. */
  last(): UntimedRecord | undefined {
    const { latest, primary } = this;
    if (!latest) return undefined;
    const { line, offset, length, text } = latest;
    let { stamp } = latest;
    if (!stamp) {
      const composed = composeClaimed(this.options.composer, primary!, text!);
      stamp = composed && (composed.inner ?? composed.outer);
    }
    return stamp && { line, offset, length, stamp, told: [] };
  }

  /** Reads a record through its layers. */
  private read(record: FramedRecord, claimer: Claimer, wanted: boolean, isSample: boolean): void {
    const { composer, wants, everyStamp } = this.options;
    const { writer } = this;
    const composed = composeClaimed(composer, claimer, detached(record.text), wants, this.blocks);
    if (!composed) {
      if (wanted) writer.disclaim(claimer.grammar, record);
      this.blocks.close();
      return;
    }
    this.blocks.pass(claimer.grammar, claimer.shape!, composed.through[0]!.fields);
    const { line, offset, length } = record;
    const { kind, text } = composed.inner ?? composed.outer;
    const stamp = { kind, text };
    const told = wanted ? toldOf(composed, wants) : [];
    const isStamped = kind !== "none" && claimer !== this.primary;
    const isTimed = isSample && (kind !== "none" || offset % SAMPLED_BYTES >= HEADING_BYTES);
    if (isSample)
      this.sampleFrom = isTimed ? offset - (offset % SAMPLED_BYTES) + SAMPLED_BYTES : offset + length;
    const tells = told.length > 0 || composed.beside.length > 0;
    if (!tells && !isTimed && !isStamped && !everyStamp) {
      this.latest = { line, offset, length, stamp };
      return;
    }
    const given = { line: writer.relative(line), offset, length, stamp, told };
    writer.give(isTimed && !everyStamp ? { ...given, sample: true } : given);
    this.latest = undefined;
    if (claimer === this.primary && !isTimed) this.tracks?.learn(record.text, composed, told);
    if (wanted) for (const beside of composed.beside) this.giveBeside(record, beside);
  }

  /** Gives a further happening of a record, with its own time. */
  private giveBeside({ line, offset, length }: FramedRecord, composed: Composed): void {
    const told = toldOf(composed, this.options.wants);
    if (told.length === 0) return;
    const { kind, text } = composed.inner ?? composed.outer;
    this.writer.give({ line: this.writer.relative(line), offset, length, stamp: { kind, text }, told });
  }

  private claimBy({ grammar, shape }: Claimer): Claim {
    return { grammar, shape: shape!, blocks: this.blocks };
  }

  /** Leaves a record unread of which that is wanted. */
  private leaveText(record: FramedRecord): void {
    const text = Buffer.from(record.text, "latin1");
    this.writer.leave(record.line, record.offset, record.length, text);
    this.latest = record;
  }
}
