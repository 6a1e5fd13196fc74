import type { Event } from "../../../model/event.js";
import { maskTo, parseIPv4 } from "../../topology/addresses.js";
import { assembled, type Emit, text } from "../assembled.js";

const MAX_FLOWS = 5_000;
const MAX_ADDRESSES = 20_000;
/** Container networks are rarely smaller; addresses further apart are not said to be of the same one. */
const NETWORK_BITS = 24;

/**
 * Flows of UDP whose destination was rewritten to an address of a container network that no container has: `conntrack.stale_flow`. An
 * entry outlives the container that it was made for as long as packets keep coming.
 */
export class StaleFlows {
  /** Rewritten flows, by where they go now. */
  private readonly flows: { event: Event; target: number }[] = [];
  /** Addresses that containers have, and the networks that these lie in. */
  private readonly taken = new Set<number>();
  private readonly networks = new Set<number>();
  /** Networks whose containers were all listed, by `docker network inspect`. */
  private readonly listed = new Set<number>();

  /** A `conntrack.flow`. */
  flow(event: Event): void {
    const { fields } = event;
    if (fields["network.transport"] !== "udp" || fields["conntrack.event"] === "DESTROY") return;
    const from = text(event, "destination.ip");
    const to = text(event, "reply.source.ip");
    if (from === undefined || to === undefined || from === to || this.flows.length >= MAX_FLOWS) return;
    const target = parseIPv4(to);
    if (target !== undefined) this.flows.push({ event, target });
  }

  /** A `container.address`. */
  address(event: Event): void {
    const written = text(event, "container.ip") ?? text(event, "container.address")?.split("/")[0];
    const address = written === undefined ? undefined : parseIPv4(written);
    if (address === undefined || this.taken.size >= MAX_ADDRESSES) return;
    this.taken.add(address);
    const network = maskTo(address, NETWORK_BITS);
    this.networks.add(network);
    if (text(event, "container.address") !== undefined) this.listed.add(network);
  }

  /** All is known: tells the flows that go to nobody. */
  finish(emit: Emit): void {
    for (const { event, target } of this.flows) {
      const network = maskTo(target, NETWORK_BITS);
      if (this.taken.has(target) || !this.networks.has(network)) continue;
      emit(toldOf(event, this.listed.has(network)));
    }
    this.flows.length = 0;
  }
}

function toldOf(event: Event, allListed: boolean): Event {
  const { fields, time } = event;
  return assembled(
    "conntrack.stale_flow",
    "network",
    {
      "network.transport": "udp",
      "source.ip": fields["source.ip"],
      "destination.ip": fields["destination.ip"],
      "destination.port": fields["destination.port"],
      "reply.source.ip": fields["reply.source.ip"],
      "reply.source.port": fields["reply.source.port"],
      "conntrack.unreplied": fields["conntrack.unreplied"],
      "network.all_listed": allListed,
    },
    time,
    time,
    [event],
  );
}
