import type { Extent, Start, Stretch } from "../decode/segment.js";
import type { Executor, Ticket } from "./executor.js";

/** How a file is read in stretches. */
export interface Cut<Job, Segment extends Extent> {
  executor: Executor<Job, Segment>;
  /** Where the first record begins. */
  start: Start;
  /** Offset of the end, in bytes. */
  size: number;
  stretchBytes: number;
  /** The job that reads a stretch; `sure`: a record is known to begin at its first byte, and what is open there. */
  job: (stretch: Stretch, sure: boolean, open: Extent["open"]) => Job;
  /** What results that nobody has taken yet may hold, for all files together. */
  ahead: ReadAhead;
  /** About how many bytes of memory a segment holds. */
  weigh: (segment: Segment) => number;
  /** Is told of each segment that is given. */
  taken?: (segment: Segment) => void;
}

/** A bound on what lies ready and what is under way, in bytes of memory. */
export class ReadAhead {
  private held = 0;

  constructor(private readonly budget: number) {}

  /** May another result of this weight be asked for? */
  hasRoom(weight: number): boolean {
    return this.held + weight <= this.budget;
  }

  hold(weight: number): void {
    this.held += weight;
  }

  release(weight: number): void {
    this.held -= weight;
  }
}

/** Of this many stretches one may be supposed wrongly; a file that does worse is read in sequence until the share has sunk. */
const RARELY = 8;

/** Nothing is known of the first segments. */
const SUPPOSED_WEIGHT = 256 << 10;

interface Ahead<Job, Segment> {
  stretch: Stretch;
  /** What was supposed to be open where it begins. */
  open: Extent["open"];
  ticket: Ticket<Job, Segment>;
  weight: number;
}

/**
 * Reads a file's stretches, several at once, and gives their segments in order. A stretch that begins in the middle of a record,
 * against what its reader supposed, is read again from where the one before it ended: the segments are those of one reading from
 * beginning to end, whoever read them and however the file was cut.
 *
 * Throws what a job throws.
 */
export class Segments<Job, Segment extends Extent> implements AsyncIterable<Segment> {
  private readonly ahead: Ahead<Job, Segment>[] = [];
  /** Where the next stretch begins that nobody was asked to read. */
  private next: number;
  /** Where the next record begins, as far as segments were given, and what is open there. */
  private end: number;
  private open: Extent["open"];
  private weight = SUPPOSED_WEIGHT;
  private supposed = 0;
  private wrongly = 0;

  constructor(private readonly cut: Cut<Job, Segment>) {
    const { at, open } = cut.start;
    this.next = at;
    this.end = at;
    this.open = open;
  }

  /** Has the first stretch read when somebody has time: it will be asked for soon. */
  prepare(): void {
    if (this.next === this.cut.start.at && this.cut.ahead.hasRoom(this.weight)) this.ask();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Segment> {
    const { executor, ahead, size, taken } = this.cut;
    try {
      for (;;) {
        if (this.ahead.length === 0) this.ask();
        const first = this.ahead.shift();
        if (!first) return;
        const { ticket, stretch, weight, open } = first;
        const segment = await executor.take(ticket);
        ahead.release(weight);
        if (!segment.partial) this.weight = this.cut.weigh(segment);
        for (let part = this.verified(segment, stretch, open); part; part = this.rest(part, stretch)) {
          this.end = part.end;
          this.open = part.open;
          taken?.(part);
          // From the second stretch on somebody goes through the file: only then it is worth reading further on.
          if (this.end < size) this.askFurther();
          yield part;
        }
      }
    } finally {
      for (const { ticket, weight } of this.ahead) {
        executor.drop(ticket);
        ahead.release(weight);
      }
    }
  }

  /** The segment, read again when it begins in the wrong place; nothing, where no record begins in the stretch. */
  private verified(segment: Segment, { to }: Stretch, open: Extent["open"]): Segment | undefined {
    const { end } = this;
    this.supposed++;
    if (end >= to) return undefined;
    if (segment.begin === end && open === this.open) return segment;
    this.wrongly++;
    return this.from(end, to);
  }

  /** What follows a part of a stretch. */
  private rest({ partial, end }: Segment, { to }: Stretch): Segment | undefined {
    return partial && end < to ? this.from(end, to) : undefined;
  }

  /** Reads on from where a record is known to begin. */
  private from(from: number, to: number): Segment {
    const { executor, job } = this.cut;
    return executor.now(job({ from, to }, true, this.open));
  }

  /** Does supposing fail so often that it does not pay? */
  private get inSequence(): boolean {
    return this.wrongly * RARELY > this.supposed + RARELY;
  }

  private askFurther(): void {
    const { executor, ahead } = this.cut;
    if (this.inSequence) return;
    while (this.ahead.length < executor.width && ahead.hasRoom(this.weight) && this.ask());
  }

  /** Puts the next stretch in line. @returns whether there is one */
  private ask(): boolean {
    const { executor, ahead, start, size, stretchBytes, job } = this.cut;
    // In sequence the record's beginning is known: nobody reads ahead.
    const from = this.ahead.length === 0 ? Math.max(this.next, this.end) : this.next;
    if (from >= size) return false;
    const to = Math.min(size, (Math.floor(from / stretchBytes) + 1) * stretchBytes);
    const sure = from === start.at || from === this.end;
    // Nothing is open, most often: what is, is only known where the segments before were given.
    const open = from === this.end ? this.open : undefined;
    const stretch = { from, to };
    ahead.hold(this.weight);
    this.ahead.push({
      stretch,
      open,
      ticket: executor.submit(job(stretch, sure, open)),
      weight: this.weight,
    });
    this.next = to;
    return true;
  }
}
