import type { Extent, Stretch } from "../decode/segment.js";
import type { Executor, Ticket } from "./executor.js";

/** How a file is read in stretches. */
export interface Cut<Job, Segment extends Extent> {
  executor: Executor<Job, Segment>;
  /** Offset of the first record, and of the end, in bytes. */
  first: number;
  size: number;
  stretchBytes: number;
  /** The job that reads a stretch; `sure`: a record is known to begin at its first byte. */
  job: (stretch: Stretch, sure: boolean) => Job;
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
  /** Where the next record begins, as far as segments were given. */
  private end: number;
  private weight = SUPPOSED_WEIGHT;
  private supposed = 0;
  private wrongly = 0;

  constructor(private readonly cut: Cut<Job, Segment>) {
    this.next = cut.first;
    this.end = cut.first;
  }

  /** Has the first stretch read when somebody has time: it will be asked for soon. */
  prepare(): void {
    if (this.next === this.cut.first && this.cut.ahead.hasRoom(this.weight)) this.ask();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Segment> {
    const { executor, ahead, size, taken } = this.cut;
    try {
      for (;;) {
        if (this.ahead.length === 0) this.ask();
        const first = this.ahead.shift();
        if (!first) return;
        const { ticket, stretch, weight } = first;
        const segment = await executor.take(ticket);
        ahead.release(weight);
        if (!segment.partial) this.weight = this.cut.weigh(segment);
        for (let part = this.verified(segment, stretch); part; part = this.rest(part, stretch)) {
          this.end = part.end;
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
  private verified(segment: Segment, { to }: Stretch): Segment | undefined {
    const { end } = this;
    this.supposed++;
    if (end >= to) return undefined;
    if (segment.begin === end) return segment;
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
    return executor.now(job({ from, to }, true));
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
    const { executor, ahead, first, size, stretchBytes, job } = this.cut;
    // In sequence the record's beginning is known: nobody reads ahead.
    const from = this.ahead.length === 0 ? Math.max(this.next, this.end) : this.next;
    if (from >= size) return false;
    const to = Math.min(size, (Math.floor(from / stretchBytes) + 1) * stretchBytes);
    const sure = from === first || from === this.end;
    const stretch = { from, to };
    ahead.hold(this.weight);
    this.ahead.push({ stretch, ticket: executor.submit(job(stretch, sure)), weight: this.weight });
    this.next = to;
    return true;
  }
}
