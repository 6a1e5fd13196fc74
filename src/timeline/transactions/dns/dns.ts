import type { Event } from "../../../model/event.js";
import type { Coverage } from "../../topology/coverage.js";
import type { Emit } from "../assembled.js";
import { Fifo } from "../fifo.js";
import { partyOf } from "../party.js";
import { legOfAnswer } from "./answers.js";
import { type AskedQuestion, isNear } from "./asked.js";
import { addSighting, isSecondAnswer, sameSocket } from "./copies.js";
import { emitSingle, hasFailed, isDefinitive, rcodeOf } from "./emit.js";
import { onIcmpError } from "./errors.js";
import type { Known } from "./known.js";
import { isAnswered, isExact, isUndelivered, type Leg, newLeg, type OnSettled, sameQuestion } from "./leg.js";
import { Lookups } from "./lookups.js";
import { neverArrived, type OutcomeContext } from "./outcome.js";
import { processOf, sameLookup, sightingOf } from "./sightings.js";
import { noteStray, Portless, pairTwins, showsSocket } from "./socket-mates.js";
import { LegTable } from "./table.js";
import { COPY_SPAN, RETENTION } from "./timing.js";
import { ToldLegs } from "./told-legs.js";
import type { TracedQuestion } from "./traced-question.js";
import { Traces } from "./traces.js";
import { ClientWaits } from "./waits.js";
import { wordsLeg } from "./words.js";

/** How often, in stream time, what is over is looked for: µs. */
const SWEEP_EVERY = 100_000;
/** Legs younger than the copy span, or answered and kept for copies; beyond it the oldest are settled early. */
const MAX_YOUNG = 200_000;
/** A burst holds so many legs at most. */
const BURST = 64;

/**
 * Assembles DNS questions and answers (packets, strace, words) into `dns.leg` and `dns.lookup`.
 *
 * The common case is kept short: an ask is put into a chain by its id, its copies and its answer find it there,
 * and two seconds later it is emitted and dropped. Everything else goes to {@link Lookups}.
 */
export class DnsTransactions {
  private readonly table = new LegTable();
  private readonly lookups: Lookups;
  private readonly told: ToldLegs;
  private readonly context: OutcomeContext;
  private readonly waits: ClientWaits;
  private readonly traces = new Traces();
  private readonly portless = new Portless();
  private readonly replies: boolean[] = [];
  private readonly deliveries: boolean[] = [];
  /** Placed legs in the order asked, then those of them that were answered at once. */
  private readonly young = new Fifo<Leg>();
  private readonly done = new Fifo<Leg>();
  private nextSweep = -Infinity;

  /**
   * @param settled is told every leg when it is over
   * @param known what this stream and others tell of the hosts
   */
  constructor(
    coverage: Coverage,
    private readonly settled: OnSettled = () => {},
    private readonly known: Known,
  ) {
    this.waits = new ClientWaits(known.optionsOf);
    this.context = {
      coverage,
      waitOf: (leg) => this.waits.of(leg),
      showsReplies: (source) => this.replies[source] === true,
      showsDelivery: (source) => this.deliveries[source] === true,
    };
    this.told = new ToldLegs((a, b) => known.optionsOf(a) === known.optionsOf(b));
    this.lookups = new Lookups(this.context, this.told, (leg, emit) => this.release(leg, emit));
  }

  /** Look-ups and legs that were settled early because too many were open at once. */
  get dropped(): number {
    return this.table.dropped + this.lookups.dropped;
  }

  /** The source shows packets that answer others: absence of an answer means something in it. */
  noteReplies(source: number): void {
    this.replies[source] = true;
  }

  /** Whether a question, asked now, could have to do with a leg or look-up that is still open. */
  concerns(question: AskedQuestion): boolean {
    return isNear(question, this.table) || this.lookups.awaits(question);
  }

  /** The same for a question that a trace shows; and what its process, or its name, has open must be little beside it. */
  concernsTraced(question: TracedQuestion): boolean {
    const { kind, id } = question;
    return (
      !this.traces.hasFewOf(kind.process) ||
      !this.told.hasFewOf(kind) ||
      this.lookups.concerns(question) ||
      isNear({ id, port: 0, name: kind.name, type: kind.type }, this.table)
    );
  }

  /** A `dns.query`: a new leg, or another sighting of one. */
  query(event: Event, emit: Emit): void {
    const fields = event.fields;
    const port = fields["destination.port"];
    if (port === 5353 || port === 5355) return; // multicast DNS, LLMNR: nobody has to answer
    const process = processOf(event);
    const leg = newLeg(event, partyOf(event, "destination"), process);
    let sibling: Leg | undefined;
    for (let known = this.table.first(leg.id); known !== undefined; known = known.next) {
      if (!sameQuestion(known, leg.name, leg.nameCut, leg.type)) continue;
      if (known.server === leg.server) {
        const sighting = sightingOf(known, event, process);
        if (sighting !== "other") {
          addSighting(known, event, process, sighting === "resend");
          if (known.port === 0 && leg.port > 0) this.table.showPort(known, leg.port);
          if (process !== undefined) this.traced(known, process, emit);
          return;
        }
      }
      if (sibling === undefined && sameLookup(known, event, leg.server, process)) sibling = known;
    }
    const pushedOut = this.table.add(leg);
    if (pushedOut !== undefined) this.settle(pushedOut, emit);
    const mate =
      leg.prevOnPort ?? (process === undefined ? this.portless.newest : this.traces.newestOf(process));
    if (mate !== undefined) pairTwins(leg, mate);
    if (!showsSocket(leg)) this.portless.add(leg);
    const lookup = sibling !== undefined ? this.lookups.of(sibling, emit) : this.lookups.continuedBy(leg);
    if (lookup !== undefined && !lookup.closed) {
      this.lookups.add(lookup, leg, event);
      this.waits.learn(lookup);
    }
    if (process !== undefined) this.traced(leg, process, emit);
    if (!Number.isNaN(leg.asked)) this.young.push(leg);
  }

  /** A `dns.answer`. */
  answer(event: Event): void {
    const process = processOf(event);
    if (process === undefined) this.replies[event.source] = true;
    const best = legOfAnswer(event, process, this.table);
    if (best === undefined) {
      const port = event.fields["destination.port"];
      if (process === undefined)
        noteStray(typeof port === "number" ? this.table.fromPort(port) : this.portless, event);
      return;
    }
    if (process !== undefined) best.delivered = true;
    else if (partyOf(event, "destination") === best.clients[0]) {
      best.delivered = true;
      if (best.clients.length > 1) this.deliveries[event.source] = true;
    }
    if (best.answer === undefined || (!isExact(best.answer) && isExact(event))) {
      best.answer = event;
      best.answered = event.time;
      if (best.lookup !== undefined && isDefinitive(rcodeOf(best))) this.lookups.answered(best.lookup);
      if (hasFailed(best)) this.told.add(best);
    } else if (isSecondAnswer(best.answer, event)) {
      const earlier = best.lookup?.legs.find(
        (leg) => leg !== best && leg.answer === undefined && sameSocket(leg, best),
      );
      if (earlier === undefined) return;
      earlier.answer = best.answer;
      earlier.answered = best.answered;
    }
  }

  /** A `dns.wait_timeout`: the traced client waited in vain, whatever the packets say. */
  waitTimeout(event: Event, emit: Emit): void {
    for (const leg of this.traces.waitedInVain(event)) {
      const pushedOut = this.table.add(leg);
      if (pushedOut !== undefined) this.settle(pushedOut, emit);
      const lookup = this.lookups.continuedBy(leg);
      if (lookup !== undefined) this.lookups.add(lookup, leg, event);
      this.traced(leg, leg.process!, emit);
    }
  }

  /** An `icmp.message` that quotes a DNS packet. */
  icmp(event: Event): void {
    this.replies[event.source] = true;
    for (const leg of onIcmpError(event, this.table, () => this.young.newest(BURST))) this.told.add(leg);
  }

  /** A `socket.error` or failed `socket.connect` of a traced process. */
  socketError(event: Event): void {
    this.traces.failed(event);
  }

  /** A `dns.error`: words of a client or resolver. */
  words(event: Event, emit: Emit): void {
    const leg = wordsLeg(event);
    if (leg !== undefined && !this.known.echoes.isEcho(event) && !this.told.keep(leg, event)) emit(leg);
  }

  /** Before this time (µs UTC) there is nothing to settle, unless a further question comes. */
  get due(): number {
    return this.isCrowded ? Number.NEGATIVE_INFINITY : this.nextSweep;
  }

  /** Lets the time of the stream (µs UTC) move on. */
  advance(now: number, emit: Emit): void {
    if (now < this.due) return;
    this.nextSweep = now + SWEEP_EVERY;
    const crowded = this.isCrowded || this.done.length >= MAX_YOUNG;
    this.age(crowded ? Infinity : now, emit);
    this.lookups.sweep(now, emit);
  }

  /** The stream is over: settles everything. */
  end(emit: Emit): void {
    this.age(Infinity, emit);
    this.lookups.end(emit);
  }

  private get isCrowded(): boolean {
    return this.young.length >= MAX_YOUNG;
  }

  private age(now: number, emit: Emit): void {
    const { young, done } = this;
    for (let leg = young.first; leg && leg.asked + COPY_SPAN <= now; leg = young.first) {
      young.drop();
      if (leg.closed) continue;
      if (isAnswered(leg) && leg.lookup === undefined && !isUndelivered(leg)) done.push(leg);
      else this.lookups.of(leg, emit);
    }
    for (let leg = done.first; leg && leg.asked + RETENTION <= now; leg = done.first) {
      done.drop();
      if (!leg.closed && leg.lookup === undefined) this.settle(leg, emit);
    }
  }

  /** A leg that a trace shows: its waits and errors are to find it, and it is never the short way. */
  private traced(leg: Leg, process: string, emit: Emit): void {
    this.traces.add(process, leg);
    this.lookups.of(leg, emit);
  }

  private settle(leg: Leg, emit: Emit): void {
    if (leg.lookup !== undefined) {
      this.lookups.close(leg.lookup, emit);
    } else if (!leg.closed) {
      emitSingle(leg, this.context, emit);
      if (hasFailed(leg)) this.told.remove(leg);
      this.release(leg, emit);
    }
  }

  private release(leg: Leg, emit: Emit): void {
    leg.closed = true;
    this.table.remove(leg);
    this.settled(leg, emit, neverArrived(leg, this.context));
  }
}
