import type { Key } from "../key.js";
import { permuteNumber } from "./permute.js";

/** What a hardware address depends on beside the key. */
export interface MacOptions {
  /** Are hardware addresses masked? */
  macs: boolean;
  /** Maps the IPv4 address in one that docker made of it; absent: those addresses are shown. */
  ip4?: ((address: Uint8Array) => Uint8Array) | undefined;
}

/**
 * What stands for hardware addresses. Vendor and serial part are mapped by themselves, so that two cards of one vendor still are, and
 * the bits that tell groups from single stations and local from assigned addresses stay (IEEE 802, 8.2). Docker makes addresses of
 * 02:42 and the container's IPv4 address (libnetwork, netutils, GenerateMACFromIP): they stay made of it.
 */
export class MacMap {
  constructor(
    private readonly key: Key,
    private readonly options: MacOptions,
  ) {}

  map(mac: Uint8Array): Uint8Array {
    const { macs, ip4 } = this.options;
    if (isOfDocker(mac)) return ip4 ? Uint8Array.from([2, 0x42, ...ip4(mac.subarray(2))]) : mac;
    if ((mac[0]! & 1) === 1) return macs || ip4 ? this.mapGroup(mac) : mac;
    if (!macs || isCommon(mac)) return mac;
    return Uint8Array.from([...this.mapVendor(mac), ...this.mapSerial(mac.subarray(3))]);
  }

  /** The last three bytes, which IPv6's solicited-node addresses repeat. */
  mapSerial(serial: Uint8Array): Uint8Array {
    const value = (serial[0]! << 16) | (serial[1]! << 8) | serial[2]!;
    const out = permuteNumber(this.key, "mac.serial", value, 24);
    return Uint8Array.of(out >> 16, (out >> 8) & 255, out & 255);
  }

  private mapVendor(mac: Uint8Array): Uint8Array {
    const kept = mac[0]! & 3;
    let value = ((mac[0]! >> 2) << 16) | (mac[1]! << 8) | mac[2]!;
    let out: Uint8Array;
    do {
      value = permuteNumber(this.key, `mac.vendor.${kept}`, value, 22);
      out = Uint8Array.of(((value >> 16) << 2) | kept, (value >> 8) & 255, value & 255);
    } while (isOfDocker(out) || isCommon(out));
    return out;
  }

  /** Groups mean the same everywhere, but for those of a solicited node (RFC 4291, 2.7.1; RFC 2464, 7). */
  private mapGroup(mac: Uint8Array): Uint8Array {
    if (mac[0] !== 0x33 || mac[1] !== 0x33 || mac[2] !== 0xff) return mac;
    return Uint8Array.from([0x33, 0x33, 0xff, ...this.mapSerial(mac.subarray(3))]);
  }
}

const isOfDocker = (mac: Uint8Array) => mac[0] === 2 && mac[1] === 0x42;

/** No address at all, or one of a protocol (00:00:5e, IANA): of VRRP, say. */
const isCommon = (mac: Uint8Array) =>
  mac[0] === 0 && mac[1] === 0 && (mac[2] === 0x5e || (mac[2] === 0 && mac.every((octet) => octet === 0)));
