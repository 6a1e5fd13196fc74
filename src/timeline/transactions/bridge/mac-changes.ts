import type { Event } from "../../../model/event.js";
import type { Topology } from "../../topology/topology.js";
import { assembled, type Emit, list, text } from "../assembled.js";
import { Fifo } from "../fifo.js";
import { type GatewayChange, GatewayMacs, isSameNotice } from "./gateway-macs.js";
import { GonePorts } from "./gone-ports.js";
import { LinkDumps } from "./link-dumps.js";
import { compareLinks } from "./link-verdict.js";
import { Machines } from "./machines.js";
import { ToldChanges } from "./told-changes.js";

const MAX_BRIDGES = 5000;
/** A port that came or went explains a change within: µs. */
const CAUSE_SPAN = 5_000_000;
/** Ports remembered per bridge. */
const MAX_REMEMBERED = 500;
/** Sources whose last word on a bridge is known. */
const MAX_SOURCES = 64;

interface Bridge {
  /** The record with a time that showed its MAC last. */
  record: Event | undefined;
  /** The same for each source: two machines may have bridges of one name. */
  bySource: Map<number, Event>;
  /** The first record without a time: when the later ones were made, nobody knows. */
  dump: Event | undefined;
  addresses: readonly string[];
  /** Records of ports that came or went. */
  ports: Fifo<Event>;
  /** The changes that link records told, so that several monitors of one host tell each once. */
  told: ToldChanges;
}

/**
 * Finds changes of a bridge's MAC address: `bridge.mac_change`. A bridge whose address was never set takes the smallest
 * of its ports' (net/bridge/br_if.c, br_stp_recalculate_bridge_id), so ports that come and go change it.
 */
export class MacChanges {
  private readonly bridges = new Map<string, Bridge>();
  private readonly gateways: GatewayMacs;
  private readonly machines: Machines;
  private readonly gone = new GonePorts();
  /** Records of links without a time: compared when it is known of what machine they are, and whether a capture shows when. */
  private readonly dumps = new LinkDumps();
  /** Bridges and the addresses that they were seen to change to, with the time. */
  private readonly shown = new Set<string>();
  /** Links that were not yet known to be bridges: the record that says so may come later. */
  private readonly links = new Map<string, Event>();

  /** @param series sources that were collected in one place at different moments: by their numbers, what they are a series of */
  constructor(
    private readonly topology: Topology,
    series?: ReadonlyMap<number, string>,
  ) {
    this.gateways = new GatewayMacs(topology);
    this.machines = new Machines(topology, series);
  }

  /** A `link.state`; the topology must have learned it before. */
  link(event: Event, emit: Emit): void {
    const name = text(event, "interface.name");
    if (name === undefined) return;
    const master = text(event, "interface.master") ?? this.topology.masterOf(name);
    const mac = text(event, "interface.mac");
    this.machines.link(event);
    this.gone.note(event);
    const role = this.topology.roleOf(name);
    if (mac !== undefined && (role === "bridge" || role === "port")) {
      this.gateways.own(mac, role === "bridge" ? name : undefined);
    }
    if (master !== undefined) this.port(master, event);
    if (
      mac === undefined ||
      event.fields["interface.deleted"] === true ||
      text(event, "interface.master") !== undefined
    )
      return;
    if (Number.isNaN(event.time)) this.dumps.add(name, event);
    if (role === "bridge") this.seen(name, mac, event, emit);
    else if (master === undefined) this.keep(name, event);
  }

  /** A `bridge.port_state`: a port comes or goes. */
  portState(event: Event): void {
    const { "bridge.name": bridge, "interface.name": port } = event.fields;
    if (typeof bridge === "string" && typeof port === "string") this.port(bridge, event);
  }

  /** An `arp.reply`: the gateway's address is at a MAC. */
  arp(event: Event): void {
    this.gateways.arp(event);
  }

  /** A `neighbour.state`: a container's entry of its gateway. */
  neighbour(event: Event): void {
    this.gateways.neighbour(event);
  }

  /**
   * Whether a frame that went to the address at that time, µs UTC, was lost: monitors saw a bridge give it up, and the port leave that
   * had lent it. While the port is there, the bridge goes on to take what is sent to it.
   */
  isStray(mac: string, time: number): boolean {
    if (!this.gone.hadLeft(mac, time)) return false;
    for (const { told } of this.bridges.values()) if (told.gaveUp(mac, time)) return true;
    return false;
  }

  /** A stream is over: what neighbours saw in it and no monitor told. */
  end(emit: Emit): void {
    const noticed: GatewayChange[] = [];
    for (const change of this.gateways.end()) {
      if (this.isKnown(change) || noticed.some((other) => isSameNotice(other, change))) continue;
      noticed.push(change);
      if (change.bridge !== undefined) this.shown.add(`${change.bridge} ${change.mac}`);
      this.emitChange(change.bridge, change.old, change.mac, change.basis, change.before, change.event, emit);
    }
  }

  /** All streams are over: what dumps without a time tell, and nobody saw happen; and what was seen of nobody knows whom. */
  finish(emit: Emit): void {
    const isBridge = (name: string) => this.topology.roleOf(name) === "bridge";
    for (const [name, before, event] of this.dumps.changes(this.machines, isBridge)) {
      const [old, mac] = [text(before, "interface.mac")!, text(event, "interface.mac")!];
      if (!this.shown.has(`${name} ${mac}`)) this.emitChange(name, old, mac, "link", before, event, emit);
    }
    for (const change of this.gateways.unproven()) this.emitMove(change, emit);
  }

  /** The address moved from MAC to MAC, be it a bridge's or that of a machine whose place another took. */
  private emitMove({ address, old, mac, before, event }: GatewayChange, emit: Emit): void {
    const fields = { "arp.sender.ip": address, "arp.sender.mac": mac, "arp.sender.mac_before": old };
    emit(assembled("arp.mac_change", "network", fields, event.time, event.time, [before, event]));
  }

  /** Whether a monitor of the bridge told of the change that a neighbour noticed: around then the bridge had this address. */
  private isKnown({ bridge, mac, event }: GatewayChange): boolean {
    return bridge !== undefined && this.bridges.get(bridge)?.told.had(mac, event.time) === true;
  }

  /** A record of a bridge. Those without a time are compared at the end, the first of them with what follows too. */
  private seen(name: string, mac: string, event: Event, emit: Emit): void {
    const bridge = this.bridge(name);
    if (bridge === undefined) return;
    const addresses = list(event, "interface.addresses");
    if (addresses.length > 0) bridge.addresses = addresses;
    if (Number.isNaN(event.time)) {
      bridge.dump ??= event;
      return;
    }
    const before = this.before(bridge, name, event);
    bridge.record = event;
    if (bridge.bySource.size < MAX_SOURCES || bridge.bySource.has(event.source))
      bridge.bySource.set(event.source, event);
    const old = before && text(before, "interface.mac");
    if (before === undefined || old === undefined || bridge.told.isTold(old, mac, event)) return;
    this.shown.add(`${name} ${mac}`);
    this.emitChange(name, old, mac, "link", before, event, emit);
  }

  /**
   * The record that shows which other MAC the bridge had before: the last one, unless it may be another machine's bridge of that name;
   * then the last one of the same source.
   */
  private before(bridge: Bridge, name: string, event: Event): Event | undefined {
    const records =
      bridge.record === undefined
        ? [this.links.get(name), bridge.dump]
        : [bridge.record, bridge.bySource.get(event.source)];
    for (const record of records) {
      const verdict = record && compareLinks(this.machines, record, event);
      if (verdict === "changed") return record;
      if (verdict === "not changed") return undefined;
    }
    return undefined;
  }

  private emitChange(
    name: string | undefined,
    old: string,
    mac: string,
    basis: "link" | "arp" | "neighbour",
    before: Event,
    event: Event,
    emit: Emit,
  ): void {
    const bridge = name === undefined ? undefined : this.bridge(name);
    const cause = bridge && causeOf(bridge, event.time);
    emit(
      assembled(
        "bridge.mac_change",
        "host",
        {
          "bridge.name": name,
          "bridge.mac.old": old,
          "bridge.mac.new": mac,
          "bridge.addresses":
            bridge === undefined || bridge.addresses.length === 0 ? undefined : bridge.addresses,
          "bridge.mac.basis": basis,
          "bridge.was_down":
            basis === "link" && before.fields["interface.state"] === "DOWN" ? true : undefined,
          "interface.name": cause?.fields["interface.name"],
        },
        event.time,
        event.time,
        [before, ...(cause === undefined || before === cause ? [] : [cause]), event],
      ),
    );
  }

  private port(bridgeName: string, event: Event): void {
    if (bridgeName === event.fields["interface.name"]) return;
    const bridge = this.bridge(bridgeName);
    if (bridge === undefined) return;
    bridge.ports.push(event);
    if (bridge.ports.length > MAX_REMEMBERED) bridge.ports.drop();
  }

  private keep(name: string, event: Event): void {
    if (!this.links.has(name) && this.links.size < MAX_BRIDGES) this.links.set(name, event);
  }

  private bridge(name: string): Bridge | undefined {
    let bridge = this.bridges.get(name);
    if (bridge === undefined && this.bridges.size < MAX_BRIDGES) {
      bridge = {
        record: undefined,
        bySource: new Map(),
        dump: undefined,
        addresses: [],
        ports: new Fifo(),
        told: new ToldChanges(),
      };
      this.bridges.set(name, bridge);
    }
    return bridge;
  }
}

/** The last port that came or went about the time, µs UTC. */
function causeOf({ ports }: Bridge, time: number): Event | undefined {
  for (const port of ports.newest(MAX_REMEMBERED)) if (Math.abs(time - port.time) <= CAUSE_SPAN) return port;
  return undefined;
}
