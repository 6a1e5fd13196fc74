import { isWellKnownResolver, lookalikeOf } from "../../timeline/topology/lookalike.js";
import type { Key } from "../key.js";
import { bytes4, text4 } from "./bytes.js";
import { type Block, liesIn, PrefixMap } from "./prefix-map.js";

const block = (cidr: string): Block => {
  const [address = "", length] = cidr.split("/");
  return { prefix: bytes4(address)!, length: Number(length) };
};

/** Blocks that stay themselves, and whose addresses get others in them (RFC 1918, RFC 6598). */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(block);
/**
 * Addresses that mean the same everywhere (RFC 6890): this network, loopback, link-local, protocol assignments, documentation,
 * benchmarks, multicast, reserved, broadcast.
 */
const COMMON = [
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "198.18.0.0/15",
  "224.0.0.0/4",
  "240.0.0.0/4",
].map(block);

const HOST_OCTET: ReadonlySet<number> = new Set([3]);
const PRIVATE_OCTETS: ReadonlySet<number> = new Set([2, 3]);

/** Does the address mean the same everywhere, or is it, or looks it like, a resolver that everybody knows, and may so be the cause? */
function stays(address: Uint8Array): boolean {
  if (COMMON.some((common) => liesIn(address, common))) return true;
  const text = text4(address);
  return isWellKnownResolver(text) || lookalikeOf(text) !== undefined;
}

/** What stands for IPv4 addresses: {@link PrefixMap}, one to one, with exceptions that stay as they are. */
export class Ipv4Map {
  private readonly prefixes: PrefixMap;

  constructor(key: Key) {
    this.prefixes = new PrefixMap(key, {
      purpose: "ipv4",
      blocks: [...PRIVATE, ...COMMON],
      edges: (address) => (PRIVATE.some((own) => liesIn(address, own)) ? PRIVATE_OCTETS : HOST_OCTET),
    });
  }

  map(address: Uint8Array): Uint8Array {
    if (stays(address)) return address;
    // What would stand for an address that stays goes round once more: so nothing gets an address that has a meaning.
    let out = this.prefixes.map(address);
    while (stays(out)) out = this.prefixes.map(out);
    return out;
  }

  /** The network part alone: what stands for a network has no bits behind its length either. */
  mapNetwork(address: Uint8Array): Uint8Array {
    return COMMON.some((common) => liesIn(address, common)) ? address : this.prefixes.map(address);
  }
}
