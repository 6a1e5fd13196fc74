import type { Key } from "../key.js";

/** A block of addresses that is mapped onto itself: its first `length` bits, as bytes. */
export interface Block {
  prefix: Uint8Array;
  length: number;
}

export interface PrefixMapOptions {
  /** Of the key, so that maps of one key differ. */
  purpose: string;
  /** Blocks whose addresses stay within them: private ones stay private, and all others public. */
  blocks: readonly Block[];
  /** Octets (by index, of this address) whose 0 and 255 stay: networks and broadcasts look like such. */
  edges: (address: Uint8Array) => ReadonlySet<number>;
}

const MOST_DIGESTS = 1 << 14;

/**
 * Maps addresses one to one, so that two that share their first n bits share the first n bits of what stands for them, and no more:
 * subnets stay subnets. Each bit is flipped or not by a keyed function of the bits before it (Xu, Fan, Ammar and Moon,
 * "Prefix-Preserving IP Address Anonymization", ICNP 2002, known as Crypto-PAn). Here one digest decides for a whole octet: it has a bit
 * for each of the 255 nodes of the tree of its bits.
 */
export class PrefixMap {
  private readonly digests = new Map<string, Buffer>();
  /** Beginnings of the blocks, by `bits so far:value`: below them nothing is flipped, or addresses would leave their block. */
  private readonly ways = new Set<string>();

  constructor(
    private readonly key: Key,
    private readonly options: PrefixMapOptions,
  ) {
    for (const { prefix, length } of options.blocks)
      for (let bits = 0; bits < length; bits++) this.ways.add(wayOf(prefix, bits));
  }

  map(address: Uint8Array): Uint8Array {
    const out = new Uint8Array(address.length);
    const edges = this.options.edges(address);
    for (let i = 0; i < address.length; i++) {
      const digest = this.digestBelow(address.subarray(0, i));
      const octet = address[i]!;
      let node = 1;
      for (let depth = 0; depth < 8; depth++) {
        const bit = (octet >> (7 - depth)) & 1;
        const flips = (digest[node >> 3]! >> (node & 7)) & 1;
        const isEdge = edges.has(i) && (node === 1 << depth || node === (2 << depth) - 1);
        const stays = isEdge || this.ways.has(wayOf(address, i * 8 + depth));
        out[i] = (out[i]! << 1) | (bit ^ (stays ? 0 : flips));
        node = node * 2 + bit;
      }
    }
    return out;
  }

  private digestBelow(prefix: Uint8Array): Buffer {
    const name = prefix.join(".");
    let digest = this.digests.get(name);
    if (digest === undefined) {
      if (this.digests.size >= MOST_DIGESTS) this.digests.clear();
      digest = this.key.digest(this.options.purpose, name);
      this.digests.set(name, digest);
    }
    return digest;
  }
}

/** Names the first `bits` bits of an address. */
function wayOf(address: Uint8Array, bits: number): string {
  const whole = bits >> 3;
  const rest = bits & 7;
  const last = rest === 0 ? "" : `/${address[whole]! >> (8 - rest)}`;
  return `${bits}:${address.subarray(0, whole).join(".")}${last}`;
}

/** Does the address lie in the block? */
export function liesIn(address: Uint8Array, { prefix, length }: Block): boolean {
  const whole = length >> 3;
  for (let i = 0; i < whole; i++) if (address[i] !== prefix[i]) return false;
  const rest = length & 7;
  return rest === 0 || (address[whole]! ^ prefix[whole]!) >> (8 - rest) === 0;
}
