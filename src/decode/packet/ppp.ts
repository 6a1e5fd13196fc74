import { ETHERTYPE_IPV4, ETHERTYPE_IPV6 } from "./ethertypes.js";
import type { Frame } from "./frame.js";

/** PPP's numbers of what it carries (RFC 1661, IANA "PPP numbers"), and Ethernet's for the same. */
const CARRIED: Record<number, number> = { 33: ETHERTYPE_IPV4, 87: ETHERTYPE_IPV6 };
const PPPOE_HEADER = 6;
const MPLS_LABEL = 4;

/**
 * PPP at `frame.at`, with or without the address and control bytes of HDLC in front (LINKTYPE_PPP, _PPP_HDLC). What it carries beside IP
 * is foreign. Gives false when the captured bytes end inside the header.
 */
export function readPpp(frame: Frame): boolean {
  const { bytes } = frame;
  if (frame.at + 4 > frame.end) return false;
  if (bytes[frame.at] === 0xff && bytes[frame.at + 1] === 0x03) frame.at += 2;
  // Cisco's HDLC on the same link type begins with 0f or 8f.
  else if ((bytes[frame.at]! & 0x7f) === 0x0f) return readCiscoHdlc(frame);
  // Numbers below 0x100 may be compressed to their odd byte.
  const isShort = (bytes[frame.at]! & 1) === 1;
  const protocol = isShort ? bytes[frame.at]! : frame.u16(frame.at);
  frame.at += isShort ? 1 : 2;
  frame.etherType = CARRIED[protocol] ?? 0;
  return true;
}

/** LINKTYPE_C_HDLC: address, control, EtherType. */
export function readCiscoHdlc(frame: Frame): boolean {
  if (frame.at + 4 > frame.end) return false;
  frame.etherType = frame.u16(frame.at + 2);
  frame.at += 4;
  return true;
}

/** PPPoE (RFC 2516): its header, then PPP. Discovery and other codes than a session's carry no packets. */
export function readPppoe(frame: Frame): boolean {
  if (frame.at + PPPOE_HEADER > frame.end) return false;
  const isSession = frame.bytes[frame.at + 1] === 0;
  frame.at += PPPOE_HEADER;
  frame.etherType = 0;
  return isSession ? readPpp(frame) : true;
}

/** MPLS (RFC 3032): labels to the bottom of the stack, then a packet that only its first bits name. */
export function readMpls(frame: Frame): boolean {
  for (;;) {
    if (frame.at + MPLS_LABEL >= frame.end) return false;
    const isBottom = (frame.bytes[frame.at + 2]! & 1) === 1;
    frame.at += MPLS_LABEL;
    if (isBottom) return readVersion(frame);
  }
}

/** A packet without a link layer: its version tells what it is. */
export function readVersion(frame: Frame): boolean {
  if (frame.at >= frame.end) return false;
  const version = frame.bytes[frame.at]! >>> 4;
  frame.etherType = version === 4 ? ETHERTYPE_IPV4 : version === 6 ? ETHERTYPE_IPV6 : 0;
  return true;
}
