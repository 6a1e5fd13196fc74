import { KIND, ROW, ROW_WORDS } from "../../decode/packet/row.js";
import type { PacketRows, RowDecoder } from "../../decode/packet/row-decoder.js";
import type { Event } from "../../model/event.js";
import { RETENTION } from "../transactions/dns/timing.js";
import type { Transactions } from "../transactions/index.js";
import { Combinations } from "./combinations.js";
import { DnsRow } from "./exchange.js";
import { type Dimension, MOST_SPAN } from "./portrait.js";
import { Touches } from "./touches.js";
import { FLAG, Window } from "./window.js";

/** Stamps that fall by less are no disorder: µs. */
const JITTER = 50_000;
/**
 * An item leaves the window when the stream is this much further on, µs. By then a leg of that age that was answered at once is
 * closed and out of the table: two seconds, the next sweep, and the jitter before each of its two queues.
 */
const SPAN = RETENTION + 200_000;
/** Items in the window: fewer than the young or answered legs that the table holds before it settles early. */
const MAX_ITEMS = 190_000;
/** Of these, events that are made already, and the bytes of all segments that lie in the window. */
const MAX_EVENTS = 20_000;
const MAX_BYTES = 48 << 20;
/** Questions with one id in the window; see `FEW` in transactions/dns/asked.ts: together they never fill a chain of the table. */
const MAX_ALIKE = 16;
/** Kinds of items beside those of rows (decode/packet/row.ts): an event of another source, and a row that nobody is to hear of. */
const EVENTS = 0;
const UNHEARD = 255;

/** What the settler stands between. */
export interface SettlerOptions {
  readonly transactions: Transactions;
  /** Takes an event of the stream, as it would come without the settler. */
  readonly take: (event: Event) => void;
  /** Takes what transactions decide. */
  readonly decided: (event: Event) => void;
  readonly decoder: RowDecoder;
  /** Response codes that nobody asks about, and what plain exchanges are to be told apart by (rules/indifference.ts). */
  readonly responseCodes: ReadonlySet<number>;
  readonly dimensions: ReadonlySet<Dimension>;
  /** Whether nobody wants to hear of what happened then (µs UTC). */
  readonly outside?: ((time: number, latest: number) => boolean) | undefined;
}

/**
 * Drops plain DNS exchanges from the merged stream before they are made events.
 *
 * An exchange is plain when its question and its answer, of a response code that no rule asks about, are the only packets with
 * their id and question for {@link SPAN}; addresses and ports are mirrored; the answer comes within 100 ms; and nothing else touches it.
 * What the full way would make of it is known beforehand: a leg and a look-up, answered, without any bearing on others. Why none:
 *
 * - **Other sightings and answers** are found by id and question alone (`sameQuestion` in transactions/dns/leg.ts). There are none in the
 *   window; earlier ones that are still open are asked for (`concerns`); later ones find the leg gone.
 * - **What lies in the table's chains** pushes others out only beyond 64 with one id, or four with one port. Both are kept from it:
 *   `MAX_ALIKE`, and `concerns` for ports on which an answer is still awaited.
 * - **ICMP errors** change legs asked, or answered, in the last second: those are still in the window, and touched.
 * - **That a capture shows answers** (`passAnswer`) and how far it reaches (`pass`) is told at the same place of the stream. Sweeps happen
 *   at the times of the stream's records: dropped ones too move it on (`pass`).
 * - **That answers are delivered** is known from the first exchange of each capture, which is kept, as is the first of each
 *   combination that rules tell apart.
 * - **Passages** learn nothing of an answered packet that was seen with one address.
 * - **Early settling of crowded tables**: when the window overflows, all that is in it is kept.
 * - **Disorder** keeps legs for longer: whatever is stamped earlier than what came before is kept.
 */
export class Settler {
  private readonly window = new Window();
  private readonly touches = new Touches();
  private readonly combinations: Combinations;
  /** By id: number of the newest question. */
  private readonly newest = new Float64Array(65536).fill(-1);
  private latest = Number.NEGATIVE_INFINITY;
  private crowdedUntil = Number.NEGATIVE_INFINITY;
  private events = 0;
  private bytes = 0;
  private readonly question = new DnsRow();
  private readonly answer = new DnsRow();

  constructor(private readonly options: SettlerOptions) {
    this.combinations = new Combinations(options.dimensions);
  }

  /** Takes events of the merged stream. */
  pushEvents(batch: readonly Event[], from: number, to: number): void {
    const { outside } = this.options;
    for (let i = from; i < to; i++) {
      const event = batch[i]!;
      if (outside?.(event.time, event.latest)) continue;
      const number = this.window.add(EVENTS, this.moved(event.time), undefined, 0, [event]);
      this.touches.note(event, number);
      if (++this.events > MAX_EVENTS) this.overflow();
    }
    this.release();
  }

  /** Takes rows of the merged stream. */
  pushRows(rows: PacketRows, from: number, to: number): void {
    const { times, words } = rows.segment;
    const { outside } = this.options;
    if (from === 0) this.bytes += weightOf(rows);
    for (let row = from; row < to; row++) {
      if ((row & 255) === 0) this.release();
      const time = times[row]!;
      const at = row * ROW_WORDS;
      const kind = words[at]! & 0xff;
      if (outside?.(time, time)) this.window.add(UNHEARD, this.latest, rows, row);
      else if (kind === KIND.QUERY)
        this.addQuestion(rows, row, words[at + ROW.KEY]!, words[at + ROW.ID]! >>> 16);
      else if (kind === KIND.ANSWER)
        this.addAnswer(rows, row, words[at + ROW.KEY]!, words[at + ROW.ID]! >>> 16);
      else if (kind === KIND.OTHER || kind === KIND.MARKER) this.addOther(rows, row, kind);
      else this.window.add(kind, this.moved(time), rows, row);
    }
    this.release();
  }

  /** The stream is over. */
  end(): void {
    this.latest = Number.POSITIVE_INFINITY;
    this.release();
  }

  private addQuestion(rows: PacketRows, row: number, key: number, id: number): void {
    const { window, newest } = this;
    const time = rows.segment.times[row]!;
    const number = window.add(KIND.QUERY, this.moved(time), rows, row);
    const { mask, flags, head } = window;
    const at = number & mask;
    let isAlone = time >= this.latest - JITTER && time > this.crowdedUntil;
    let alike = 0;
    for (let other = newest[id]!; other >= head; other = window.before[other & mask]!) {
      // Of one id and question, no two are plain; nor of very many with one id.
      if (window.keys[other & mask] === key || ++alike >= MAX_ALIKE) {
        flags[other & mask]! |= FLAG.KEEP;
        isAlone = false;
      }
    }
    if (!isAlone) flags[at] = FLAG.KEEP;
    window.keys[at] = key;
    window.answers[at] = -1;
    window.before[at] = newest[id]!;
    newest[id] = number;
  }

  private addAnswer(rows: PacketRows, row: number, key: number, id: number): void {
    const { window, question, answer } = this;
    const time = rows.segment.times[row]!;
    const number = window.add(KIND.ANSWER, this.moved(time), rows, row);
    const { mask, head } = window;
    let asked = this.newest[id]!;
    while (asked >= head && window.keys[asked & mask] !== key) asked = window.before[asked & mask]!;
    if (asked < head) return;
    const at = asked & mask;
    const segment = window.segments[at]!;
    const span = time - segment.segment.times[window.rows[at]!]!;
    answer.turn(rows.segment, row);
    question.turn(segment.segment, window.rows[at]!);
    const isPlain =
      window.answers[at]! < 0 &&
      span >= 0 &&
      span < MOST_SPAN &&
      segment.source === rows.source &&
      this.options.responseCodes.has(answer.rcode) &&
      question.isAnsweredBy(answer);
    if (isPlain) window.answers[at] = number;
    else window.flags[at]! |= FLAG.KEEP;
  }

  private addOther(rows: PacketRows, row: number, kind: number): void {
    const events = this.options.decoder.events(rows, row);
    const number = this.window.add(kind, this.moved(rows.segment.times[row]!), rows, row, events);
    for (const event of events) this.touches.note(event, number);
    this.events += events.length;
    if (this.events > MAX_EVENTS) this.overflow();
  }

  /** The stream has come to `time`. Gives when an item of this time is to leave the window from. */
  private moved(time: number): number {
    if (time > this.latest) this.latest = time;
    return Number.isNaN(time) ? this.latest : time;
  }

  /** Too much at once: all that is in the window is let go and kept, and so is what comes soon after it. */
  private overflow(): void {
    this.touches.noteAll(this.window.tail);
    this.crowdedUntil = this.latest + SPAN;
  }

  /** Lets go what is old enough, and the oldest when there is too much. */
  private release(): void {
    const { window } = this;
    if (window.tail - window.head > MAX_ITEMS || this.bytes > MAX_BYTES) this.overflow();
    const least = this.touches.all;
    const until = this.latest - SPAN;
    while (window.head < window.tail) {
      const at = window.head & window.mask;
      if (!(window.times[at]! <= until) && window.head >= least) return;
      this.leave(window.head, at);
      window.drop();
    }
  }

  private leave(number: number, at: number): void {
    const { window, options } = this;
    const { transactions, decided } = options;
    const rows = window.segments[at];
    const kind = window.kinds[at]!;
    if (rows === undefined) {
      this.events--;
      options.take(window.events[at]![0]!);
      return;
    }
    const { source, segment } = rows;
    const row = window.rows[at]!;
    if (row === segment.length - 1) this.bytes -= weightOf(rows);
    const time = segment.times[row]!;
    if (kind === KIND.QUERY && this.isPlain(number, at, rows, row)) {
      window.flags[window.answers[at]! & window.mask] = FLAG.DROPPED;
      transactions.pass(source, time, decided);
    } else if (kind === KIND.ANSWER && window.flags[at] === FLAG.DROPPED) {
      transactions.pass(source, time, decided);
      transactions.passAnswer(source);
    } else if (kind === KIND.TICK) {
      transactions.pass(source, time, decided);
    } else if (kind !== UNHEARD) {
      const made = window.events[at];
      if (made !== undefined) this.events -= made.length;
      for (const event of made ?? options.decoder.events(rows, row)) options.take(event);
    }
  }

  private isPlain(number: number, at: number, rows: PacketRows, row: number): boolean {
    const { window, question, answer, touches } = this;
    const answered = window.answers[at]!;
    if (window.flags[at] !== 0 || answered < 0) return false;
    question.turn(rows.segment, row);
    if (touches.since(number, question.id, question.port)) return false;
    if (this.options.transactions.concerns(question)) return false;
    const from = answered & window.mask;
    answer.turn(window.segments[from]!.segment, window.rows[from]!);
    return this.combinations.has(rows.source, question, answer.rcode);
  }
}

/** What a segment holds in memory: bytes. */
function weightOf({ segment }: PacketRows): number {
  return segment.frames.length + segment.words.byteLength + segment.times.byteLength;
}
