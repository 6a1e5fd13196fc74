import type { Key } from "../key.js";
import { bytes6, text6 } from "./bytes.js";
import { type Block, liesIn, PrefixMap } from "./prefix-map.js";

const block = (cidr: string): Block => {
  const [address = "", length] = cidr.split("/");
  return { prefix: bytes6(address)!, length: Number(length) };
};

/** Unique local addresses of either half (RFC 4193), and the global unicast block (RFC 4291): addresses in them stay in them. */
const OWN = ["fc00::/8", "fd00::/8", "2000::/3"].map(block);
/** What means the same everywhere: unspecified, loopback, discard (RFC 6666), documentation (RFC 3849, RFC 9637), multicast. */
const COMMON = ["::/127", "100::/64", "2001:db8::/32", "3fff::/20", "ff00::/8"].map(block);
const LINK_LOCAL = block("fe80::/10");
/** Blocks that end with an IPv4 address (RFC 4291, 2.5.5; RFC 6052). */
const EMBEDDING = ["::ffff:0:0/96", "64:ff9b::/96"].map(block);
const SOLICITED = block("ff02::1:ff00:0/104");

/** Resolvers that everybody knows (Google Public DNS, Cloudflare, Quad9, OpenDNS). */
const RESOLVERS: ReadonlySet<string> = new Set([
  ...["2001:4860:4860::8888", "2001:4860:4860::8844", "2606:4700:4700::1111", "2606:4700:4700::1001"],
  ...["2620:fe::fe", "2620:fe::9", "2620:fe::10", "2620:fe::11", "2620:119:35::35", "2620:119:53::53"],
]);

/** How the parts of IPv6 addresses are mapped that are addresses of another kind. */
export interface Parts {
  /** Are IP addresses masked? Else only what shows a hardware address is. */
  ips: boolean;
  ip4: (address: Uint8Array) => Uint8Array;
  mac: (mac: Uint8Array) => Uint8Array;
  serial: (serial: Uint8Array) => Uint8Array;
}

/** What stands for IPv6 addresses: {@link PrefixMap}, and what stands for the hardware or IPv4 address that many of them end with. */
export class Ipv6Map {
  private readonly prefixes: PrefixMap;

  constructor(
    key: Key,
    private readonly parts: Parts,
  ) {
    this.prefixes = new PrefixMap(key, {
      purpose: "ipv6",
      blocks: [...OWN, ...COMMON, ...EMBEDDING, LINK_LOCAL],
      edges: () => NO_EDGES,
    });
  }

  map(address: Uint8Array): Uint8Array {
    if (EMBEDDING.some((own) => liesIn(address, own)))
      return this.parts.ips ? joined(address.subarray(0, 12), this.parts.ip4(address.subarray(12))) : address;
    if (liesIn(address, SOLICITED))
      return joined(address.subarray(0, 13), this.parts.serial(address.subarray(13)));
    if (COMMON.some((common) => liesIn(address, common)) || RESOLVERS.has(text6(address))) return address;
    const isLocal = liesIn(address, LINK_LOCAL) || !this.parts.ips;
    if (isOfMac(address)) {
      const network = isLocal ? address : this.prefixes.map(address);
      return joined(network.subarray(0, 8), this.identifier(address.subarray(8)));
    }
    if (isLocal) return address;
    let out = this.prefixes.map(address);
    while (isOfMac(out) || RESOLVERS.has(text6(out))) out = this.prefixes.map(out);
    return out;
  }

  mapNetwork(address: Uint8Array): Uint8Array {
    return this.parts.ips && !COMMON.some((common) => liesIn(address, common)) && !liesIn(address, LINK_LOCAL)
      ? this.prefixes.map(address)
      : address;
  }

  /** An interface identifier made of a hardware address (RFC 4291, appendix A): of the address that stands for it. */
  private identifier(id: Uint8Array): Uint8Array {
    const mac = Uint8Array.from([id[0]! ^ 2, id[1]!, id[2]!, id[5]!, id[6]!, id[7]!]);
    const [a, b, c, d, e, f] = this.parts.mac(mac) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return Uint8Array.of(a ^ 2, b, c, 0xff, 0xfe, d, e, f);
  }
}

const NO_EDGES: ReadonlySet<number> = new Set();
const isOfMac = (address: Uint8Array) => address[11] === 0xff && address[12] === 0xfe;
const joined = (head: Uint8Array, tail: Uint8Array) => Uint8Array.from([...head, ...tail]);
