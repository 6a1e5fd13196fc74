import { maskTo, parseIPv4 } from "../../topology/addresses.js";
import type { Leg } from "../dns/leg.js";
import { twinOutcome } from "../dns/socket-mates.js";
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
function isRedirected(leg: Leg): boolean {
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

/** Whether the question is known to have arrived: it got an answer, be it one that fits nothing, or an error, or went on elsewhere. */
export function cameThrough(leg: Leg): boolean {
  // What fits nothing may be meant for either of twins.
  const strays = leg.strays + (leg.twin?.strays ?? 0);
  return leg.answer !== undefined || leg.error !== undefined || strays > 0 || isRedirected(leg);
}

/** Whether its server answered, meanwhile, what the same socket asked for the other address family: server and way live. */
export function serverLives(leg: Leg): boolean {
  const legs = leg.lookup?.legs ?? [leg];
  return legs.some((each) => each.server === leg.server && twinOutcome(each) === "answered");
}

/** Who sent the packet first: a copy that comes in, else the first copy. */
export function clientOf(sightings: readonly Sighting[]): Sighting | undefined {
  const ingress = sightings.find(isIngress);
  if (ingress !== undefined) return ingress;
  return sightings.length > 1 || sightings[0]?.direction === undefined ? sightings[0] : undefined;
}
