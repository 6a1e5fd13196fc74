import type { Event } from "../../../model/event.js";
import { number } from "../assembled.js";
import { partyOf } from "../party.js";
import { isAnswered, isExact, type Leg } from "./leg.js";
import { isLoopback, sameVantage } from "./sightings.js";
import type { LegTable } from "./table.js";
import { LEAST_WAIT } from "./timing.js";

/** An ICMP error later than this after the ask is about another packet: µs. */
const ERROR_SPAN = 1_000_000;
/** A client's refusal of an answer comes at once after it: µs. */
const REFUSAL_SPAN = 100_000;

/**
 * Notes what an ICMP error says of a DNS packet that it quotes (RFC 792: addresses and ports, no id).
 * An ask quoted: the server refused it (port unreachable) or cannot be reached. An answer quoted: the client's socket
 * was gone. tcpdump prints only the quoted destination unless it is told `-v`: then the newest ask that fits is meant.
 *
 * @param recent the legs of the last second or so, newest first
 * @returns the asks that failed of it
 */
export function onIcmpError(event: Event, table: LegTable, recent: () => Iterable<Leg>): readonly Leg[] {
  const fields = event.fields;
  const type = fields["icmp.type"];
  if (type !== undefined && type !== 3 && type !== 1) return NONE; // destination unreachable in IPv4 and IPv6
  const sourcePort = fields["icmp.original.source.port"];
  const destinationPort = fields["icmp.original.destination.port"];
  if (typeof sourcePort === "number") {
    if (destinationPort === 53)
      return onAskQuoted(event, table.fromPort(sourcePort), fields["icmp.original.source.ip"]);
    if (sourcePort === 53 && typeof destinationPort === "number") {
      onAnswerQuoted(event, table.fromPort(destinationPort), fields["icmp.original.source.ip"]);
    }
  } else if (destinationPort === 53 || destinationPort === undefined) {
    return onAskQuoted(event, recent(), partyOf(event, "destination"), true);
  } else if (typeof destinationPort === "number") {
    onAnswerQuoted(event, table.fromPort(destinationPort), partyOf(event, "destination"));
  }
  return NONE;
}

const NONE: readonly Leg[] = [];

/** An error waits on the socket, and its name would only be told by a receive: glibc closes the socket instead. */
const UNNAMED_ERROR = "POLLERR";

function onAskQuoted(event: Event, legs: Iterable<Leg>, client: unknown, newest = false): readonly Leg[] {
  const server = event.fields["icmp.original.destination.ip"];
  const failed: Leg[] = [];
  for (const leg of legs) {
    if (leg.closed || leg.server !== server || server === undefined || isAnswered(leg)) continue;
    if (!(event.time - leg.asked < ERROR_SPAN)) continue;
    if (typeof client === "string" && leg.clients.length > 0 && !leg.clients.includes(client)) continue;
    if (leg.error === undefined || leg.errorCode === UNNAMED_ERROR) {
      leg.error = isPortUnreachable(event) ? "refused" : "unreachable";
      leg.errorCode = event.fields["icmp.name"] as string | undefined;
      leg.proof = [event, ...leg.proof];
      failed.push(leg);
      if (newest) break;
    } else if (newest && sameVantage(leg.proof[0]!, event) === false) break; // a copy on another interface
  }
  return failed;
}

function onAnswerQuoted(event: Event, legs: Iterable<Leg>, server: unknown): void {
  for (const leg of legs) {
    if (leg.closed || leg.server !== server || !(event.time - leg.answered < REFUSAL_SPAN)) continue;
    leg.unwanted = true;
    if (leg.proof.length < 2) leg.proof = [...leg.proof, event];
  }
}

function isPortUnreachable(event: Event): boolean {
  const { "icmp.type": type, "icmp.code": code, "icmp.name": name } = event.fields;
  if (typeof code === "number") return (type === 3 && code === 3) || (type === 1 && code === 4);
  return typeof name === "string" && name.includes("port unreachable");
}

/**
 * Notes what an error of a system call on a DNS socket means for the ask. That there is no way to the server may show only after
 * seconds, when nobody answered ARP: for so long the client waited in vain.
 */
export function onSocketError(event: Event, leg: Leg): void {
  const code = event.fields["error.code"];
  const error = meaningOf(code, leg.server);
  if (error === undefined || isAnswered(leg)) return;
  if (leg.error !== undefined && (leg.errorCode !== UNNAMED_ERROR || code === UNNAMED_ERROR)) return;
  leg.errorCode = code as string;
  leg.proof = [event, ...leg.proof];
  const waited = waitedUntil(event, leg);
  if (error === "unreachable" && waited >= LEAST_WAIT) {
    leg.waited = true;
    leg.waitMs = Math.round(waited / 1000);
    leg.gaveUp = leg.asked + waited;
  } else leg.error = error;
}

/** How long after the ask the error came, µs, as far as stamps or the call's own length tell; 0 when neither does. */
function waitedUntil(event: Event, leg: Leg): number {
  const length = (number(event, "event.duration") ?? 0) / 1000;
  const since = isExact(event) && leg.exact ? event.time - leg.asked : 0;
  return Math.max(length, since);
}

function meaningOf(code: unknown, server: string | undefined): Leg["error"] {
  if (code === "ECONNREFUSED") return "refused";
  if (code === "ENETUNREACH" || code === "EHOSTUNREACH" || code === "EACCES" || code === "EPERM")
    return "unreachable";
  // Of its own addresses a host says nothing but that the port is shut.
  return code === UNNAMED_ERROR ? (isLoopback(server) ? "refused" : "unreachable") : undefined;
}
