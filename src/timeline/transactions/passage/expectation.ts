import {
  formatSubnet,
  isPrivate,
  isSpecial,
  maskTo,
  parseIPv4,
  type Subnet,
} from "../../topology/addresses.js";
import type { Topology } from "../../topology/topology.js";

const MAX_SUBNETS = 2000;
const MAX_DESTINATIONS = 256;

interface Known {
  count: number;
  to: string;
  /** /24s that packets were seen translated to. */
  destinations: Set<number>;
  public: boolean;
}

/**
 * Whether a packet of a container should leave with the host's address. Known from other packets of its subnet that
 * did, or from a rule; a routed network, in which nothing is ever translated, gives no expectation.
 */
export class NatExpectation {
  /** Anything learned since this was last set to false. */
  changed = false;
  private readonly subnets = new Map<string, Known>();
  private readonly hosts = new Set<number>();

  constructor(private readonly topology: Topology) {}

  /** The subnet that an address belongs to: a bridge's when known, else docker's /16s and /24 for the rest. */
  subnetOf(address: number): Subnet {
    const known = this.topology.behind(address);
    if (known !== undefined) return known.subnet;
    const bits = address >= 0xac100000 && address < 0xac200000 ? 16 : 24;
    return { base: maskTo(address, bits), bits };
  }

  /** Takes note that a packet from `source` left for `destination` with the address `to`. */
  learn(source: number, destination: number, to: string): void {
    const key = formatSubnet(this.subnetOf(source));
    const host = parseIPv4(to);
    if (host !== undefined && this.hosts.size < MAX_SUBNETS) this.hosts.add(host);
    let known = this.subnets.get(key);
    if (known === undefined) {
      if (this.subnets.size >= MAX_SUBNETS) return;
      known = { count: 0, to, destinations: new Set(), public: false };
      this.subnets.set(key, known);
      this.changed = true;
    }
    known.count++;
    if (!isPrivate(destination)) {
      if (!known.public) this.changed = true;
      known.public = true;
    } else if (
      known.destinations.size < MAX_DESTINATIONS &&
      !known.destinations.has(maskTo(destination, 24))
    ) {
      known.destinations.add(maskTo(destination, 24));
      this.changed = true;
    }
  }

  /** Whether the packet could be one that is translated at all: it leaves the host, and its own network. */
  isOutbound(source: number, destination: number): boolean {
    if (!isPrivate(source) || isSpecial(destination)) return false;
    // It goes on to a pod under that one's address, and what becomes of it there is told of that.
    if (this.topology.isService(destination)) return false;
    const { base, bits } = this.subnetOf(source);
    if (maskTo(destination, bits) === base || maskTo(source, bits) !== base) return false;
    if (this.hosts.has(source) || this.hosts.has(destination)) return false;
    // Between two bridges of one host docker drops by design; to and from the host itself there is nothing to translate.
    return (
      !this.topology.isOwn(source) &&
      !this.topology.isOwn(destination) &&
      this.topology.behind(destination) === undefined
    );
  }

  /** Why the packet should be translated, in words; `undefined` when nothing says so. */
  basis(source: number, destination: number): string | undefined {
    if (!this.isOutbound(source, destination)) return undefined;
    const subnet = formatSubnet(this.subnetOf(source));
    const known = this.subnets.get(subnet);
    if (known !== undefined) {
      const near = isPrivate(destination) ? known.destinations.has(maskTo(destination, 24)) : known.public;
      if (near) return `other packets of ${subnet} left as ${known.to}`;
    }
    const rule = this.topology.translationRule(source, destination);
    return rule === undefined ? undefined : `rule: ${rule.text}`;
  }
}
