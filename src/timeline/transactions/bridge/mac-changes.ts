import type { Event } from "../../../model/event.js";
import type { Topology } from "../../topology/topology.js";
import { assembled, type Emit, list, text } from "../assembled.js";
import { GatewayMacs } from "./gateway-macs.js";
import { Machines } from "./machines.js";

const MAX_BRIDGES = 5000;
/** A port that came or went explains a change within: µs. */
const CAUSE_SPAN = 5_000_000;
/** Two sources tell of one change within: µs. */
const SAME_CHANGE = 2_000_000;
const NO_MAC = "00:00:00:00:00:00";

interface Bridge {
  mac: string | undefined;
  /** The record that showed `mac` last. */
  record: Event | undefined;
  addresses: readonly string[];
  lastPort: { name: string; event: Event } | undefined;
  /** The changes told lately, so that several monitors of one host tell each once. */
  told: { from: string; to: string; time: number; source: number }[];
}

/**
 * Finds changes of a bridge's MAC address: `bridge.mac_change`. A bridge whose address was never set takes the smallest
 * of its ports' (net/bridge/br_if.c, br_stp_recalculate_bridge_id), so ports that come and go change it.
 */
export class MacChanges {
  private readonly bridges = new Map<string, Bridge>();
  private readonly gateways: GatewayMacs;
  private readonly machines: Machines;
  /** Links that were not yet known to be bridges: the record that says so may come later. */
  private readonly links = new Map<string, Event>();

  constructor(private readonly topology: Topology) {
    this.gateways = new GatewayMacs(topology);
    this.machines = new Machines(topology);
  }

  /** A `link.state`; the topology must have learned it before. */
  link(event: Event, emit: Emit): void {
    const name = text(event, "interface.name");
    if (name === undefined) return;
    const master = text(event, "interface.master") ?? this.topology.masterOf(name);
    const mac = text(event, "interface.mac");
    this.machines.link(event);
    const role = this.topology.roleOf(name);
    if (mac !== undefined && (role === "bridge" || role === "port")) this.gateways.own(mac);
    if (master !== undefined) this.port(master, name, event);
    if (
      mac === undefined ||
      event.fields["interface.deleted"] === true ||
      text(event, "interface.master") !== undefined
    )
      return;
    if (role === "bridge") this.seen(name, mac, event, emit);
    else if (master === undefined) this.keep(name, event);
  }

  /** A `bridge.port_state`: a port comes or goes. */
  portState(event: Event): void {
    const bridge = text(event, "bridge.name");
    const port = text(event, "interface.name");
    if (bridge !== undefined && port !== undefined) this.port(bridge, port, event);
  }

  /** An `arp.reply`: the gateway's address is at a MAC. */
  arp(event: Event, emit: Emit): void {
    this.tell(this.gateways.arp(event), "arp", emit);
  }

  /** A `neighbour.state`: a container's entry of its gateway. */
  neighbour(event: Event, emit: Emit): void {
    this.tell(this.gateways.neighbour(event), "neighbour", emit);
  }

  /** The stream is over: gateways whose bridge was only learned in the meantime. */
  end(emit: Emit): void {
    for (const change of this.gateways.end()) this.tell(change, change.basis, emit);
  }

  private seen(name: string, mac: string, event: Event, emit: Emit): void {
    const bridge = this.bridge(name);
    if (bridge === undefined) return;
    const addresses = list(event, "interface.addresses");
    if (addresses.length > 0) bridge.addresses = addresses;
    const earlier = bridge.record ?? this.links.get(name);
    const old = bridge.mac ?? (earlier === undefined ? undefined : text(earlier, "interface.mac"));
    bridge.mac = mac;
    bridge.record = event;
    if (old === undefined || old === mac || earlier === undefined || old === NO_MAC || mac === NO_MAC) return;
    if (!isSameLink(earlier, event) || this.machines.differ(earlier.source, event.source)) return;
    this.emitChange(name, old, mac, "link", [earlier], event, emit);
  }

  private tell(
    change: { bridge: string | undefined; old: string; mac: string; before: Event; event: Event } | undefined,
    basis: "arp" | "neighbour",
    emit: Emit,
  ): void {
    if (change === undefined) return;
    this.emitChange(change.bridge, change.old, change.mac, basis, [change.before], change.event, emit);
  }

  private emitChange(
    name: string | undefined,
    old: string,
    mac: string,
    basis: "link" | "arp" | "neighbour",
    before: Event[],
    event: Event,
    emit: Emit,
  ): void {
    const bridge = name === undefined ? undefined : this.bridge(name);
    if (bridge !== undefined) {
      const known = bridge.told.some(
        (other) =>
          other.from === old &&
          other.to === mac &&
          other.source !== event.source &&
          !(Math.abs(event.time - other.time) > SAME_CHANGE),
      );
      if (known) return;
      bridge.told.push({ from: old, to: mac, time: event.time, source: event.source });
      if (bridge.told.length > 16) bridge.told.shift();
    }
    const port = bridge?.lastPort;
    const cause =
      port !== undefined && Math.abs(event.time - port.event.time) <= CAUSE_SPAN ? port : undefined;
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
          "interface.name": cause?.name,
        },
        event.time,
        event.time,
        [...before, ...(cause === undefined || before.includes(cause.event) ? [] : [cause.event]), event],
      ),
    );
  }

  private port(bridgeName: string, port: string, event: Event): void {
    if (bridgeName === port) return;
    const bridge = this.bridge(bridgeName);
    if (bridge !== undefined) bridge.lastPort = { name: port, event };
  }

  private keep(name: string, event: Event): void {
    if (!this.links.has(name) && this.links.size < MAX_BRIDGES) this.links.set(name, event);
  }

  private bridge(name: string): Bridge | undefined {
    let bridge = this.bridges.get(name);
    if (bridge === undefined && this.bridges.size < MAX_BRIDGES) {
      bridge = { mac: undefined, record: undefined, addresses: [], lastPort: undefined, told: [] };
      this.bridges.set(name, bridge);
    }
    return bridge;
  }
}

/** A bridge that was made anew under its old name is another one; its index tells, or its addresses. */
function isSameLink(a: Event, b: Event): boolean {
  const before = a.fields["interface.id"];
  const after = b.fields["interface.id"];
  if (before !== undefined && after !== undefined && before !== after) return false;
  const old = list(a, "interface.addresses");
  const now = list(b, "interface.addresses");
  return old.length === 0 || now.length === 0 || now.some((address) => old.includes(address));
}
