import type { Event } from "../../model/event.js";
import { LEAST_WAIT } from "./asked.js";
import { KINDS, Kind } from "./kinds.js";
import { silenceEvent, waitEvent } from "./output.js";
import type { Process, Thread } from "./processes.js";
import type { Asked } from "./sockets.js";

/** An undecided wait is decided when this many records or µs have gone by without anybody waiting on. */
const IDLE_RECORDS = 512;
const IDLE = 1_500_000;
/** Asking again after a longer silence need not be a second try: µs. */
const LONGEST_SILENCE = 31_000_000;
const MAX_UNDECIDED = 1024;

interface Undecided {
  process: Process;
  /** Who waited. */
  waiter: Thread;
  /** Number of the record, and µs, at which the last wait ended. */
  record: number;
  time: number;
}

/**
 * Decides which waits were given up in vain. A wait that ran out says so only when the client then does something else: c-ares and
 * Node wait a second at a time and go on waiting. So a wait is kept until the client asks again, closes the
 * socket, ends, or turns to other things.
 */
export class Decisions {
  /** Questions with a wait long enough, and when to stop waiting for more of it. */
  private readonly undecided = new Map<Asked, Undecided>();
  private records = 0;
  /** Nothing can be decided before so many records, or before that time (µs). */
  private dueRecord = Number.POSITIVE_INFINITY;
  private dueTime = Number.POSITIVE_INFINITY;

  constructor(private readonly emit: (event: Event) => void) {}

  /** A wait on the question ran out: it may have been the last. */
  waited(asked: Asked, thread: Thread, end: number): void {
    if (!asked.firm) return;
    if (this.undecided.size >= MAX_UNDECIDED && !this.undecided.has(asked)) this.decideOldest();
    const since = { process: thread.process, waiter: thread, record: this.records, time: end };
    this.undecided.set(asked, since);
    this.due(since);
  }

  /** A call of the thread came back at `time`: until then it may have waited on, and only now may it turn to other things. */
  returned(thread: Thread, time: number): void {
    for (const since of this.undecided.values()) {
      if (since.waiter !== thread) continue;
      since.record = this.records;
      if (time > since.time) since.time = time;
    }
  }

  /** Lets the trace go on by a record that is passed over. */
  count(): void {
    this.records++;
  }

  /** Lets the trace go on by a record at `time` (µs, NaN unstamped). */
  advance(time: number): void {
    this.count();
    if (this.undecided.size === 0 || !(this.records > this.dueRecord || time > this.dueTime)) return;
    this.dueRecord = this.dueTime = Number.POSITIVE_INFINITY;
    for (const [asked, since] of this.undecided) {
      const isDue = this.records > since.record + IDLE_RECORDS || time > since.time + IDLE;
      if (asked.over) this.undecided.delete(asked);
      // Inside a call that has not returned, it may be waiting on.
      else if (!isDue || mayWaitOn(since.waiter)) this.due(since);
      else this.give([asked, ...siblings(asked)], since.process);
    }
  }

  /**
   * The client gave up on `asked`, as `proof` shows: it asks again, or closes the socket. Emits the wait when it ran out or when the
   * stamps show at least a second of silence; questions sent together are decided together.
   * @param ticks short waits that add up to a client's patience count, too
   * @param silence silence that only stamps show counts, too
   */
  giveUp(
    asked: Asked,
    process: Process,
    proof: Event,
    { ticks, silence }: { ticks: boolean; silence: boolean },
  ): boolean {
    if (asked.over) return false;
    const group = [asked, ...siblings(asked)];
    if (asked.firm || (ticks && asked.waited >= LEAST_WAIT)) {
      this.give(group, process);
      return true;
    }
    const quiet = proof.time - asked.latest;
    if (!silence || !(quiet >= LEAST_WAIT * 1000 && quiet <= LONGEST_SILENCE) || asked.cites.length === 0)
      return false;
    this.close(group, process);
    this.emit(silenceEvent(group, process.pid, proof, quiet));
    return true;
  }

  /** The question needs no decision any more: it was answered, or the socket failed. */
  settle(asked: Asked, process: Process): void {
    this.close([asked], process);
  }

  /** The process is gone: waits that ran out stay what they are. */
  gone(process: Process): void {
    for (const [asked, since] of this.undecided)
      if (since.process === process && !asked.over) this.give([asked, ...siblings(asked)], process);
    for (const asked of process.asked) asked.over = true;
    process.asked = [];
  }

  /** The trace is over. */
  end(): void {
    for (const [asked, { process }] of this.undecided)
      if (!asked.over) this.give([asked, ...siblings(asked)], process);
    this.undecided.clear();
  }

  /** Forgets all undecided waits: the records turned out to be in no order. */
  clear(): void {
    for (const asked of this.undecided.keys()) asked.over = true;
    this.undecided.clear();
  }

  private due({ record, time }: Undecided): void {
    this.dueRecord = Math.min(this.dueRecord, record + IDLE_RECORDS);
    if (time + IDLE < this.dueTime) this.dueTime = time + IDLE;
  }

  private give(group: readonly Asked[], process: Process): void {
    this.close(group, process);
    this.emit(waitEvent(group, process.pid));
  }

  private decideOldest(): void {
    const [asked, { process }] = this.undecided.entries().next().value!;
    this.undecided.delete(asked);
    if (!asked.over) this.give([asked], process);
  }

  private close(group: readonly Asked[], process: Process): void {
    for (const asked of group) {
      asked.over = true;
      this.undecided.delete(asked);
      const { socket } = asked;
      socket.asked = socket.asked.filter((each) => each !== asked);
    }
    process.asked = process.asked.filter((each) => !each.over);
  }
}

/** Where a read ends is not always known: it is none of the calls by which clients wait. */
function mayWaitOn({ unfinished }: Thread): boolean {
  return unfinished !== undefined && KINDS.get(unfinished.name) !== Kind.READ;
}

/** Other questions that share server and waits with this one, and so its fate. */
function siblings(asked: Asked): Asked[] {
  const first = asked.pieces[0]?.cite;
  return asked.socket.asked.filter(
    (each) =>
      each !== asked &&
      !each.over &&
      each.server?.ip === asked.server?.ip &&
      (first === undefined
        ? each.pieces.length === 0 && each.cites.some((cited) => cited.offset === asked.cites[0]?.offset)
        : each.pieces[0]?.cite === first),
  );
}
