import { macAt } from "./address.js";
import { ETHERTYPE_MPLS, ETHERTYPE_PPPOE } from "./ethertypes.js";
import type { Frame } from "./frame.js";
import { readNflog } from "./nflog.js";
import { readCiscoHdlc, readMpls, readPpp, readPppoe, readVersion } from "./ppp.js";
import { readPrism, readRadiotap, readWireless } from "./wireless.js";

/** Link-layer header types that are read (www.tcpdump.org/linktypes.html). */
export const LINKTYPE = {
  NULL: 0,
  ETHERNET: 1,
  PPP: 9,
  RAW_BSD: 12,
  RAW_OPENBSD: 14,
  PPP_HDLC: 50,
  PPP_ETHER: 51,
  RAW: 101,
  C_HDLC: 104,
  IEEE802_11: 105,
  LOOP: 108,
  LINUX_SLL: 113,
  PRISM: 119,
  RADIOTAP: 127,
  AVS: 163,
  PPP_PPPD: 166,
  IPV4: 228,
  IPV6: 229,
  NFLOG: 239,
  LINUX_SLL2: 276,
} as const;

const KNOWN: ReadonlySet<number> = new Set(Object.values(LINKTYPE));

/** Whether packets of this link-layer type can be decoded. */
export function isKnownLinkType(linkType: number): boolean {
  return KNOWN.has(linkType);
}

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
    case LINKTYPE.PPP:
    case LINKTYPE.PPP_HDLC:
      return readPpp(frame);
    case LINKTYPE.PPP_PPPD:
      return readPppd(frame);
    case LINKTYPE.PPP_ETHER:
      return readPppoe(frame);
    case LINKTYPE.C_HDLC:
      return readCiscoHdlc(frame);
    case LINKTYPE.IEEE802_11:
      return readWireless(frame);
    case LINKTYPE.RADIOTAP:
      return readRadiotap(frame);
    case LINKTYPE.PRISM:
    case LINKTYPE.AVS:
      return readPrism(frame);
    case LINKTYPE.NFLOG:
      return readNflog(frame);
    default:
      return readVersion(frame);
  }
}

function readEthernet(frame: Frame): boolean {
  const at = frame.at;
  if (at + 14 > frame.end) return false;
  frame.destinationMac = macAt(frame.bytes, at);
  frame.sourceMac = macAt(frame.bytes, at + 6);
  frame.etherType = frame.u16(at + 12);
  frame.at = at + 14;
  return readInside(frame);
}

/** Behind 802.1Q and 802.1ad tags (four bytes each, the next type in the last two), PPPoE and MPLS stands the packet. */
function readInside(frame: Frame): boolean {
  while (frame.etherType === 0x8100 || frame.etherType === 0x88a8 || frame.etherType === 0x9100) {
    if (frame.at + 4 > frame.end) return false;
    frame.etherType = frame.u16(frame.at + 2);
    frame.at += 4;
  }
  if (frame.etherType === ETHERTYPE_PPPOE) return readPppoe(frame);
  return frame.etherType === ETHERTYPE_MPLS ? readMpls(frame) : true;
}

/** LINKTYPE_LINUX_SLL: type, ARPHRD, address length, address (8), protocol. */
function readCooked1(frame: Frame): boolean {
  const at = frame.at;
  if (at + 16 > frame.end) return false;
  frame.direction = DIRECTIONS[frame.u16(at)];
  if (frame.u16(at + 4) === 6) frame.sourceMac = macAt(frame.bytes, at + 6);
  frame.etherType = frame.u16(at + 14);
  frame.at = at + 16;
  return readInside(frame);
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
  return readInside(frame);
}

/** LINKTYPE_NULL and LINKTYPE_LOOP: an address family of the capturing system, in its or in network byte order. */
function readLoopback(frame: Frame): boolean {
  if (frame.at + 4 > frame.end) return false;
  frame.at += 4;
  return readVersion(frame);
}

/** LINKTYPE_PPP_PPPD: in place of the address byte a direction. */
function readPppd(frame: Frame): boolean {
  if (frame.at + 4 > frame.end) return false;
  frame.direction = frame.bytes[frame.at] === 0 ? "In" : "Out";
  frame.at += frame.bytes[frame.at + 1] === 0x03 ? 2 : 1;
  return readPpp(frame);
}
