import type { Event } from "../../model/event.js";
import { parseIPv4, parseSubnet, type Subnet } from "./addresses.js";
import { Containers } from "./containers.js";
import { Dated } from "./dated.js";
import { Forwarding } from "./forwarding.js";
import { type InterfaceRole, OVERLAY_KINDS, roleByName } from "./interface-names.js";
import type { NatRule } from "./nat-rule.js";
import { NatRules } from "./nat-rules.js";
import { Ports } from "./ports.js";
import { type Behind, Subnets } from "./subnets.js";

const MAX_INTERFACES = 20_000;
const MAX_WAITING = 16;

interface Interface {
  kind: string | undefined;
  readonly master: Dated<string>;
  /** Its subnets, until it is known to be a bridge: dumps list a bridge before its ports, which tell that it is one. */
  waiting: { subnet: Subnet; time: number }[];
}

/** The events that tell of a host's topology. */
export const TOPOLOGY_INPUTS = [
  "link.state",
  "link.address",
  "bridge.port",
  "bridge.port_state",
  "fdb.entry",
  "neighbour.state",
  "route.entry",
  "nat.rule",
  "filter.rule",
  "sysctl.setting",
  "docker.network",
  "container.address",
  "container.status",
  "container.started",
  "container.finished",
  "container.lifecycle",
  "kubernetes.pod",
  "kubernetes.service",
] as const;

type TopologyInput = (typeof TOPOLOGY_INPUTS)[number];

/** Finds what is known of the host that a source (by its number) is of. */
export type TopologyOf = (source: number) => Topology;

/**
 * One host's bridges, ports, subnets, addresses, NAT rules and containers over time, learned from snapshots and monitors (`ip addr`,
 * `ip monitor`, `bridge fdb`, `iptables-save`, `docker inspect`, `docker events`, kernel messages) and, where these are missing, from
 * packets. What has a stamp holds from then to its end; what has none held at a time that nobody knows.
 */
export class Topology {
  readonly containers = new Containers();
  readonly ports = new Ports();
  readonly forwarding = new Forwarding();
  private readonly interfaces = new Map<string, Interface>();
  private readonly names = new Map<number, string>();
  private readonly masters = new Set<string>();
  private readonly subnets = new Subnets();
  private readonly addresses = new Set<number>();
  private readonly rules = new NatRules();

  /** How each kind of event is read. */
  private readonly readers: Readonly<Record<TopologyInput, (event: Event) => void>> = {
    "link.state": (event) => this.learnLink(event),
    "link.address": (event) => this.learnAddresses(event),
    "bridge.port": (event) => this.learnPort(event),
    "bridge.port_state": (event) => this.learnPort(event),
    "fdb.entry": (event) => this.ports.entry(event),
    "neighbour.state": (event) => this.ports.neighbour(event),
    "route.entry": (event) => this.learnRoute(event),
    "nat.rule": (event) => this.rules.learn(event),
    "filter.rule": (event) => this.rules.learn(event),
    "sysctl.setting": (event) => this.forwarding.learn(event),
    "docker.network": (event) => this.learnNetwork(event),
    "container.address": (event) => {
      this.ports.container(event);
      this.containers.learn(event);
    },
    "container.status": (event) => this.containers.learn(event),
    "container.started": (event) => this.containers.learn(event),
    "container.finished": (event) => this.containers.learn(event),
    "container.lifecycle": (event) => this.containers.learn(event),
    "kubernetes.pod": (event) => this.containers.learn(event),
    "kubernetes.service": (event) => this.rules.learn(event),
  };

  /** Takes in one of {@link TOPOLOGY_INPUTS}; other events say nothing of the topology. */
  learn(event: Event): void {
    this.readers[event.action as TopologyInput]?.(event);
  }

  /** Neither containers nor subnets behind bridges are known. */
  get knowsNoClients(): boolean {
    return this.containers.isEmpty && this.subnets.isEmpty;
  }

  /** The interface's name by its index, `undefined` when no snapshot tells. */
  nameOf(id: number): string | undefined {
    return this.names.get(id);
  }

  /** What the named interface is: from snapshots, else by the name's usual form; `undefined` when neither tells. */
  roleOf(name: string): InterfaceRole | undefined {
    if (this.masters.has(name)) return "bridge";
    const known = this.interfaces.get(name);
    if (known?.kind === "bridge") return "bridge";
    if (known?.kind !== undefined && OVERLAY_KINDS.has(known.kind)) return "overlay";
    if (this.masterOf(name) !== undefined) return "port";
    return roleByName(name) ?? (known === undefined ? undefined : "other");
  }

  /** Whether the interface is known to be a bridge (not only called like one). */
  isBridge(name: string): boolean {
    return this.masters.has(name) || this.interfaces.get(name)?.kind === "bridge";
  }

  /** The bridge that the interface was a port of at `time`, µs UTC; without a time, the last one. */
  masterOf(name: string, time = Number.NaN): string | undefined {
    return this.interfaces.get(name)?.master.at(time);
  }

  /** The bridge and subnet that an address lay behind at `time`, µs UTC; without a time, ever. Of nested subnets the narrowest. */
  behind(address: number, time = Number.NaN): Behind | undefined {
    return this.subnets.of(address, time);
  }

  /** Whether the address is one of the host's own. */
  isOwn(address: number): boolean {
    return this.addresses.has(address);
  }

  /** Whether the address is a cluster's service, which stands for the pods behind it. */
  isService(address: number): boolean {
    return this.rules.isService(address);
  }

  /** The bridge that has this address, as a gateway has. */
  bridgeAt(address: number): string | undefined {
    return this.addresses.has(address) ? this.behind(address)?.bridge : undefined;
  }

  /** The first rule that translates packets from `source` to `destination`. */
  translationRule(source: number, destination: number): NatRule | undefined {
    return this.rules.translating(source, destination, this.behind(source)?.bridge);
  }

  private learnLink(event: Event): void {
    const { fields, time } = event;
    const name = fields["interface.name"];
    if (typeof name !== "string") return;
    const id = fields["interface.id"];
    if (typeof id === "number" && this.names.size < MAX_INTERFACES) this.names.set(id, name);
    const link = this.link(name);
    if (link === undefined) return;
    const kind = fields["interface.kind"];
    if (typeof kind === "string") link.kind = kind;
    if (kind === "bridge") this.settle(name, link);
    const master = fields["interface.master"];
    if (fields["interface.deleted"] === true) {
      this.subnets.remove(name, undefined, time);
      // A bridge's own monitor tells that a port left it, in the same words as that the port is gone.
      if (typeof master === "string") this.setMaster(name, master, Number.NaN);
      link.master.set(undefined, time);
      return;
    }
    if (typeof master === "string") this.setMaster(name, master, time);
    this.learnAddresses(event);
  }

  private learnAddresses({ fields, time }: Event): void {
    const { "interface.name": name, "interface.addresses": list } = fields;
    if (typeof name !== "string" || !Array.isArray(list)) return;
    for (const entry of list) {
      const subnet = parseSubnet(String(entry));
      const address = parseIPv4(String(entry).split("/")[0]!);
      if (subnet === undefined || address === undefined) continue;
      if (fields["interface.deleted"] === true) this.subnets.remove(name, subnet, time);
      else if (this.addresses.size < MAX_INTERFACES) {
        this.addresses.add(address);
        if (subnet.bits < 31) this.addSubnet(name, subnet, time);
      }
    }
  }

  private addSubnet(name: string, subnet: Subnet, time: number): void {
    const link = this.link(name);
    if (this.roleOf(name) === "bridge") this.subnets.add(name, subnet, time);
    else if (link !== undefined && link.waiting.length < MAX_WAITING) link.waiting.push({ subnet, time });
  }

  /** It is a bridge: its subnets lie behind it. */
  private settle(bridge: string, link: Interface): void {
    for (const { subnet, time } of link.waiting) this.subnets.add(bridge, subnet, time);
    link.waiting = [];
  }

  private learnPort({ fields, time }: Event): void {
    const { "bridge.name": bridge, "interface.name": port } = fields;
    if (typeof bridge === "string" && typeof port === "string") this.setMaster(port, bridge, time);
  }

  /** A subnet that is on a bridge's own wire; the kernel makes such a route of each address that an interface has. */
  private learnRoute(event: Event): void {
    this.ports.route(event);
    const { "destination.subnet": to, "interface.out": out, "route.gateway": gateway } = event.fields;
    if (typeof to !== "string" || typeof out !== "string" || gateway !== undefined) return;
    const subnet = parseSubnet(to);
    if (subnet === undefined || subnet.bits === 0 || subnet.bits >= 31) return;
    if (event.fields["route.deleted"] === true) this.subnets.remove(out, subnet, event.time);
    else this.addSubnet(out, subnet, event.time);
  }

  /** `docker network inspect` and podman's name the bridge; others lie behind none, or behind one in a namespace of its own (overlay). */
  private learnNetwork({ fields, time }: Event): void {
    const { "bridge.name": bridge, "network.subnets": subnets, "network.driver": driver } = fields;
    if (typeof bridge !== "string" || (driver !== undefined && driver !== "bridge")) return;
    const link = this.link(bridge);
    if (link === undefined) return;
    link.kind = "bridge";
    this.settle(bridge, link);
    for (const text of Array.isArray(subnets) ? subnets : []) {
      const subnet = parseSubnet(String(text));
      if (subnet !== undefined && subnet.bits < 31) this.subnets.add(bridge, subnet, time);
    }
  }

  private setMaster(port: string, bridge: string, time: number): void {
    this.link(port)?.master.set(bridge, time);
    if (this.masters.has(bridge) || this.masters.size >= MAX_INTERFACES) return;
    this.masters.add(bridge);
    const known = this.interfaces.get(bridge);
    if (known !== undefined) this.settle(bridge, known);
  }

  private link(name: string): Interface | undefined {
    let link = this.interfaces.get(name);
    if (link === undefined && this.interfaces.size < MAX_INTERFACES) {
      link = { kind: undefined, master: new Dated(), waiting: [] };
      this.interfaces.set(name, link);
    }
    return link;
  }
}
