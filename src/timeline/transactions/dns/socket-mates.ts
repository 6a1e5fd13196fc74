import type { Event } from "../../../model/event.js";
import { partyOf } from "../party.js";
import { isAnswered, isUndelivered, type Leg } from "./leg.js";

/** glibc writes the questions for both address families one after the other: µs. */
const SAME_WRITE = 5_000;

/** Pairs the questions for A and AAAA that one socket asked in one moment: what becomes of one tells about the other. */
export function pairTwins(leg: Leg, before: Leg): void {
  if (before.twin !== undefined || before.server !== leg.server || before.name !== leg.name) return;
  if (before.type === leg.type || !(Math.abs(leg.asked - before.asked) <= SAME_WRITE)) return;
  leg.twin = before;
  before.twin = leg;
}

/**
 * An answer that fits no question: if its socket has one open with that server, the two differ in id or name; if it has one open with
 * that id, somebody else answers than was asked. The client throws the answer away (RFC 5452, section 9.1).
 *
 * @param newest the newest leg on the answer's port
 */
export function noteStray(newest: Leg | undefined, event: Event): void {
  const server = partyOf(event, "source");
  const client = partyOf(event, "destination");
  if (client === undefined) return;
  for (let leg = newest; leg !== undefined; leg = leg.prevOnPort) {
    if (leg.closed || isAnswered(leg) || leg.clients[0] !== client) continue;
    if (leg.server !== server && leg.id !== event.fields["dns.id"]) continue;
    if (!(event.time >= leg.asked)) continue;
    leg.strays++;
    leg.stray ??= event;
    return;
  }
}

/** How the twin fared, when it was answered, and its answer not lost behind NAT, while this one's client still waited. */
export function twinOutcome({ twin }: Leg): "answered" | undefined {
  if (twin === undefined || !isAnswered(twin) || isUndelivered(twin)) return undefined;
  return twin.answered - twin.asked < 1_000_000 ? "answered" : undefined;
}
