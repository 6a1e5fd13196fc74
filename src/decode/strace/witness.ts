import type { Event } from "../../model/event.js";
import type { Call } from "./calls.js";
import { messagesOf } from "./messages.js";
import { type Process, UNNAMED } from "./processes.js";
import { StraceTracker } from "./tracker.js";

/** Events that only a {@link TraceWitness} gives. Who wants one of them has every record of a trace read. */
const WITNESSED = ["http.message", "log.written"] as const;

/** Does what is wanted of a trace need a witness? */
export const needsWitness = (wanted: ReadonlySet<string> | undefined): boolean =>
  wanted !== undefined && WITNESSED.some((action) => wanted.has(action));

/** Events that wait for their thread's next record. */
const BOUNDED: ReadonlySet<string> = new Set(["dns.query", "dns.answer", "socket.connect", ...WITNESSED]);

/** The digits behind a stamp's point: three with `--absolute-timestamps=precision:ms`. */
const FRACTION = /\.(\d{1,5})$/;

/** µs below the last digit of a stamp with a fraction. */
function unprintedOf(stamp: unknown): number {
  const digits = typeof stamp === "string" ? FRACTION.exec(stamp)?.[1] : undefined;
  return digits === undefined ? 0 : 10 ** (6 - digits.length) - 1;
}

const CLONES = /^(?:clone3?|v?fork)$/;
/** More events than these do not wait: a thread may sleep to the end of the trace. */
const MAX_WAITING = 1024;

interface Waiting {
  event: Event;
  /** What it waits for; undefined: nothing. */
  thread: number | undefined;
}

/**
 * Follows a trace as {@link StraceTracker} does and tells more, at the price of reading every record: what else the calls moved
 * (`http.message`, `log.written`), and until when each call was over. strace stamps a call where it is entered; entry and `-T` together are not when
 * others saw it return, because the thread is stopped on the way in and out. What is certain is that the call was over before the same thread's next record: `call.until_line`, and `call.until` (µs, the latest that this record's stamp can mean).
 * Events come in the order of the file, as a tracker gives them.
 */
export class TraceWitness {
  private readonly tracker: StraceTracker;
  private readonly queue: Waiting[] = [];
  private thread = UNNAMED;
  /** The one thread that was seen; NaN when there are, or may be, more of them. */
  private only: number | undefined;
  /** Of a process with one thread: its last call that wrote lines with stamps. */
  private wrote: Event | undefined;

  constructor(private readonly emit: (event: Event) => void) {
    this.tracker = new StraceTracker(
      (event) => this.told(event),
      Number.POSITIVE_INFINITY,
      (call, process) => this.see(call, process),
    );
  }

  /** Takes the next record. */
  push(event: Event): void {
    const id = event.fields["process.thread.id"];
    this.thread = typeof id === "number" ? id : UNNAMED;
    if (event.action !== "process.attached") this.bound(event);
    this.only ??= this.thread;
    if (this.only !== this.thread || CLONES.test(String(event.fields["strace.call"]))) this.only = Number.NaN;
    this.tracker.push(event);
    this.flush(MAX_WAITING);
  }

  /** The trace is over. What still waits has no bound. */
  end(): void {
    this.tracker.end();
    this.flush(0);
  }

  private see(call: Call, process: Process): void {
    const events = messagesOf(call, process);
    for (const event of events) {
      // A program with one thread takes a line's stamp after it wrote the line before.
      if (event.action === "log.written" && this.only === this.thread && this.wrote) {
        event.fields["log.after"] = this.wrote.time;
        event.fields["log.after_line"] = this.wrote.line;
      }
      this.told(event);
    }
    if (events.some(({ action }) => action === "log.written")) this.wrote = events[0];
  }

  private told(event: Event): void {
    const id = event.fields["process.thread.id"] ?? UNNAMED;
    const waits = BOUNDED.has(event.action) && id === this.thread;
    this.queue.push({ event, thread: waits ? this.thread : undefined });
  }

  /** A thread's next record: its calls so far were over by then. */
  private bound({ time, latest, line, fields }: Event): void {
    if (this.queue.length === 0) return;
    const unprinted = unprintedOf(fields["@timestamp"]);
    for (const waiting of this.queue) {
      if (waiting.thread !== this.thread) continue;
      waiting.thread = undefined;
      const { event } = waiting;
      // Stamps that go back, or lines: the trace is in no order, and this is not the next record.
      if (line < event.line || time < event.time) continue;
      event.fields["call.until_line"] = line;
      if (!Number.isNaN(latest)) event.fields["call.until"] = latest + unprinted;
    }
  }

  /** Gives the events that wait for nothing any more, in order, and the first ones where more than `most` wait. */
  private flush(most: number): void {
    const { queue } = this;
    let given = 0;
    while (given < queue.length && (queue[given]!.thread === undefined || queue.length - given > most))
      this.emit(queue[given++]!.event);
    if (given > 0) queue.splice(0, given);
  }
}
