import { maskTo, parseIPv4 } from "../../topology/addresses.js";
import type { Leg } from "../dns/leg.js";
import { COPY_SPAN } from "./captures.js";
import type { NatExpectation } from "./expectation.js";
import { isIngress, type Sighting } from "./sighting.js";

/** The flooded copy of a lost packet carries the bridge's own address (br_netfilter): that is no translation. */
export function isTranslation(source: string, client: number, expectation: NatExpectation): boolean {
  const address = parseIPv4(source);
  if (address === undefined || address === client) return false;
  const { base, bits } = expectation.subnetOf(client);
  return maskTo(address, bits) !== base;
}

/**
 * The same question goes on to another address from the same port, seen only on its way out: the destination was rewritten
 * (a cluster's service address), and what became of it there is that leg's story.
 */
export function isRedirected(leg: Leg): boolean {
  const others = leg.lookup?.legs ?? [];
  return others.some(
    (other) =>
      other !== leg &&
      other.server !== leg.server &&
      other.port === leg.port &&
      Math.abs(other.asked - leg.asked) < COPY_SPAN &&
      other.asks.every((ask) => ask.fields["packet.direction"] === "Out"),
  );
}

/** Who sent the packet first: a copy that comes in, else the first copy. */
export function clientOf(sightings: readonly Sighting[]): Sighting | undefined {
  const ingress = sightings.find(isIngress);
  if (ingress !== undefined) return ingress;
  return sightings.length > 1 || sightings[0]?.direction === undefined ? sightings[0] : undefined;
}
