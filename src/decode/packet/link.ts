import { macAt } from "./address.js";
import type { Frame } from "./frame.js";

/** Link-layer header types that are read (www.tcpdump.org/linktypes.html). */
export const LINKTYPE = {
  NULL: 0,
  ETHERNET: 1,
  RAW_BSD: 12,
  RAW_OPENBSD: 14,
  RAW: 101,
  LOOP: 108,
  LINUX_SLL: 113,
  IPV4: 228,
  IPV6: 229,
  LINUX_SLL2: 276,
} as const;

const KNOWN: ReadonlySet<number> = new Set(Object.values(LINKTYPE));

/** Whether packets of this link-layer type can be decoded. */
export function isKnownLinkType(linkType: number): boolean {
  return KNOWN.has(linkType);
}

export const ETHERTYPE_IPV4 = 0x0800;
export const ETHERTYPE_ARP = 0x0806;
export const ETHERTYPE_IPV6 = 0x86dd;

/** `sll_pkttype` of a cooked header in tcpdump's words (print-sll.c). */
const DIRECTIONS = ["In", "B", "M", "P", "Out"];

/**
 * Reads the link-layer header at `frame.at`: sets `etherType`, what is known of addresses, interface and
 * direction, and moves `at` behind it. Gives false when the captured bytes end inside it.
 */
export function readLink(frame: Frame, linkType: number): boolean {
  switch (linkType) {
    case LINKTYPE.ETHERNET:
      return readEthernet(frame);
    case LINKTYPE.LINUX_SLL:
      return readCooked1(frame);
    case LINKTYPE.LINUX_SLL2:
      return readCooked2(frame);
    case LINKTYPE.NULL:
    case LINKTYPE.LOOP:
      return readLoopback(frame);
    default:
      return readRaw(frame);
  }
}

function readEthernet(frame: Frame): boolean {
  const at = frame.at;
  if (at + 14 > frame.end) return false;
  frame.destinationMac = macAt(frame.bytes, at);
  frame.sourceMac = macAt(frame.bytes, at + 6);
  frame.etherType = frame.u16(at + 12);
  frame.at = at + 14;
  return skipVlanTags(frame);
}

/** 802.1Q and 802.1ad tags: four bytes each, the next type in the last two. */
function skipVlanTags(frame: Frame): boolean {
  while (frame.etherType === 0x8100 || frame.etherType === 0x88a8 || frame.etherType === 0x9100) {
    if (frame.at + 4 > frame.end) return false;
    frame.etherType = frame.u16(frame.at + 2);
    frame.at += 4;
  }
  return true;
}

/** LINKTYPE_LINUX_SLL: type, ARPHRD, address length, address (8), protocol. */
function readCooked1(frame: Frame): boolean {
  const at = frame.at;
  if (at + 16 > frame.end) return false;
  frame.direction = DIRECTIONS[frame.u16(at)];
  if (frame.u16(at + 4) === 6) frame.sourceMac = macAt(frame.bytes, at + 6);
  frame.etherType = frame.u16(at + 14);
  frame.at = at + 16;
  return skipVlanTags(frame);
}

/** LINKTYPE_LINUX_SLL2: protocol, reserved, ifindex, ARPHRD, type, address length, address (8). */
function readCooked2(frame: Frame): boolean {
  const at = frame.at;
  if (at + 20 > frame.end) return false;
  frame.etherType = frame.u16(at);
  frame.interfaceId = frame.u32(at + 4);
  frame.direction = DIRECTIONS[frame.bytes[at + 10]!];
  if (frame.bytes[at + 11] === 6) frame.sourceMac = macAt(frame.bytes, at + 12);
  frame.at = at + 20;
  return skipVlanTags(frame);
}

/** LINKTYPE_NULL and LINKTYPE_LOOP: an address family of the capturing system, in its or in network byte order. */
function readLoopback(frame: Frame): boolean {
  if (frame.at + 4 > frame.end) return false;
  frame.at += 4;
  return readRaw(frame);
}

function readRaw(frame: Frame): boolean {
  if (frame.at >= frame.end) return false;
  const version = frame.bytes[frame.at]! >>> 4;
  frame.etherType = version === 4 ? ETHERTYPE_IPV4 : version === 6 ? ETHERTYPE_IPV6 : 0;
  return true;
}
