import type { Event } from "../../../model/event.js";
import type { Emit } from "../assembled.js";
import type { AskedQuestion } from "./asked.js";
import { emitLookup } from "./emit.js";
import { LastOctets } from "./last-octets.js";
import { isAnswered, isUndelivered, type Leg, type Lookup } from "./leg.js";
import { type OutcomeContext, outcomeOf } from "./outcome.js";
import {
  COVERAGE_GRACE,
  DEFAULT_WAIT,
  LATE_SPAN,
  LEAST_WAIT,
  LOOKUP_SPAN,
  looksLikeWait,
  PARALLEL,
  RETENTION,
} from "./timing.js";
import type { ToldLegs } from "./told-legs.js";
import { FEW_TRACED, type TracedQuestion, waitingKey } from "./traced-question.js";

/** Look-ups under way at once; beyond it the oldest is closed with what is known. */
const MAX_OPEN = 20_000;
/** Look-ups of one client, name and type at once that a later ask is matched with. */
const MAX_ALIKE = 16;

/**
 * The look-ups that take more than one glance: with several legs, a traced client, or no answer yet. The common
 * case, one packet leg that is answered at once, never comes here.
 */
export class Lookups {
  /** How many were closed early because there were too many. */
  dropped = 0;
  private readonly placed = new Set<Lookup>();
  /** Of traces without times: only their own events and order move these on. */
  private readonly unplaced = new Set<Lookup>();
  /** The open look-ups of one client, name and type, for clients that change the id when they ask again. */
  private readonly waiting = new Map<string, Lookup[]>();
  /** How many of them each client has: most have none, and then no key need be made. */
  private readonly waitingOf = new Map<string, number>();

  private readonly clients = new LastOctets();

  constructor(
    private readonly context: OutcomeContext,
    private readonly told: ToldLegs,
    private readonly release: (leg: Leg, emit: Emit) => void,
  ) {}

  get size(): number {
    return this.placed.size + this.unplaced.size;
  }

  /** The look-up of a leg; made when it has none. */
  of(leg: Leg, emit: Emit): Lookup {
    if (leg.lookup !== undefined) return leg.lookup;
    const lookup: Lookup = { legs: [leg], waitingAs: undefined, waitingOf: "", closed: false };
    leg.lookup = lookup;
    this.told.add(leg);
    const open = Number.isNaN(leg.asked) ? this.unplaced : this.placed;
    open.add(lookup);
    if (open.size > MAX_OPEN) {
      this.dropped++;
      for (const oldest of open) {
        this.close(oldest, emit);
        break;
      }
    }
    this.wait(lookup);
    return lookup;
  }

  /** Adds a leg that the same client asks after the others. */
  add(lookup: Lookup, leg: Leg, ask: Event): void {
    for (const other of lookup.legs) {
      if (isInOneGo(other, leg, ask)) {
        other.parallel = true;
        leg.parallel = true;
      }
      if (!leg.exact || !other.exact) continue;
      const gap = leg.asked - other.asked;
      if (Math.abs(gap) < PARALLEL && other.server !== leg.server) {
        other.parallel = true;
        leg.parallel = true;
      } else if (
        (!isAnswered(other) || isUndelivered(other)) &&
        gap >= LEAST_WAIT &&
        Number.isNaN(other.gaveUp)
      ) {
        other.gaveUp = ask.time;
        if (other.proof.length < 2) other.proof = [...other.proof, ask];
      }
    }
    lookup.legs.push(leg);
    leg.lookup = lookup;
    this.told.add(leg);
    this.wait(lookup);
  }

  /** The open look-up that a leg with a new id continues: same client and question, a server not yet asked. */
  continuedBy(leg: Leg): Lookup | undefined {
    if (!this.waitingOf.has(clientOf(leg))) return undefined;
    // Of several programs that ask the same thing, the one that has waited longest is the first to ask again.
    return this.waiting.get(keyOf(leg))?.find((lookup) => continues(lookup, leg));
  }

  /** Whether a look-up is open that a question with a new id may continue: same client, name and type. */
  awaits(question: AskedQuestion): boolean {
    if (!this.clients.mayHave(question.clientOctet) || !this.waitingOf.has(question.client)) return false;
    return this.waiting.has(`${question.client}|${question.name}|${question.type}`);
  }

  /** Whether a question could go on with an open look-up, or there are so many that it could push one out. */
  concerns({ kind: { process, server, waitsAs }, asked }: TracedQuestion): boolean {
    if (this.size > MAX_OPEN / 4) return true;
    const open = this.waiting.get(waitsAs);
    if (open === undefined) return false;
    return open.length > FEW_TRACED || open.some((lookup) => continues(lookup, { process, server, asked }));
  }

  /** A leg of the look-up has an answer that settles it: no ask with another id goes on with it. */
  answered(lookup: Lookup): void {
    if (lookup.legs.every(isAnswered)) this.unwait(lookup);
  }

  /** Closes what `now` (µs UTC) has decided. */
  sweep(now: number, emit: Emit): void {
    for (const lookup of this.placed) if (this.isSettled(lookup, now)) this.close(lookup, emit);
  }

  /** Closes everything. */
  end(emit: Emit): void {
    for (const lookup of this.placed) this.close(lookup, emit);
    for (const lookup of this.unplaced) this.close(lookup, emit);
  }

  /** Emits a look-up with its legs and forgets it. */
  close(lookup: Lookup, emit: Emit): void {
    if (lookup.closed) return;
    lookup.closed = true;
    this.placed.delete(lookup);
    this.unplaced.delete(lookup);
    this.unwait(lookup);
    emitLookup(lookup, this.context, emit);
    for (const leg of lookup.legs) {
      this.told.remove(leg);
      this.release(leg, emit);
    }
  }

  private wait(lookup: Lookup): void {
    const key = keyOf(lookup.legs[0]!);
    if (lookup.waitingAs === key) return;
    this.unwait(lookup);
    const others = this.waiting.get(key);
    if (others === undefined) this.waiting.set(key, [lookup]);
    else if (others.length < MAX_ALIKE) others.push(lookup);
    else return;
    lookup.waitingAs = key;
    const client = clientOf(lookup.legs[0]!);
    lookup.waitingOf = client;
    this.clients.add(client);
    this.waitingOf.set(client, (this.waitingOf.get(client) ?? 0) + 1);
  }

  private unwait(lookup: Lookup): void {
    const key = lookup.waitingAs;
    if (key === undefined) return;
    lookup.waitingAs = undefined;
    const left = this.waiting.get(key)?.filter((other) => other !== lookup) ?? [];
    if (left.length > 0) this.waiting.set(key, left);
    else this.waiting.delete(key);
    this.clients.delete(lookup.waitingOf);
    const more = this.waitingOf.get(lookup.waitingOf)! - 1;
    if (more > 0) this.waitingOf.set(lookup.waitingOf, more);
    else this.waitingOf.delete(lookup.waitingOf);
  }

  private isSettled(lookup: Lookup, now: number): boolean {
    for (const leg of lookup.legs) {
      const until =
        isAnswered(leg) && !isUndelivered(leg)
          ? Math.min(leg.answer!.latest, leg.answered + LOOKUP_SPAN) + RETENTION
          : leg.asked + Math.max(this.context.waitOf(leg), DEFAULT_WAIT) + LATE_SPAN;
      if (now < until) return false;
      if (leg.packetSource < 0 || isAnswered(leg)) continue;
      // A capture without any reply so far may show one later, or prove to be of one direction: that takes its end.
      if (!this.context.showsReplies(leg.packetSource) && !leg.waited && Number.isNaN(leg.gaveUp))
        return false;
      if (now >= until + COVERAGE_GRACE) continue;
      // Unknown so far only because the capture has not been seen to reach the end of the wait: it may yet.
      if (!this.context.coverage.isNoted(leg.packetSource) && outcomeOf(leg, this.context) === "unknown")
        return false;
    }
    return true;
  }
}

/**
 * Whether a process asked two servers from one socket with nothing in between, as two neighbouring lines of its trace show: where
 * there are no stamps, this tells a client that asks all its servers at once (musl) from one that goes on to the next.
 */
function isInOneGo(before: Leg, leg: Leg, ask: Event): boolean {
  if (leg.process === undefined || before.process !== leg.process || before.server === leg.server)
    return false;
  const last = before.asks[before.asks.length - 1]!;
  if (last.source !== ask.source || ask.line - last.line !== 1) return false;
  return last.fields["strace.fd"] === ask.fields["strace.fd"] && !(ask.time - last.latest >= PARALLEL);
}

function continues(lookup: Lookup, leg: Pick<Leg, "server" | "process" | "asked">): boolean {
  if (lookup.legs.some((other) => other.server === leg.server)) return false;
  const last = lookup.legs[lookup.legs.length - 1]!;
  if (isAnswered(last)) return false;
  return (
    (last.process !== undefined && last.process === leg.process) || looksLikeWait(leg.asked - last.asked)
  );
}

function clientOf(leg: Leg): string {
  return leg.process ?? leg.clients[0] ?? "";
}

function keyOf(leg: Leg): string {
  return waitingKey(clientOf(leg), leg.name ?? "", leg.type ?? "");
}
