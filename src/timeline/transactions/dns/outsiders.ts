import { isIP } from "node:net";
import { maskTo, parseIPv4 } from "../../topology/addresses.js";
import type { Leg } from "./leg.js";

/** Addresses that the internet does not route (RFC 1918, 6598, 3927): whoever has one is on this side. */
const INSIDE: readonly (readonly [string, number])[] = [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["127.0.0.0", 8],
];
const BLOCKS = INSIDE.map(([block, bits]) => ({ start: parseIPv4(block)!, bits }));

/**
 * Whether a client on the internet asked a server here: the capture shows the question come in with a public source, and nowhere go
 * on. Hosts drop what strangers ask of their port 53 all day long; nobody here waits for the answer.
 */
export function isFromOutside(leg: Leg): boolean {
  const [client] = leg.clients;
  return (
    leg.process === undefined &&
    leg.clients.length === 1 &&
    isPublic(client!) &&
    leg.asks.every(({ fields }) => fields["packet.direction"] === "In")
  );
}

function isPublic(address: string): boolean {
  const ipv4 = parseIPv4(address);
  if (ipv4 !== undefined) return !BLOCKS.some(({ start, bits }) => maskTo(ipv4, bits) === start);
  // Global unicast (RFC 4291); names that tcpdump prints without -n tell nothing.
  return isIP(address) === 6 && /^[23]/.test(address);
}
