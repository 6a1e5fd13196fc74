import type { Fields } from "../../model/event.js";
import { datagramFields, icmpFields, packetFields, segmentFields } from "../packet/fields.js";
import type { Seen } from "../packet/frame.js";
import { transportName } from "../packet/icmp.js";
import { icmpName } from "../packet/icmp-names.js";
import { flagText } from "../packet/transport.js";
import type { Dissection } from "./dissection.js";
import { dnsOf } from "./dns.js";

/** Packet types of the cooked header (linux/if_packet.h) as tcpdump's column shows them. */
const DIRECTIONS = ["In", "B", "M", "P", "Out"];

/** IPv6 extension headers (RFC 8200). */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 44, 51, 60, 135]);

/**
 * The packet event that tshark's dissection stands for, with the fields that the packet's own bytes would have given
 * (docs/FIELDS.md), as far as the output shows them. `undefined` for what is no packet of ours.
 */
export function dissectedPacket(d: Dissection): { action: string; fields: Fields } | undefined {
  const seen = seenOf(d);
  if (seen === undefined) return arpOf(d);
  const v6 = seen.networkType === "ipv6";
  const icmp = v6 ? "icmpv6" : "icmp";
  if (d.number(`${icmp}_type`) !== undefined)
    return { action: "icmp.message", fields: icmpFields(seen, v6, icmpOf(d, v6)) };
  const protocol = protocolOf(d, v6);
  const other = () => ({
    action: "ip.packet",
    fields: packetFields(
      seen,
      protocol === undefined ? undefined : transportName(protocol),
      protocol,
      undefined,
    ),
  });
  // Two addresses are a tunnel's, or those of a packet that an ICMP error quotes: what follows them is not this packet's.
  if (new Set(d.all(v6 ? "ipv6_src" : "ip_src")).size > 1 || (d.number("ip_frag_offset") ?? 0) > 0)
    return other();
  const tcp = d.text("tcp_srcport") !== undefined;
  const layer = tcp ? "tcp" : "udp";
  const source = d.number(`${layer}_srcport`);
  const destination = d.number(`${layer}_dstport`);
  const dns = dnsOf(d, seen, layer, source, destination);
  if (dns) return dns;
  if (tcp) return { action: "tcp.segment", fields: segmentOf(d, seen, source, destination) };
  if (source === undefined && destination === undefined) return other();
  const length = d.number("udp_length");
  const bytes = length === undefined ? undefined : length - 8;
  return { action: "udp.datagram", fields: datagramFields(seen, source, destination, bytes) };
}

/** Behind a fragment header (44) IPv6 names the protocol again; other extension headers leave it open. */
function protocolOf(d: Dissection, v6: boolean): number | undefined {
  const protocol = d.number(v6 ? "ipv6_nxt" : "ip_proto");
  if (!v6 || protocol === undefined) return protocol;
  return EXTENSIONS.has(protocol) ? d.number("ipv6_fraghdr_nxt") : protocol;
}

function seenOf(d: Dissection): Seen | undefined {
  const v6 = d.text("ip_src") === undefined && d.text("ipv6_src") !== undefined;
  const ip = v6 ? "ipv6" : "ip";
  const sourceIp = d.text(`${ip}_src`);
  const destinationIp = d.text(`${ip}_dst`);
  if (sourceIp === undefined && destinationIp === undefined) return undefined;
  const payload = v6 ? d.number("ipv6_plen") : undefined;
  return {
    networkType: v6 ? "ipv6" : "ipv4",
    ...linkOf(d),
    sourceIp,
    destinationIp,
    ipBytes: v6 ? (payload === undefined ? undefined : payload + 40) : d.number("ip_len"),
    ttl: d.number(v6 ? "ipv6_hlim" : "ip_ttl"),
    ipId: v6 ? undefined : d.number("ip_id"),
  };
}

function linkOf(d: Dissection) {
  const name = d.text("frame_interface_name");
  return {
    sourceMac: d.text("eth_src") ?? d.text("sll_src_eth"),
    destinationMac: d.text("eth_dst"),
    // "any" is all of them.
    interfaceName: name === "any" ? undefined : name,
    interfaceId: d.number("sll_ifindex"),
    direction: DIRECTIONS[d.number("sll_pkttype") ?? -1],
  };
}

function segmentOf(
  d: Dissection,
  seen: Seen,
  source: number | undefined,
  destination: number | undefined,
): Fields {
  const flags = d.number("tcp_flags");
  const hasAck = flags === undefined || (flags & 0x10) !== 0;
  return segmentFields(
    seen,
    source,
    destination,
    flags === undefined ? undefined : flagText(flags),
    // Without the raw one, tshark counts from the connection's first number.
    d.number("tcp_seq_raw") ?? d.number("tcp_seq"),
    hasAck ? (d.number("tcp_ack_raw") ?? d.number("tcp_ack")) : undefined,
    d.number("tcp_len"),
  );
}

function icmpOf(d: Dissection, v6: boolean) {
  const layer = v6 ? "icmpv6" : "icmp";
  const type = d.number(`${layer}_type`)!;
  const code = d.number(`${layer}_code`);
  const ip = v6 ? "ipv6" : "ip";
  const error = v6 ? type < 128 : type === 3 || type === 4 || type === 5 || type === 11 || type === 12;
  const quoted = error && d.text(`${ip}_src`, 1) !== undefined;
  const echo = v6 ? type === 128 || type === 129 : type === 0 || type === 8;
  const port = (way: string) => d.number(`udp_${way}port`) ?? d.number(`tcp_${way}port`);
  const protocol = d.number(v6 ? "ipv6_nxt" : "ip_proto", 1);
  const transport = protocol === undefined ? undefined : transportName(protocol);
  return {
    type,
    code,
    // Without its code an error is just that.
    name: icmpName(type, code ?? 255, v6, quoted ? transport : undefined),
    id: echo ? d.number(v6 ? "icmpv6_echo_identifier" : "icmp_ident") : undefined,
    seq: echo ? d.number(v6 ? "icmpv6_echo_sequence_number" : "icmp_seq") : undefined,
    mtu: d.number(`${layer}_mtu`) || undefined,
    original: quoted
      ? {
          sourceIp: d.text(`${ip}_src`, 1),
          sourcePort: port("src"),
          destinationIp: d.text(`${ip}_dst`, 1),
          destinationPort: port("dst"),
          transport,
        }
      : undefined,
  };
}

function arpOf(d: Dissection): { action: string; fields: Fields } | undefined {
  const operation = d.number("arp_opcode");
  if (operation !== 1 && operation !== 2) return undefined;
  const { sourceMac, destinationMac, interfaceName, interfaceId, direction } = linkOf(d);
  return {
    action: operation === 1 ? "arp.request" : "arp.reply",
    fields: {
      "network.type": "arp",
      "source.mac": sourceMac,
      "destination.mac": destinationMac,
      "interface.name": interfaceName,
      "interface.id": interfaceId,
      "packet.direction": direction,
      "arp.sender.ip": d.text("arp_src_proto_ipv4"),
      "arp.sender.mac": d.text("arp_src_hw_mac"),
      "arp.target.ip": d.text("arp_dst_proto_ipv4"),
    },
  };
}
