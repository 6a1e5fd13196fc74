import type { Event } from "../../../model/event.js";
import { isAnswered, type Leg } from "./leg.js";
import type { LegTable } from "./table.js";

/** An ICMP error later than this after the ask is about another packet: µs. */
const ERROR_SPAN = 1_000_000;
/** A client's refusal of an answer comes at once after it: µs. */
const REFUSAL_SPAN = 100_000;

/**
 * Notes what an ICMP error says of a DNS packet that it quotes (RFC 792: addresses and ports, no id).
 * An ask quoted: the server refused it (port unreachable) or cannot be reached. An answer quoted: the client's socket
 * was gone.
 */
export function onIcmpError(event: Event, table: LegTable): void {
  const fields = event.fields;
  const type = fields["icmp.type"];
  if (type !== undefined && type !== 3 && type !== 1) return; // destination unreachable in IPv4 and IPv6
  const sourcePort = fields["icmp.original.source.port"];
  const destinationPort = fields["icmp.original.destination.port"];
  if (destinationPort === 53 && typeof sourcePort === "number") {
    const server = fields["icmp.original.destination.ip"];
    for (let leg = table.onPort(sourcePort); leg !== undefined; leg = leg.prevOnPort) {
      if (leg.closed || leg.server !== server || isAnswered(leg) || leg.error !== undefined) continue;
      if (!(event.time - leg.asked < ERROR_SPAN)) continue;
      leg.error = isPortUnreachable(event) ? "refused" : "unreachable";
      leg.errorCode = fields["icmp.name"] as string | undefined;
      leg.proof.unshift(event);
    }
  } else if (sourcePort === 53 && typeof destinationPort === "number") {
    const server = fields["icmp.original.source.ip"];
    for (let leg = table.onPort(destinationPort); leg !== undefined; leg = leg.prevOnPort) {
      if (leg.closed || leg.server !== server || !(event.time - leg.answered < REFUSAL_SPAN)) continue;
      leg.unwanted = true;
      if (leg.proof.length < 2) leg.proof.push(event);
    }
  }
}

function isPortUnreachable(event: Event): boolean {
  const { "icmp.type": type, "icmp.code": code, "icmp.name": name } = event.fields;
  if (typeof code === "number") return (type === 3 && code === 3) || (type === 1 && code === 4);
  return typeof name === "string" && name.includes("port unreachable");
}

/** What an error code of a system call on a DNS socket means for the ask, `undefined` when nothing. */
export function onSocketError(event: Event, leg: Leg): void {
  const code = event.fields["error.code"];
  const error =
    code === "ECONNREFUSED"
      ? "refused"
      : code === "ENETUNREACH" || code === "EHOSTUNREACH" || code === "EACCES" || code === "EPERM"
        ? "unreachable"
        : undefined;
  if (error === undefined || isAnswered(leg) || leg.error !== undefined) return;
  leg.error = error;
  leg.errorCode = code as string;
  leg.proof.unshift(event);
}
