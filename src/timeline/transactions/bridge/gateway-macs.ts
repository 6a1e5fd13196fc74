import type { Event } from "../../../model/event.js";
import { parseIPv4 } from "../../topology/addresses.js";
import type { Topology } from "../../topology/topology.js";
import { text } from "../assembled.js";

const MAX_GATEWAYS = 5000;
const MAX_CANDIDATES = 2000;
const MAX_MACS = 20_000;

/** Replies to one question come within: µs. */
const SAME_QUESTION_SPAN = 100_000;

/** A neighbour notices a change within: µs. Its entry lives for up to a minute (arp(7), base_reachable_time). */
const NOTICE_SPAN = 60_000_000;

/** A gateway address that was at one MAC and then at another. */
export interface GatewayChange {
  bridge: string | undefined;
  basis: "arp" | "neighbour";
  /** Who saw it: one source's view of one address. */
  observer: string;
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
  /** MACs of the host's bridges and their ports, with the bridge whose own it was. */
  private readonly macs = new Map<string, string | undefined>();
  /** All changes: whose address it is and whether a monitor told of the same change is only known at the end. */
  private candidates: GatewayChange[] = [];

  constructor(private readonly topology: Topology) {}

  /** A MAC that a port of a bridge has, or the bridge itself, which is then named. */
  own(mac: string, bridge?: string): void {
    if (this.macs.size < MAX_MACS || this.macs.has(mac)) this.macs.set(mac, bridge ?? this.macs.get(mac));
  }

  /** An `arp.reply`. */
  arp(event: Event): void {
    const address = text(event, "arp.sender.ip");
    const mac = text(event, "arp.sender.mac");
    if (address === undefined || mac === undefined) return;
    const place = this.placeOf(event);
    const onBridge = place !== undefined && this.topology.roleOf(place) === "bridge";
    const own = onBridge && text(event, "packet.direction") === "Out";
    // Where interfaces are told, the bridge's own replies suffice; other interfaces of the host may answer for it (ARP flux).
    if (place !== undefined && !own && !this.isContainerSide(place)) return;
    const observer = `arp ${event.source} ${place ?? ""} ${address}`;
    this.seen({ bridge: own ? place : undefined, basis: "arp", observer, address, mac, event });
  }

  /** A `neighbour.state`. */
  neighbour(event: Event): void {
    const address = text(event, "destination.ip");
    const mac = text(event, "destination.mac");
    if (address === undefined || mac === undefined || event.fields["neighbour.deleted"] === true) return;
    const observer = `neighbour ${event.source} ${text(event, "interface.name") ?? ""} ${address}`;
    this.seen({ bridge: undefined, basis: "neighbour", observer, address, mac, event });
  }

  /** The stream is over: what is a bridge's by all that the topology has come to know. The others are kept for the next stream. */
  end(): GatewayChange[] {
    const proven: GatewayChange[] = [];
    const open: GatewayChange[] = [];
    for (const change of this.candidates) {
      const settled = this.prove(change);
      if (settled === undefined) open.push(change);
      else proven.push(settled);
    }
    this.candidates = open;
    return proven;
  }

  /** All streams are over: addresses that ARP showed at one MAC and later at another, and nothing told whose they are. */
  unproven(): readonly GatewayChange[] {
    return this.candidates.filter(({ basis }) => basis === "arp");
  }

  /** The interface's name; captures that print `?` or an index instead are looked up in the snapshots. */
  private placeOf(event: Event): string | undefined {
    const id = event.fields["interface.id"];
    if (typeof id === "number") return this.topology.nameOf(id);
    const name = text(event, "interface.name");
    return name === "?" ? undefined : name;
  }

  /** Interfaces that no record of the host names are a container's. */
  private isContainerSide(place: string): boolean {
    return this.topology.roleOf(place) === undefined;
  }

  private seen(now: Omit<GatewayChange, "old" | "before">): void {
    const before = this.last.get(now.observer);
    if (before !== undefined && now.basis === "arp" && isFlux(before, now)) return;
    if (before === undefined && this.last.size >= MAX_GATEWAYS) return;
    this.last.set(now.observer, now.event);
    if (before === undefined) return;
    const old = text(before, now.basis === "arp" ? "arp.sender.mac" : "destination.mac");
    if (old === undefined || old === now.mac || this.candidates.length >= MAX_CANDIDATES) return;
    this.candidates.push({ ...now, old, before });
  }

  private prove(change: GatewayChange): GatewayChange | undefined {
    if (change.bridge !== undefined) return change;
    const address = parseIPv4(change.address);
    const bridge = address === undefined ? undefined : this.topology.bridgeAt(address);
    if (bridge !== undefined) return { ...change, bridge };
    if (!this.macs.has(change.old) || !this.macs.has(change.mac)) return undefined;
    return { ...change, bridge: this.macs.get(change.mac) ?? this.macs.get(change.old) };
  }
}

/** Another interface of the host answers the same question (ARP flux, arp_ignore in the kernel's ip-sysctl): nothing changed. */
function isFlux(before: Event, now: { mac: string; event: Event }): boolean {
  return (
    text(before, "arp.sender.mac") !== now.mac && Math.abs(now.event.time - before.time) < SAME_QUESTION_SPAN
  );
}

/** Two neighbours notice one change at different moments; one neighbour that sees the same again saw another change. */
export function isSameNotice(a: GatewayChange, b: GatewayChange): boolean {
  return (
    a.observer !== b.observer &&
    a.mac === b.mac &&
    a.bridge === b.bridge &&
    !(Math.abs(a.event.time - b.event.time) > NOTICE_SPAN)
  );
}
