import type { Event } from "../../../model/event.js";
import { assembled, type Emit, MAX_CITES } from "../assembled.js";
import { isExact, type Leg, type LegOutcome, type Lookup } from "./leg.js";
import { endOf, gapOf, type OutcomeContext, outcomeOf } from "./outcome.js";
import { isFromOutside } from "./outsiders.js";
import { showsSocket, twinOutcome } from "./socket-mates.js";
import { agrees } from "./told-legs.js";

/** Answers that settle a question; after others (SERVFAIL, REFUSED) a client asks the next server. */
export function isDefinitive(rcode: string | undefined): boolean {
  return rcode === undefined || rcode === "NOERROR" || rcode === "NXDOMAIN";
}

/** The response code of a leg's answer. */
export function rcodeOf(leg: Leg): string | undefined {
  return leg.answer?.fields["dns.response_code"] as string | undefined;
}

/** Did a leg end at once in what a program would complain about? */
export function hasFailed(leg: Leg): boolean {
  return leg.error !== undefined || (rcodeOf(leg) ?? "NOERROR") !== "NOERROR";
}

/** Emits a leg that is its own look-up: one question, one server. */
export function emitSingle(leg: Leg, context: OutcomeContext, emit: Emit): void {
  const outcome = outcomeOf(leg, context);
  const end = endOf(leg, outcome, context);
  const cites = emitLeg(leg, outcome, end, context, emit);
  emit(lookupEvent([leg], [outcome], leg.asked, end, context, cites));
}

/**
 * Emits a leg with the words that say the same of it, and behind it those that say something else.
 * @returns what the leg cites
 */
function emitLeg(
  leg: Leg,
  outcome: LegOutcome,
  end: number,
  context: OutcomeContext,
  emit: Emit,
): readonly Event[] {
  if (leg.words.length === 0) {
    const cites = citesOf(leg);
    emit(legEvent(leg, outcome, end, context, cites));
    return cites;
  }
  const same = leg.words.filter((words) => agrees(words, outcome, rcodeOf(leg)));
  const cites = [...citesOf(leg), ...same.flatMap(said)];
  emit(legEvent(leg, outcome, end, context, cites));
  for (const words of leg.words) if (!same.includes(words)) emit(words);
  return cites;
}

/** Emits the legs of a look-up in the order asked, then the look-up. */
export function emitLookup(lookup: Lookup, context: OutcomeContext, emit: Emit): void {
  const legs = lookup.legs;
  const outcomes = legs.map((leg) => outcomeOf(leg, context));
  let end = NaN;
  legs.forEach((leg, index) => {
    const at = endOf(leg, outcomes[index]!, context);
    if (!(at <= end)) end = at;
    emitLeg(leg, outcomes[index]!, at, context, emit);
  });
  const cites = legs.length === 1 ? citesOf(legs[0]!) : citesOfAll(legs);
  emit(lookupEvent(legs, outcomes, legs[0]!.asked, end, context, cites));
}

function legEvent(
  leg: Leg,
  outcome: LegOutcome,
  end: number,
  context: OutcomeContext,
  cites: readonly Event[],
): Event {
  const event = assembled(
    "dns.leg",
    "network",
    {
      "dns.id": leg.id < 0 ? undefined : leg.id,
      "dns.question.name": leg.name,
      "dns.question.name_cut": leg.nameCut ? true : undefined,
      "dns.question.type": leg.type,
      "network.direction": outcome === "timeout" && isFromOutside(leg) ? "inbound" : undefined,
      "dns.server.ip": leg.server,
      "source.ip": leg.clients[0],
      "source.port": leg.port === 0 ? undefined : leg.port,
      "process.pid": leg.process === undefined ? undefined : leg.asks.find(isTraced)?.fields["process.pid"],
      "dns.outcome": outcome,
      "dns.response_code": outcome === "timeout" ? undefined : rcodeOf(leg),
      "dns.wait.timeout_ms":
        outcome === "timeout" || outcome === "late" ? waitMsOf(leg, outcome, context) : undefined,
      "dns.sends": leg.sends,
      "dns.parallel": leg.parallel ? true : undefined,
      "dns.twin_outcome": outcome === "timeout" && showsSocket(leg) ? twinOutcome(leg) : undefined,
      "dns.stray_answers": outcome === "timeout" && leg.strays > 0 ? leg.strays : undefined,
      "dns.seen_by": leg.process === undefined ? "packet" : "strace",
      "error.code": leg.errorCode,
      "evidence.gap": gapOf(leg, outcome, context),
      // Filled in by `assembled`; named here so that the object is made in one piece.
      "event.start": undefined,
      "event.end": undefined,
      "event.duration": undefined,
    },
    leg.asked,
    end,
    cites,
  );
  if (!leg.exact || (leg.answer !== undefined && !isExact(leg.answer)))
    event.fields["event.duration"] = undefined;
  return event;
}

/** The records that an assembled event rests on. */
const said = ({ cites }: Event): readonly Event[] => cites ?? [];

function isTraced(event: Event): boolean {
  return event.fields["strace.call"] !== undefined;
}

function waitMsOf(leg: Leg, outcome: LegOutcome, context: OutcomeContext): number | undefined {
  if (leg.waitMs !== undefined) return leg.waitMs;
  if (!Number.isNaN(leg.gaveUp)) return Math.round((leg.gaveUp - leg.asked) / 1000);
  return outcome === "timeout" && leg.packetSource >= 0 ? Math.round(context.waitOf(leg) / 1000) : undefined;
}

function citesOf(leg: Leg): Event[] {
  if (leg.stray !== undefined && leg.answer === undefined) return [leg.asks[0]!, leg.stray, ...leg.proof];
  if (leg.asks.length === 1 && leg.proof.length === 0)
    return leg.answer === undefined ? [leg.asks[0]!] : [leg.asks[0]!, leg.answer];
  const cites = leg.asks.slice(0, 3);
  for (const event of leg.proof) if (cites.length < MAX_CITES - 1) cites.push(event);
  if (leg.answer !== undefined) cites.push(leg.answer);
  return cites;
}

function lookupEvent(
  legs: readonly Leg[],
  outcomes: readonly LegOutcome[],
  start: number,
  end: number,
  context: OutcomeContext,
  cites: readonly Event[],
): Event {
  const first = legs[0]!;
  const servers: string[] = [];
  const timedOut: string[] = [];
  let timeouts = 0;
  let best: Leg | undefined;
  let known = true;
  for (let index = 0; index < legs.length; index++) {
    const leg = legs[index]!;
    const server = leg.server;
    const outcome = outcomes[index]!;
    if (server !== undefined && !servers.includes(server)) servers.push(server);
    if (outcome === "timeout" || outcome === "late") {
      timeouts++;
      if (server !== undefined && !timedOut.includes(server)) timedOut.push(server);
    } else if (outcome === "answered") {
      if (best === undefined || (!isDefinitive(rcodeOf(best)) && isDefinitive(rcodeOf(leg)))) best = leg;
    } else if (outcome === "unknown") known = false;
  }
  const outcome = best !== undefined ? "answered" : known ? "failed" : "unknown";
  const fromOutside = outcome === "failed" && legs.every(isFromOutside);
  const event = assembled(
    "dns.lookup",
    "network",
    {
      "dns.question.name": first.name,
      "dns.question.name_cut": first.nameCut ? true : undefined,
      "dns.question.type": first.type,
      "network.direction": fromOutside ? "inbound" : undefined,
      "source.ip": first.clients[0],
      "process.pid":
        first.process === undefined ? undefined : first.asks.find(isTraced)?.fields["process.pid"],
      "dns.lookup.servers": servers,
      // Of servers asked in one moment none is first: the one that answered counts.
      "dns.lookup.first_server": first.parallel ? (best?.server ?? servers[0]) : servers[0],
      "dns.lookup.parallel": first.parallel ? true : undefined,
      "dns.lookup.timeouts": timeouts,
      "dns.lookup.timed_out_servers": timedOut,
      "dns.lookup.answered_by": best?.server,
      "dns.twin_outcome": timeouts > 0 && showsSocket(first) ? twinOutcome(first) : undefined,
      "dns.translated": timeouts > 0 && first.clients.length > 1 ? true : undefined,
      "dns.outcome": outcome,
      "dns.response_code": best === undefined ? undefined : rcodeOf(best),
      "dns.seen_by": legs.some((leg) => leg.process !== undefined) ? "strace" : "packet",
      "evidence.gap": outcome === "unknown" ? gapOfAny(legs, outcomes, context) : undefined,
      // Filled in by `assembled`; named here so that the object is made in one piece.
      "event.start": undefined,
      "event.end": undefined,
      "event.duration": undefined,
    },
    start,
    best !== undefined ? endOf(best, "answered", context) : end,
    cites,
  );
  if (!first.exact || !(best ?? first).exact) event.fields["event.duration"] = undefined;
  return event;
}

function gapOfAny(
  legs: readonly Leg[],
  outcomes: readonly LegOutcome[],
  context: OutcomeContext,
): string | undefined {
  for (const [index, leg] of legs.entries()) {
    const gap = gapOf(leg, outcomes[index]!, context);
    if (gap !== undefined) return gap;
  }
  return undefined;
}

/** The first ask and what ended it, of each leg, as many as there is room for. */
function citesOfAll(legs: readonly Leg[]): Event[] {
  const cites: Event[] = [];
  for (const leg of legs) {
    const proof = leg.answer ?? leg.proof[0];
    for (const event of [leg.asks[0]!, proof]) {
      if (event !== undefined && cites.length < MAX_CITES && !cites.includes(event)) cites.push(event);
    }
  }
  return cites;
}
