import type { Event } from "../../../model/event.js";
import type { Topology } from "../../topology/topology.js";
import { assembled, type Emit, list, text } from "../assembled.js";
import { Fifo } from "../fifo.js";
import { type GatewayChange, GatewayMacs, isSameNotice } from "./gateway-macs.js";
import { Machines } from "./machines.js";

const MAX_BRIDGES = 5000;
/** A port that came or went explains a change within: µs. */
const CAUSE_SPAN = 5_000_000;
/** Two sources tell of one change within: µs. */
const SAME_CHANGE = 2_000_000;
/** Changes and ports remembered per bridge. */
const MAX_REMEMBERED = 500;
const NO_MAC = "00:00:00:00:00:00";

interface Bridge {
  /** The record that showed its MAC last. */
  record: Event | undefined;
  /** The first record without a time: when the later ones were made, nobody knows. */
  dump: Event | undefined;
  addresses: readonly string[];
  /** Records of ports that came or went. */
  ports: Fifo<Event>;
  /** The changes that link records told, so that several monitors of one host tell each once. */
  told: Told[];
}

interface Told {
  from: string;
  to: string;
  time: number;
  source: number;
}

/**
 * Finds changes of a bridge's MAC address: `bridge.mac_change`. A bridge whose address was never set takes the smallest
 * of its ports' (net/bridge/br_if.c, br_stp_recalculate_bridge_id), so ports that come and go change it.
 */
export class MacChanges {
  private readonly bridges = new Map<string, Bridge>();
  private readonly gateways: GatewayMacs;
  private readonly machines: Machines;
  /** Changes between dumps without a time: withheld until it is known whether a capture shows when. */
  private untimed: { name: string; old: string; mac: string; before: Event; event: Event }[] = [];
  /** Bridges and the addresses that they were seen to change to, with the time. */
  private readonly shown = new Set<string>();
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

  /** All streams are over: what dumps without a time tell, and nobody saw happen. */
  finish(emit: Emit): void {
    for (const { name, old, mac, before, event } of this.untimed) {
      if (!this.shown.has(`${name} ${mac}`)) this.emitChange(name, old, mac, "link", before, event, emit);
    }
    this.untimed = [];
  }

  /** Whether a monitor of the bridge told of the change that a neighbour noticed: around then the bridge had this address. */
  private isKnown({ bridge, mac, event }: GatewayChange): boolean {
    const told = (bridge === undefined ? undefined : this.bridges.get(bridge)?.told) ?? [];
    const timed = told.filter(({ time }) => !Number.isNaN(time));
    let before = timed[0]?.from;
    for (const { to, time } of timed) {
      if (time < event.time - SAME_CHANGE) before = to;
      else if (time <= event.time + SAME_CHANGE && to === mac) return true;
    }
    return before === mac;
  }

  private seen(name: string, mac: string, event: Event, emit: Emit): void {
    const bridge = this.bridge(name);
    if (bridge === undefined) return;
    const addresses = list(event, "interface.addresses");
    if (addresses.length > 0) bridge.addresses = addresses;
    const timed = !Number.isNaN(event.time);
    const last = timed && Number.isNaN(bridge.record?.time ?? Number.NaN) ? bridge.dump : bridge.record;
    const earlier =
      (timed && last === bridge.dump ? this.links.get(name) : undefined) ?? last ?? this.links.get(name);
    const old = earlier === undefined ? undefined : text(earlier, "interface.mac");
    bridge.record = event;
    if (!timed) bridge.dump ??= event;
    if (old === undefined || old === mac || earlier === undefined || old === NO_MAC || mac === NO_MAC) return;
    if (!isSameLink(earlier, event) || this.machines.differ(earlier.source, event.source)) return;
    if (this.isTold(bridge, old, mac, event)) return;
    if (!timed) this.withhold(name, old, mac, earlier, event);
    else {
      this.shown.add(`${name} ${mac}`);
      this.emitChange(name, old, mac, "link", earlier, event, emit);
    }
  }

  /** Whether another source told of this change; remembers it if not. */
  private isTold(bridge: Bridge, from: string, to: string, event: Event): boolean {
    const told = bridge.told
      .slice(-16)
      .some(
        (other) =>
          other.from === from &&
          other.to === to &&
          other.source !== event.source &&
          Number.isNaN(event.time) === Number.isNaN(other.time) &&
          !(Math.abs(event.time - other.time) > SAME_CHANGE),
      );
    if (!told) remember(bridge.told, { from, to, time: event.time, source: event.source });
    return told;
  }

  private withhold(name: string, old: string, mac: string, before: Event, event: Event): void {
    if (this.untimed.length < MAX_REMEMBERED) this.untimed.push({ name, old, mac, before, event });
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
      bridge = { record: undefined, dump: undefined, addresses: [], ports: new Fifo(), told: [] };
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

function remember<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > MAX_REMEMBERED) list.shift();
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
