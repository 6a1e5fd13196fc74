import type { Key } from "../key.js";
import type { Kinds } from "../kinds.js";
import { bytes4, bytes6, networkOf, text4, text6 } from "./bytes.js";
import { Ipv4Map } from "./ipv4.js";
import { Ipv6Map } from "./ipv6.js";
import { MacMap } from "./mac.js";

/** Results are kept: evidence names few addresses, and each of them often. */
const MOST_KEPT = 1 << 16;

/** What stands for addresses of all kinds, as texts and as bytes. What is not masked is given back as it is. */
export class Addresses {
  private readonly ips: boolean;
  private readonly v4: Ipv4Map;
  private readonly v6: Ipv6Map;
  private readonly macs: MacMap;
  private readonly kept = new Map<string, string>();

  constructor(key: Key, kinds: Kinds) {
    this.ips = kinds.has("ip");
    this.v4 = new Ipv4Map(key);
    this.macs = new MacMap(key, {
      macs: kinds.has("mac"),
      ip4: this.ips ? (address) => this.v4.map(address) : undefined,
    });
    // An identifier made of a hardware address shows it: it is masked with either kind.
    const identifiers = new MacMap(key, {
      macs: kinds.has("mac") || this.ips,
      ip4: this.ips ? (address) => this.v4.map(address) : undefined,
    });
    const isMasked = kinds.has("mac") || this.ips;
    this.v6 = new Ipv6Map(key, {
      ips: this.ips,
      ip4: (address) => this.v4.map(address),
      mac: (mac) => (isMasked ? identifiers.map(mac) : mac),
      serial: (serial) => (isMasked ? this.macs.mapSerial(serial) : serial),
    });
  }

  /** @param length of the network's prefix, where one is written behind the address */
  ip4(text: string, length?: number): string {
    const bytes = this.ips ? bytes4(text) : undefined;
    return bytes === undefined
      ? text
      : this.remember(`${text}/${length}`, () => text4(this.within(bytes, length)));
  }

  ip6(text: string, length?: number): string {
    const bytes = bytes6(text);
    if (bytes === undefined) return text;
    const out = this.remember(`${text}/${length}`, () => text6(this.within(bytes, length)));
    return out === text6(bytes) ? text : out;
  }

  /** The bytes of an IPv4 or IPv6 address. */
  ip(bytes: Uint8Array): Uint8Array {
    if (bytes.length === 16) return this.v6.map(bytes);
    return this.ips ? this.v4.map(bytes) : bytes;
  }

  mac(bytes: Uint8Array): Uint8Array {
    return this.macs.map(bytes);
  }

  /** What is written with a length and has no bits behind it is a network, else a station in one. */
  private within(bytes: Uint8Array, length: number | undefined): Uint8Array {
    const network = length === undefined ? bytes : networkOf(bytes, length);
    if (length === undefined || length >= bytes.length * 8 || network.some((octet, i) => octet !== bytes[i]))
      return this.ip(bytes);
    const map = bytes.length === 16 ? this.v6 : this.v4;
    return networkOf(map.mapNetwork(bytes), length);
  }

  private remember(name: string, make: () => string): string {
    let known = this.kept.get(name);
    if (known === undefined) {
      if (this.kept.size >= MOST_KEPT) this.kept.clear();
      this.kept.set(name, (known = make()));
    }
    return known;
  }
}
