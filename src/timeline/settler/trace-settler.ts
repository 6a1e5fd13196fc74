import type { Event } from "../../model/event.js";
import { RETENTION } from "../transactions/dns/timing.js";
import type { TracedKind } from "../transactions/dns/traced-question.js";
import { Fifo } from "../transactions/fifo.js";
import type { Transactions } from "../transactions/index.js";
import { type Item, TracedQuestions, TracePairs } from "./trace-pairs.js";

/** An event leaves the window when the stream is this much further on, µs: by then a look-up that was answered at once is over (settler.ts). */
const SPAN = RETENTION + 300_000;
/** Events in the window, and combinations that are remembered; beyond, all are kept. */
const MAX_ITEMS = 20_000;
const MAX_COMBINATIONS = 500;

/** Whom dropped events are told to, and which may be dropped. */
export interface TraceSettlerOptions {
  readonly transactions: Transactions;
  /** Takes an event of the stream, as it would come without the settler. */
  readonly take: (event: Event) => void;
  /** Takes what transactions decide. */
  readonly decided: (event: Event) => void;
  /** Of some names, plain exchanges are asked about after all: what tells whether somebody may. */
  readonly minds?: ((name: string) => boolean) | undefined;
  /** Nobody asks about sockets that are given a name server's address. */
  readonly connects: boolean;
}

/**
 * Drops the plain DNS exchanges that system calls show from the merged stream, as the settler of packets (settler.ts) does with those that
 * captures show; streams with rows of packets go through that one alone.
 *
 * An exchange is plain when it is told by one `dns.query` and one `dns.answer` (`NOERROR`) of one process, less than 100 ms (and not less than 0.1 ms) apart, and
 * nothing else touches it. What would be made of it is known beforehand: a leg and a look-up, answered. Why they bear on no other:
 *
 * - **Sightings and answers** are found by id. No other event has it in the window; what is open from before is asked for (`concernsTraced`).
 * - **Look-ups that go on under another id** are found by process, name and type as long as they wait: none that this one goes on
 *   with is open, and nothing alike is asked before its answer.
 * - **Waits and errors** change the questions of their process that are open: all those are kept.
 * - **Words and ICMP errors**, which name no id, touch whatever is in the window.
 * - **What is followed at once** is bounded, and what was answered makes room first: so only questions that are open count, and there are
 *   few beside it (`FEW_TRACED`).
 * - **Time** moves on with what is dropped, too (`pass`); how often servers answer is told (`passExchange`).
 * - **What rules can tell apart**: the first exchange of each process with each server, and for each type, is kept.
 */
export class TraceSettler {
  private readonly window = new Fifo<Item>();
  private readonly pairs = new TracePairs();
  private readonly questions = new TracedQuestions();
  private readonly combinations = new Set<string>();
  /** The last of which an exchange was kept. */
  private known: TracedKind | undefined;
  private latest = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: TraceSettlerOptions) {}

  /** Takes the next event of the merged stream. */
  push(event: Event): void {
    const { window, pairs } = this;
    const { action, time } = event;
    if (time > this.latest) this.latest = time;
    this.release(this.latest - SPAN);
    const asks = action === "dns.query" ? this.questions.of(event) : undefined;
    // Nothing waits before it that it could touch.
    if (asks === undefined && window.length === 0) {
      this.give(event);
      return;
    }
    if (action === "dns.error" || action === "icmp.message") this.keepAll();
    const at = Number.isNaN(time) ? this.latest : time;
    const item = { event, time: at, asks, isKept: false, answer: undefined, isDropped: false };
    window.push(item);
    pairs.take(item, this.latest);
    if (window.length <= MAX_ITEMS) return;
    this.keepAll();
    this.release(Number.POSITIVE_INFINITY);
  }

  /** The stream is over. */
  end(): void {
    this.release(Number.POSITIVE_INFINITY);
  }

  private keepAll(): void {
    for (const item of this.window.newest(Number.POSITIVE_INFINITY)) item.isKept = true;
  }

  /** Lets go what is so old, µs UTC. */
  private release(until: number): void {
    const { window, pairs } = this;
    for (let item = window.first; item && item.time <= until; item = window.first) {
      window.drop();
      if (item.asks) pairs.leave(item);
      if (item.isDropped || this.drops(item)) this.pass(item.event);
      else this.give(item.event);
    }
  }

  /** Hands on an event, if somebody misses it. */
  private give(event: Event): void {
    if (this.options.connects && isPlainConnect(event)) this.pass(event);
    else this.options.take(event);
  }

  private pass({ source, time }: Event): void {
    const { transactions, decided } = this.options;
    transactions.pass(source, time, decided);
  }

  /** Is it the question of an exchange that nobody misses? What is left to tell of it is told. */
  private drops({ asks, answer, isKept }: Item): boolean {
    const { transactions, minds } = this.options;
    if (asks === undefined || answer === undefined || isKept) return false;
    const { kind } = asks;
    if (transactions.concernsTraced(asks) || minds?.(kind.name) || !this.isKnown(kind)) return false;
    answer.isDropped = true;
    transactions.passExchange(kind.server);
    return true;
  }

  /** Was an exchange kept that rules cannot tell from this one? If not, this one is. */
  private isKnown(kind: TracedKind): boolean {
    const { combinations } = this;
    if (kind === this.known) return true;
    const combination = `${kind.process}|${kind.server}|${kind.type}`;
    if (combinations.has(combination)) {
      this.known = kind;
      return true;
    }
    if (combinations.size < MAX_COMBINATIONS) combinations.add(combination);
    return false;
  }
}

/** As `TRACED_CONNECT` (trace-portrait.ts) has it. */
const isPlainConnect = ({ action, fields }: Event): boolean =>
  action === "socket.connect" &&
  fields["strace.call"] !== undefined &&
  fields["error.code"] === undefined &&
  fields["network.transport"] === "udp" &&
  fields["destination.port"] === 53;
