import { KIND, ROW, ROW_WORDS } from "../../decode/packet/row.js";
import type { PacketRows, RowDecoder } from "../../decode/packet/row-decoder.js";
import type { Event } from "../../model/event.js";
import { RETENTION } from "../transactions/dns/timing.js";
import { Dropping, type DroppingOptions } from "./dropping.js";
import { Handshakes } from "./handshakes.js";
import { Pairs } from "./pairs.js";
import { Touches } from "./touches.js";
import { FLAG, Window } from "./window.js";

/**
 * An item leaves the window when the stream is this much further on, µs. By then a leg of that age that was answered at once is
 * closed and out of the table: two seconds, the next sweep, and as much as its question may be behind the stream (pairs.ts).
 */
const SPAN = RETENTION + 300_000;
/** Items in the window: fewer than the young or answered legs that the table holds before it settles early. */
const MAX_ITEMS = 190_000;
/** Of these, made into events already; and the bytes, but for the one at hand of each source, and number of the segments that lie in the window. */
const MAX_EVENTS = 20_000;
const MAX_BYTES = 48 << 20;
const MAX_SEGMENTS = 50_000;
/** Numbers of items fit into 32 bits; behind this one they are counted anew. */
const LAST_NUMBER = 1 << 30;
/** Kinds of items beside those of rows (decode/packet/row.ts): an event of another source, and a row that nobody is to hear of. */
const EVENTS = 0;
const UNHEARD = 255;

/** What the settler stands between. */
export interface SettlerOptions extends DroppingOptions {
  /** Takes an event of the stream, as it would come without the settler. */
  readonly take: (event: Event) => void;
  readonly decoder: RowDecoder;
  /** Whether nobody wants to hear of what happened then (µs UTC). */
  readonly outside?: ((time: number, latest: number) => boolean) | undefined;
}

/**
 * Drops plain DNS exchanges, and plain TCP handshakes (handshakes.ts), from the merged stream before they are made events.
 *
 * An exchange is plain when its question and its answer, of a response code that no rule asks about, are the only packets with
 * their id and question for {@link SPAN}; addresses and ports are mirrored; the answer comes within 100 ms; and nothing else touches it.
 * What the full way would make of it is known beforehand: a leg and a look-up, answered, without any bearing on others. Why none:
 *
 * - **Other sightings and answers** are found by id and question alone (`sameQuestion` in transactions/dns/leg.ts). There are none in the
 *   window; earlier ones that are still open are asked for (`concerns`); later ones find the leg gone.
 * - **What lies in the table's chains** pushes others out only beyond 64 with one id, or four with one port. Both are kept from it:
 *   `MAX_ALIKE` (pairs.ts), and `concerns` for ports on which an answer is still awaited.
 * - **ICMP errors** change legs asked, or answered, in the last second: those are still in the window, and touched.
 * - **That a capture shows answers** (`passAnswer`) and how far it reaches (`pass`) is told at the same place of the stream. Sweeps happen
 *   at the times of the stream's records: dropped ones too move it on (`pass`).
 * - **That answers are delivered** is known from the first exchange of each capture, which is kept, as is the first of each
 *   combination that rules tell apart.
 * - **Passages** learn nothing of an answered packet that was seen with one address.
 * - **Early settling of crowded tables**: when the window overflows, all that is in it is kept.
 * - **Disorder**: an exchange is kept when the stream was much further on than its question before it was answered.
 */
export class Settler {
  private readonly window = new Window();
  private readonly touches = new Touches();
  private readonly dropping: Dropping;
  private readonly pairs: Pairs;
  private readonly handshakes: Handshakes;
  private latest = Number.NEGATIVE_INFINITY;
  private crowdedUntil = Number.NEGATIVE_INFINITY;
  /** The segment at hand of each source, and its place in the window; and what all others in the window hold in memory. */
  private readonly current: ({ rows: PacketRows; slot: number } | undefined)[] = [];
  private bytes = 0;

  constructor(private readonly options: SettlerOptions) {
    this.dropping = new Dropping(this.window, this.touches, options);
    this.pairs = new Pairs(this.window, options.responseCodes);
    this.handshakes = new Handshakes(this.window);
  }

  /** Takes events of the merged stream. */
  pushEvents(batch: readonly Event[], from: number, to: number): void {
    const { window, touches, options } = this;
    for (let i = from; i < to; i++) {
      const event = batch[i]!;
      if (options.outside?.(event.time, event.latest)) continue;
      const time = this.moved(event.time);
      this.release();
      // Nothing waits before it that it could touch.
      if (window.head === window.tail) options.take(event);
      else touches.note(event, window.addMade(EVENTS, time, 0, 0, [event]));
    }
  }

  /** Takes rows of the merged stream. */
  pushRows(rows: PacketRows, from: number, to: number): void {
    const { times, words } = rows.segment;
    const { outside } = this.options;
    const { window } = this;
    const slot = this.slotOf(rows);
    for (let row = from; row < to; row++) {
      if ((row & 255) === 0) this.release();
      const time = times[row]!;
      const at = row * ROW_WORDS;
      const kind = words[at]! & 0xff;
      if (outside?.(time, time)) window.add(UNHEARD, this.latest, slot, row);
      else if (kind === KIND.QUERY)
        this.pairs.addQuestion(
          this.addAsk(kind, slot, row, time),
          words[at + ROW.KEY]!,
          words[at + ROW.ID]! >>> 16,
        );
      else if (kind === KIND.ANSWER)
        this.pairs.addAnswer(
          window.add(kind, this.moved(time), slot, row),
          words[at + ROW.KEY]!,
          words[at + ROW.ID]! >>> 16,
          this.latest,
        );
      else if (kind === KIND.OPENER)
        this.handshakes.addOpener(this.addAsk(kind, slot, row, time), words[at + ROW.KEY]!);
      else if (kind === KIND.REPLY)
        this.handshakes.addReply(
          window.add(kind, this.moved(time), slot, row),
          words[at + ROW.KEY]!,
          this.latest,
        );
      else if (kind === KIND.OTHER || kind === KIND.MARKER) this.addOther(slot, row, time, kind);
      else window.add(kind, this.moved(time), slot, row);
    }
    this.release();
  }

  /** The stream is over. */
  end(): void {
    this.latest = Number.POSITIVE_INFINITY;
    this.release();
  }

  /** The place of a segment, which is held until its last row has left. */
  private slotOf(rows: PacketRows): number {
    const current = this.current[rows.source];
    if (current?.rows === rows) return current.slot;
    if (current !== undefined) this.bytes += weightOf(current.rows);
    const slot = this.window.hold(rows);
    this.current[rows.source] = { rows, slot };
    return slot;
  }

  /** Adds what waits for an answer. It is kept where it has no time, and soon after the window was crowded. */
  private addAsk(kind: number, slot: number, row: number, time: number): number {
    const { window } = this;
    const number = window.add(kind, this.moved(time), slot, row);
    if (!(time > this.crowdedUntil)) window.flags[number & window.mask] = FLAG.KEEP;
    return number;
  }

  private addOther(slot: number, row: number, time: number, kind: number): void {
    const events = this.options.decoder.events(this.window.held[slot]!, row);
    const number = this.window.addMade(kind, this.moved(time), slot, row, events);
    for (const event of events) this.touches.note(event, number);
  }

  /** The stream has come to `time`. Gives when an item of this time is to leave the window from. */
  private moved(time: number): number {
    if (time > this.latest) this.latest = time;
    return Number.isNaN(time) ? this.latest : time;
  }

  /** Lets go what is old enough; when there is too much, everything, and that is kept, as is what comes soon after it. */
  private release(): void {
    const { window, touches } = this;
    const isCrowded =
      window.tail - window.head > MAX_ITEMS ||
      window.events.size > MAX_EVENTS ||
      window.segments > MAX_SEGMENTS ||
      this.bytes > MAX_BYTES ||
      window.tail > LAST_NUMBER;
    if (isCrowded) {
      touches.noteAll(window.tail);
      this.crowdedUntil = this.latest + SPAN;
    }
    const until = this.latest - SPAN;
    while (window.head < window.tail) {
      const at = window.head & window.mask;
      if (!isCrowded && !(window.times[at]! <= until)) return;
      this.leave(window.head, at);
      window.head++;
    }
    if (window.tail > LAST_NUMBER) {
      window.restart();
      touches.clear();
      this.pairs.clear();
      this.handshakes.clear();
    }
  }

  private leave(number: number, at: number): void {
    const { window, options } = this;
    const slot = window.slots[at]!;
    const kind = window.kinds[at]!;
    const made = (window.flags[at]! & FLAG.MADE) !== 0 ? window.events.get(number)! : undefined;
    if (made !== undefined) {
      window.events.delete(number);
      for (const event of made) options.take(event);
      if (kind === EVENTS) return;
    }
    const rows = window.held[slot]!;
    const { source, segment } = rows;
    const row = window.rows[at]!;
    if (made === undefined && kind !== UNHEARD && !this.dropping.drops(number, rows, row))
      options.decoder.each(rows, row, options.take);
    if (row !== segment.length - 1) return;
    window.letGo(slot);
    if (this.current[source]?.rows === rows) this.current[source] = undefined;
    else this.bytes -= weightOf(rows);
    rows.done?.();
  }
}

/** What a segment holds in memory: bytes. */
function weightOf({ segment }: PacketRows): number {
  return segment.frames.length + segment.words.byteLength + segment.times.byteLength;
}
