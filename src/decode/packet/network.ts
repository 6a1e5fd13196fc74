import { ipv4At, ipv6At } from "./address.js";
import type { Frame } from "./frame.js";

export const PROTOCOL = { ICMP: 1, TCP: 6, UDP: 17, ICMPV6: 58 } as const;

/**
 * Reads the IPv4 header at `frame.at` (RFC 791): sets addresses, lengths, `protocol`, and moves `at` to the
 * payload and `end` to its end. Gives false when it is none, or the captured bytes end inside it.
 */
export function readIpv4(frame: Frame): boolean {
  const { bytes, at } = frame;
  if (at + 20 > frame.end || bytes[at]! >>> 4 !== 4) return false;
  const header = (bytes[at]! & 15) * 4;
  if (header < 20 || at + header > frame.end) return false;
  let total = frame.u16(at + 2);
  // Segmentation offload leaves the length 0 in packets captured before they are cut to size.
  if (total === 0) total = frame.end - at;
  if (total < header) return false;
  frame.networkType = "ipv4";
  frame.ipBytes = total;
  frame.ipId = frame.u16(at + 4);
  const fragment = frame.u16(at + 6);
  frame.fragmentOffset = (fragment & 0x1fff) * 8;
  frame.moreFragments = (fragment & 0x2000) !== 0;
  frame.ttl = bytes[at + 8]!;
  frame.protocol = bytes[at + 9]!;
  frame.sourceIp = ipv4At(bytes, at + 12);
  frame.destinationIp = ipv4At(bytes, at + 16);
  enterPayload(frame, at + header, at + total);
  return true;
}

/** Extension headers that may stand before the payload (RFC 8200, 4). */
const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
const AUTHENTICATION = 51;
const DESTINATION_OPTIONS = 60;
const MOBILITY = 135;
const MAX_EXTENSIONS = 16;

/** Reads the IPv6 header at `frame.at` and its extension headers; as `readIpv4`. */
export function readIpv6(frame: Frame): boolean {
  const { bytes, at } = frame;
  if (at + 40 > frame.end || bytes[at]! >>> 4 !== 6) return false;
  const length = frame.u16(at + 4);
  const total = length === 0 ? frame.end - at : length + 40;
  frame.networkType = "ipv6";
  frame.ipBytes = total;
  frame.ttl = bytes[at + 7]!;
  frame.protocol = bytes[at + 6]!;
  frame.sourceIp = ipv6At(bytes, at + 8);
  frame.destinationIp = ipv6At(bytes, at + 24);
  enterPayload(frame, at + 40, at + total);
  skipExtensions(frame);
  return true;
}

function enterPayload(frame: Frame, from: number, to: number): void {
  frame.at = from;
  frame.payloadBytes = to - from;
  if (to <= frame.end) {
    // Behind the packet come Ethernet padding and checksum: the packet itself is whole.
    frame.end = to;
    frame.cut = false;
  } else {
    frame.cut = true;
  }
}

/** Moves to the payload behind the extension headers; stops where they are cut off. */
function skipExtensions(frame: Frame): void {
  const { bytes } = frame;
  for (let i = 0; i < MAX_EXTENSIONS; i++) {
    const kind = frame.protocol;
    const known =
      kind === HOP_BY_HOP ||
      kind === ROUTING ||
      kind === FRAGMENT ||
      kind === AUTHENTICATION ||
      kind === DESTINATION_OPTIONS ||
      kind === MOBILITY;
    if (!known || frame.at + 8 > frame.end) return;
    const field = bytes[frame.at + 1]!;
    const size = kind === FRAGMENT ? 8 : kind === AUTHENTICATION ? (field + 2) * 4 : (field + 1) * 8;
    if (kind === FRAGMENT) {
      const word = frame.u16(frame.at + 2);
      frame.fragmentOffset = word & 0xfff8;
      frame.moreFragments = (word & 1) !== 0;
    }
    if (frame.at + size > frame.end) return;
    frame.protocol = bytes[frame.at]!;
    frame.at += size;
    frame.payloadBytes -= size;
    if (frame.fragmentOffset > 0) return;
  }
}
