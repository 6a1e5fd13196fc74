import type { Event } from "../../../model/event.js";
import { parseIPv4 } from "../../topology/addresses.js";
import type { Topology } from "../../topology/topology.js";
import { text } from "../assembled.js";

const MAX_GATEWAYS = 5000;
const MAX_CANDIDATES = 256;
const MAX_MACS = 20_000;

/** A gateway address that was at one MAC and then at another. */
export interface GatewayChange {
  bridge: string | undefined;
  basis: "arp" | "neighbour";
  address: string;
  old: string;
  mac: string;
  before: Event;
  event: Event;
}

/**
 * Changes of a bridge's MAC as its neighbours see them: in ARP replies and in a container's neighbour table. An address that moves
 * between machines (VRRP, a restarted container that keeps its address) looks the same, so a change only counts when the address is a
 * bridge's own, or both MACs are the bridge's or its ports'.
 */
export class GatewayMacs {
  private readonly last = new Map<string, Event>();
  /** MACs of the host's bridges and their ports. */
  private readonly macs = new Set<string>();
  /** Changes of which it is not yet known whether the address is a bridge's. */
  private readonly candidates: GatewayChange[] = [];

  constructor(private readonly topology: Topology) {}

  /** A MAC that a bridge or a port of one has. */
  own(mac: string): void {
    if (this.macs.size < MAX_MACS) this.macs.add(mac);
  }

  /** An `arp.reply`. */
  arp(event: Event): GatewayChange | undefined {
    const address = text(event, "arp.sender.ip");
    const mac = text(event, "arp.sender.mac");
    if (address === undefined || mac === undefined) return undefined;
    const place = text(event, "interface.name");
    const direction = text(event, "packet.direction");
    const onBridge = place !== undefined && this.topology.roleOf(place) === "bridge";
    // Where interfaces are told, the bridge's own replies suffice; other interfaces of the host may answer for it (ARP flux).
    if (
      place !== undefined &&
      place !== "?" &&
      !(onBridge && direction === "Out") &&
      !this.isContainerSide(place)
    )
      return undefined;
    const change = this.seen(`arp ${event.source} ${place ?? ""} ${address}`, "arp", address, mac, event);
    if (change === undefined) return undefined;
    if (onBridge && direction === "Out") return { ...change, bridge: place };
    return this.settle(change);
  }

  /** A `neighbour.state`. */
  neighbour(event: Event): GatewayChange | undefined {
    const address = text(event, "destination.ip");
    const mac = text(event, "destination.mac");
    if (address === undefined || mac === undefined || event.fields["neighbour.deleted"] === true)
      return undefined;
    const device = text(event, "interface.name") ?? "";
    const change = this.seen(
      `neighbour ${event.source} ${device} ${address}`,
      "neighbour",
      address,
      mac,
      event,
    );
    return change === undefined ? undefined : this.settle(change);
  }

  /** The stream is over: what the topology has come to know by now. */
  end(): GatewayChange[] {
    const proven = this.candidates
      .map((change) => this.prove(change))
      .filter((change) => change !== undefined);
    this.candidates.length = 0;
    return proven;
  }

  /** Interfaces that no record of the host names are a container's. */
  private isContainerSide(place: string): boolean {
    return this.topology.roleOf(place) === undefined;
  }

  private seen(
    key: string,
    basis: "arp" | "neighbour",
    address: string,
    mac: string,
    event: Event,
  ): GatewayChange | undefined {
    const before = this.last.get(key);
    if (before === undefined && this.last.size >= MAX_GATEWAYS) return undefined;
    this.last.set(key, event);
    const old =
      before === undefined ? undefined : text(before, basis === "arp" ? "arp.sender.mac" : "destination.mac");
    if (before === undefined || old === undefined || old === mac) return undefined;
    return { bridge: undefined, basis, address, old, mac, before, event };
  }

  private settle(change: GatewayChange): GatewayChange | undefined {
    const proven = this.prove(change);
    if (proven === undefined && this.candidates.length < MAX_CANDIDATES) this.candidates.push(change);
    return proven;
  }

  private prove(change: GatewayChange): GatewayChange | undefined {
    const address = parseIPv4(change.address);
    const bridge = address === undefined ? undefined : this.topology.bridgeAt(address);
    const known = this.macs.has(change.old) && this.macs.has(change.mac);
    if (bridge === undefined && !known) return undefined;
    return { ...change, bridge };
  }
}
