import { decodeArp } from "./arp.js";
import { ETHERTYPE_ARP, ETHERTYPE_IPV4, ETHERTYPE_IPV6 } from "./ethertypes.js";
import { packetFields } from "./fields.js";
import type { Frame } from "./frame.js";
import { decodeIcmp, transportName } from "./icmp.js";
import type { Wanted } from "./kinds.js";
import { readLink } from "./link.js";
import { PROTOCOL, readIpv4, readIpv6 } from "./network.js";
import { decodeTcp, decodeUdp, type Emit } from "./transport.js";

/** What became of a packet: given (or not wanted), none of our protocols, or not readable. */
export type Outcome = "parsed" | "foreign" | "unreadable";

/**
 * Decodes the packet that `frame` was started with, from its link layer up, and emits its events.
 * `foreign`: neither IP nor ARP (spanning tree, LLDP, …). `unreadable`: the headers are cut or damaged.
 */
export function decodePacket(frame: Frame, linkType: number, wanted: Wanted, emit: Emit): Outcome {
  if (!readLink(frame, linkType)) return "unreadable";
  switch (frame.etherType) {
    case ETHERTYPE_IPV4:
      return readIpv4(frame) && decodePayload(frame, wanted, emit) ? "parsed" : "unreadable";
    case ETHERTYPE_IPV6:
      return readIpv6(frame) && decodePayload(frame, wanted, emit) ? "parsed" : "unreadable";
    case ETHERTYPE_ARP:
      return decodeArp(frame, wanted, emit) ? "parsed" : "unreadable";
    default:
      return "foreign";
  }
}

function decodePayload(frame: Frame, wanted: Wanted, emit: Emit): boolean {
  if (frame.fragmentOffset > 0) return decodeOther(frame, wanted, emit);
  switch (frame.protocol) {
    case PROTOCOL.UDP:
      return decodeUdp(frame, wanted, emit) || decodeOther(frame, wanted, emit);
    case PROTOCOL.TCP:
      return decodeTcp(frame, wanted, emit) || decodeOther(frame, wanted, emit);
    case PROTOCOL.ICMP:
      if (!wanted.icmp) return true;
      return decodeIcmp(frame, false, emit) || decodeOther(frame, wanted, emit);
    case PROTOCOL.ICMPV6:
      if (!wanted.icmp) return true;
      return decodeIcmp(frame, true, emit) || decodeOther(frame, wanted, emit);
    default:
      return decodeOther(frame, wanted, emit);
  }
}

/** Another protocol, a later fragment (ports are only in the first), or a transport header that was cut. */
function decodeOther(frame: Frame, wanted: Wanted, emit: Emit): boolean {
  if (!wanted.other) return true;
  const offset = frame.fragmentOffset > 0 || frame.moreFragments ? frame.fragmentOffset : undefined;
  emit("ip.packet", packetFields(frame, transportName(frame.protocol), frame.protocol, offset));
  return true;
}
