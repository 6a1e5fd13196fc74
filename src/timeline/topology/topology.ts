import type { Event } from "../../model/event.js";
import { contains, parseIPv4, parseSubnet, type Subnet } from "./addresses.js";
import { isSameRule, type NatRule, parseNatRule, ruleCovers } from "./nat-rule.js";

/** What an interface is to the packets of containers. */
export type InterfaceRole = "bridge" | "port" | "other";

const MAX_INTERFACES = 20_000;
const MAX_RULES = 5_000;

interface Interface {
  kind: string | undefined;
  master: string | undefined;
  /** Its subnets, until it is known to be a bridge: dumps list a bridge before its ports, which tell that it is one. */
  waiting: Subnet[];
}

/** Names by which docker, podman, CNI, libvirt and LXC call their bridges, and kernels and those tools the ports. */
const BRIDGE_NAME =
  /^(?:br-|docker[0-9]|docker_gwbridge|podman[0-9]|cni[0-9]|cni-|cbr[0-9]|virbr[0-9]|lxcbr[0-9]|lxdbr[0-9]|nerdctl[0-9]|br[0-9])/;
const PORT_NAME = /^(?:veth|vnet[0-9]|tap[0-9]|cali|lxc[0-9a-f])/;

/**
 * Bridges, ports, subnets, addresses and NAT rules of a host, learned from snapshots and monitors (`ip addr`,
 * `ip monitor`, `iptables-save`, kernel messages). Facts are only added: a port stays a port after it is gone.
 */
export class Topology {
  private readonly interfaces = new Map<string, Interface>();
  private readonly names = new Map<number, string>();
  private readonly masters = new Set<string>();
  /** Subnets that lie behind bridges. */
  private readonly subnets: { subnet: Subnet; bridge: string }[] = [];
  private readonly addresses = new Set<number>();
  private readonly rules: NatRule[] = [];

  /** Takes in a `link.state`, `bridge.port`, `bridge.port_state` or `nat.rule`; other events say nothing of the topology. */
  learn(event: Event): void {
    if (event.action === "link.state") this.learnLink(event);
    else if (event.action === "nat.rule") this.learnRule(event);
    else if (event.action === "bridge.port" || event.action === "bridge.port_state") {
      const bridge = event.fields["bridge.name"];
      const port = event.fields["interface.name"];
      if (typeof bridge === "string" && typeof port === "string") this.setMaster(port, bridge);
    }
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
    if (known?.master !== undefined) return "port";
    if (BRIDGE_NAME.test(name)) return "bridge";
    if (PORT_NAME.test(name)) return "port";
    return known === undefined ? undefined : "other";
  }

  /** Whether the interface is known to be a bridge (not only called like one). */
  isBridge(name: string): boolean {
    return this.masters.has(name) || this.interfaces.get(name)?.kind === "bridge";
  }

  /** The bridge that the interface is a port of. */
  masterOf(name: string): string | undefined {
    return this.interfaces.get(name)?.master;
  }

  /** The bridge and subnet that an address lies behind; of nested subnets the narrowest. */
  behind(address: number): { subnet: Subnet; bridge: string } | undefined {
    let best: { subnet: Subnet; bridge: string } | undefined;
    for (const known of this.subnets) {
      if (contains(known.subnet, address) && !(best !== undefined && best.subnet.bits >= known.subnet.bits))
        best = known;
    }
    return best;
  }

  /** Whether the address is one of the host's own. */
  isOwn(address: number): boolean {
    return this.addresses.has(address);
  }

  /** The bridge that has this address, as a gateway has. */
  bridgeAt(address: number): string | undefined {
    return this.addresses.has(address) ? this.behind(address)?.bridge : undefined;
  }

  /** The first rule that translates packets from `source` to `destination`. */
  translationRule(source: number, destination: number): NatRule | undefined {
    const bridge = this.behind(source)?.bridge;
    return this.rules.find((rule) => ruleCovers(rule, source, destination, bridge));
  }

  private learnLink(event: Event): void {
    const fields = event.fields;
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
    if (typeof master === "string") this.setMaster(name, master);
    this.learnAddresses(name, fields["interface.addresses"]);
  }

  private learnAddresses(name: string, list: unknown): void {
    if (!Array.isArray(list)) return;
    for (const entry of list) {
      const subnet = parseSubnet(String(entry));
      const address = parseIPv4(String(entry).split("/")[0]!);
      if (subnet === undefined || address === undefined || this.addresses.size >= MAX_INTERFACES) continue;
      this.addresses.add(address);
      if (subnet.bits >= 31) continue;
      const link = this.link(name);
      if (this.roleOf(name) === "bridge") this.addSubnet(name, subnet);
      else if (link !== undefined && link.waiting.length < 16) link.waiting.push(subnet);
    }
  }

  /** It is a bridge: its subnets lie behind it. */
  private settle(bridge: string, link: Interface): void {
    for (const subnet of link.waiting) this.addSubnet(bridge, subnet);
    link.waiting = [];
  }

  private addSubnet(bridge: string, subnet: Subnet): void {
    const known = this.subnets.some((other) => other.bridge === bridge && other.subnet.base === subnet.base);
    if (!known && this.subnets.length < MAX_RULES) this.subnets.push({ subnet, bridge });
  }

  private learnRule(event: Event): void {
    if (this.rules.length >= MAX_RULES) return;
    const rule = parseNatRule(event);
    if (rule !== undefined && !this.rules.some((known) => isSameRule(known, rule))) this.rules.push(rule);
  }

  private setMaster(port: string, bridge: string): void {
    const link = this.link(port);
    if (link !== undefined) link.master = bridge;
    if (this.masters.has(bridge) || this.masters.size >= MAX_INTERFACES) return;
    this.masters.add(bridge);
    const known = this.interfaces.get(bridge);
    if (known !== undefined) this.settle(bridge, known);
  }

  private link(name: string): Interface | undefined {
    let link = this.interfaces.get(name);
    if (link === undefined && this.interfaces.size < MAX_INTERFACES) {
      link = { kind: undefined, master: undefined, waiting: [] };
      this.interfaces.set(name, link);
    }
    return link;
  }
}
