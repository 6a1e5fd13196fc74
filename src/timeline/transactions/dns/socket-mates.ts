import type { Event } from "../../../model/event.js";
import { partyOf } from "../party.js";
import { isAnswered, isUndelivered, type Leg } from "./leg.js";

/** glibc writes the questions for both address families one after the other: µs. */
const SAME_WRITE = 5_000;
/** Questions without a port that a stray answer may be meant for: a client asks few at once. */
const MAX_PORTLESS = 16;

/** Whether it is known which socket asked: the lists of packets that tshark prints have no ports. */
export const showsSocket = ({ port, process }: Leg): boolean => port > 0 || process !== undefined;

/** The last questions that show no port, the newest first. */
export class Portless {
  private readonly legs: Leg[] = [];

  /** The one asked last. */
  get newest(): Leg | undefined {
    return this.legs[0];
  }

  add(leg: Leg): void {
    this.legs.unshift(leg);
    if (this.legs.length > MAX_PORTLESS) this.legs.pop();
  }

  [Symbol.iterator](): Iterator<Leg> {
    return this.legs[Symbol.iterator]();
  }
}

/**
 * Pairs the questions for A and AAAA that one socket, or where none is shown one client, asked in one moment: what becomes of one tells
 * about the other.
 */
export function pairTwins(leg: Leg, before: Leg): void {
  if (before.twin !== undefined || before.server !== leg.server || before.name !== leg.name) return;
  if (before.type === leg.type && leg.type !== undefined) return;
  if (!isOneCall(leg, before) && (before.type === leg.type || !isOneMoment(leg, before))) return;
  leg.twin = before;
  before.twin = leg;
}

/** One `sendmmsg` of a trace, which may have no stamps, and may cut both questions before their type. */
function isOneCall(leg: Leg, before: Leg): boolean {
  const [here, there] = [leg.asks[0]!, before.asks[0]!];
  return leg.process !== undefined && here.source === there.source && here.line === there.line;
}

function isOneMoment(leg: Leg, before: Leg): boolean {
  if (showsSocket(leg) !== showsSocket(before)) return false;
  if (!showsSocket(leg) && leg.clients[0] !== before.clients[0]) return false;
  if (leg.process !== undefined && leg.asks[0]!.fields["strace.fd"] !== before.asks[0]!.fields["strace.fd"])
    return false;
  return Math.abs(leg.asked - before.asked) <= SAME_WRITE;
}

/**
 * An answer that fits no question: if its socket has one open with that server, the two differ in id or name; if it has one open with
 * that id, somebody else answers than was asked. The client throws the answer away (RFC 5452, section 9.1).
 *
 * @param newest the newest leg on the answer's port
 */
export function noteStray(newestFirst: Iterable<Leg>, event: Event): void {
  const server = partyOf(event, "source");
  const client = partyOf(event, "destination");
  if (client === undefined) return;
  let meant: Leg | undefined;
  for (const leg of newestFirst) {
    if (!showsSocket(leg) && leg.name !== event.fields["dns.question.name"]) continue;
    if (leg.closed || isAnswered(leg) || leg.clients[0] !== client) continue;
    if (leg.server !== server && leg.id !== event.fields["dns.id"]) continue;
    if (!(event.time >= leg.asked)) continue;
    meant ??= leg;
    // Of twins, the one whose type the answer has.
    if (leg.type !== event.fields["dns.question.type"] || leg.name !== meant.name) continue;
    meant = leg;
    break;
  }
  if (meant === undefined) return;
  meant.strays++;
  meant.stray ??= event;
}

/** How the twin fared, when it was answered, and its answer not lost behind NAT, while this one's client still waited. */
export function twinOutcome({ twin, proof }: Leg): "answered" | undefined {
  if (twin?.answer === undefined || isUndelivered(twin)) return undefined;
  const span = twin.answered - twin.asked;
  const isSoon = Number.isNaN(span) ? isBefore(twin.answer, proof[0]) : span < 1_000_000;
  return isSoon ? "answered" : undefined;
}

/** In a trace without stamps, the order of its lines tells what came before the end of a wait. */
function isBefore(answer: Event, end: Event | undefined): boolean {
  return end !== undefined && answer.source === end.source && answer.line < end.line;
}
