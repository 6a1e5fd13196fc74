import { macAt } from "./address.js";
import type { Frame } from "./frame.js";

const DATA = 2;
const HEADER = 24;
const PRISM_HEADER = 144;

/** LINKTYPE_IEEE802_11_RADIOTAP: its own length at offset 2, little-endian (radiotap.org). */
export function readRadiotap(frame: Frame): boolean {
  if (frame.at + 4 > frame.end) return false;
  frame.at += frame.bytes[frame.at + 2]! | (frame.bytes[frame.at + 3]! << 8);
  return readWireless(frame);
}

/** LINKTYPE_IEEE802_11_PRISM and _AVS: AVS says its length, Prism has always the same. */
export function readPrism(frame: Frame): boolean {
  if (frame.at + 8 > frame.end) return false;
  const isAvs = (frame.u32(frame.at) & 0xfffff000) >>> 0 === 0x80211000;
  frame.at += isAvs ? frame.u32(frame.at + 4) : PRISM_HEADER;
  return readWireless(frame);
}

/**
 * LINKTYPE_IEEE802_11 (IEEE 802.11, 9.2 and 9.3): only data frames carry packets, behind LLC and SNAP; what is encrypted, and all that manages the network,
 * is foreign. Gives false when the captured bytes end inside the header.
 */
export function readWireless(frame: Frame): boolean {
  const { bytes, at, end } = frame;
  frame.etherType = 0;
  if (at + 2 > end) return false;
  const [first, flags] = [bytes[at]!, bytes[at + 1]!];
  const isQos = (first & 0x80) !== 0;
  const [isNull, isProtected] = [(first & 0x40) !== 0, (flags & 0x40) !== 0];
  if (((first >>> 2) & 3) !== DATA || isNull || isProtected) return true;
  const [toDs, fromDs] = [(flags & 1) !== 0, (flags & 2) !== 0];
  const relayed = toDs && fromDs;
  const header = HEADER + (relayed ? 6 : 0) + (isQos ? 2 : 0) + (isQos && (flags & 0x80) !== 0 ? 4 : 0);
  if (at + header + 8 > end) return false;
  // Which of the addresses are the packet's own depends on the way through the access point.
  frame.destinationMac = macAt(bytes, at + (toDs ? 16 : 4));
  frame.sourceMac = macAt(bytes, at + (relayed ? 24 : fromDs ? 16 : 10));
  const isSnap = frame.u16(at + header) === 0xaaaa && bytes[at + header + 2] === 0x03;
  if (isSnap) frame.etherType = frame.u16(at + header + 6);
  frame.at = at + header + 8;
  return true;
}
