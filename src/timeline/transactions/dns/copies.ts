import type { Event } from "../../../model/event.js";
import { partyOf } from "../party.js";
import { isExact, type Leg } from "./leg.js";
import { sameVantage } from "./sightings.js";
import { SAME_MOMENT } from "./timing.js";

/** Copies kept of one ask: a flooded one is seen on every port of its bridge. */
const MAX_COPIES = 24;

/**
 * Two asks with one id from one socket, two answers: the first answer was that to the first ask, which had come too late
 * for it and in time for the second.
 */
export function isSecondAnswer(first: Event, second: Event): boolean {
  return sameVantage(first, second) && second.time - first.time > SAME_MOMENT;
}

/** Whether `a` was asked before `b`, from the same port and of the same server. */
export function sameSocket(a: Leg, b: Leg): boolean {
  return a.server === b.server && a.port === b.port && a.asked < b.asked;
}

/** One more sighting of an ask. The first packet of a leg that only strace showed so far tells its addresses. */
export function addSighting(leg: Leg, event: Event, process: string | undefined, resend: boolean): void {
  const fields = event.fields;
  if (resend) leg.sends++;
  if (!leg.exact && isExact(event)) {
    leg.exact = true;
    leg.asked = event.time;
  }
  if (event.time > leg.copied || Number.isNaN(leg.copied)) leg.copied = event.time;
  if (leg.asks.length < MAX_COPIES) leg.asks.push(event);
  if (process !== undefined) {
    leg.process = process;
  } else {
    const client = partyOf(event, "source");
    if (typeof client === "string" && leg.clients.length < 4 && !leg.clients.includes(client))
      leg.clients.push(client);
    if (leg.packetSource < 0) leg.packetSource = event.source;
  }
  if (leg.nameCut && fields["dns.question.name_cut"] !== true) {
    leg.name = fields["dns.question.name"] as string | undefined;
    leg.nameCut = false;
  }
  if (leg.type === undefined) leg.type = fields["dns.question.type"] as string | undefined;
}
