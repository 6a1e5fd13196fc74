import type { Fields } from "../../model/event.js";
import type { Seen } from "./frame.js";
import type { CaptureNote } from "./framer.js";

// One literal per kind of event, each of one fixed shape: V8 makes them fast and small. docs/FIELDS.md names the fields.

/** Fields of a `udp.datagram`; `bytes` is its payload's length on the wire. */
export function datagramFields(
  seen: Seen,
  sourcePort: number | undefined,
  destinationPort: number | undefined,
  bytes: number | undefined,
): Fields {
  return {
    "network.type": seen.networkType,
    "network.transport": "udp",
    "source.ip": seen.sourceIp,
    "source.port": sourcePort,
    "source.mac": seen.sourceMac,
    "destination.ip": seen.destinationIp,
    "destination.port": destinationPort,
    "destination.mac": seen.destinationMac,
    "network.bytes": seen.ipBytes,
    "interface.name": seen.interfaceName,
    "interface.id": seen.interfaceId,
    "packet.direction": seen.direction,
    "ip.ttl": seen.ttl,
    "ip.id": seen.ipId,
    "udp.payload_bytes": bytes,
  };
}

/** Fields of a `tcp.segment`; `flags` in tcpdump's letters, `bytes` is its payload's length on the wire. */
export function segmentFields(
  seen: Seen,
  sourcePort: number | undefined,
  destinationPort: number | undefined,
  flags: string | undefined,
  seq: number | undefined,
  ack: number | undefined,
  bytes: number | undefined,
): Fields {
  return {
    "network.type": seen.networkType,
    "network.transport": "tcp",
    "source.ip": seen.sourceIp,
    "source.port": sourcePort,
    "source.mac": seen.sourceMac,
    "destination.ip": seen.destinationIp,
    "destination.port": destinationPort,
    "destination.mac": seen.destinationMac,
    "network.bytes": seen.ipBytes,
    "interface.name": seen.interfaceName,
    "interface.id": seen.interfaceId,
    "packet.direction": seen.direction,
    "ip.ttl": seen.ttl,
    "ip.id": seen.ipId,
    "tcp.flags": flags,
    "tcp.seq": seq,
    "tcp.ack": ack,
    "tcp.payload_bytes": bytes,
  };
}

/** An ICMP message, from bytes or text. */
export interface IcmpSaid {
  type: number | undefined;
  code: number | undefined;
  name: string;
  id: number | undefined;
  seq: number | undefined;
  mtu: number | undefined;
  /** The packet that an error quotes. */
  original: Quoted | undefined;
}

export interface Quoted {
  sourceIp: string | undefined;
  sourcePort: number | undefined;
  destinationIp: string | undefined;
  destinationPort: number | undefined;
  transport: string | undefined;
}

/** Fields of an `icmp.message`. */
export function icmpFields(seen: Seen, v6: boolean, said: IcmpSaid): Fields {
  return {
    "network.type": seen.networkType,
    "network.transport": v6 ? "ipv6-icmp" : "icmp",
    "source.ip": seen.sourceIp,
    "source.mac": seen.sourceMac,
    "destination.ip": seen.destinationIp,
    "destination.mac": seen.destinationMac,
    "network.bytes": seen.ipBytes,
    "interface.name": seen.interfaceName,
    "interface.id": seen.interfaceId,
    "packet.direction": seen.direction,
    "ip.ttl": seen.ttl,
    "ip.id": seen.ipId,
    "icmp.type": said.type,
    "icmp.code": said.code,
    "icmp.name": said.name,
    "icmp.id": said.id,
    "icmp.seq": said.seq,
    "icmp.mtu": said.mtu,
    "icmp.original.source.ip": said.original?.sourceIp,
    "icmp.original.source.port": said.original?.sourcePort,
    "icmp.original.destination.ip": said.original?.destinationIp,
    "icmp.original.destination.port": said.original?.destinationPort,
    "icmp.original.transport": said.original?.transport,
  };
}

/** Fields of an `ip.packet`: another protocol, a later fragment, or a transport header that was cut. */
export function packetFields(
  seen: Seen,
  transport: string | undefined,
  protocol: number | undefined,
  fragmentOffset: number | undefined,
): Fields {
  return {
    "network.type": seen.networkType,
    "network.transport": transport,
    "network.iana_number": protocol === undefined ? undefined : String(protocol),
    "source.ip": seen.sourceIp,
    "source.mac": seen.sourceMac,
    "destination.ip": seen.destinationIp,
    "destination.mac": seen.destinationMac,
    "network.bytes": seen.ipBytes,
    "interface.name": seen.interfaceName,
    "interface.id": seen.interfaceId,
    "packet.direction": seen.direction,
    "ip.ttl": seen.ttl,
    "ip.id": seen.ipId,
    "ip.fragment_offset": fragmentOffset,
  };
}

/** Fields of a `capture.marker`: what the capture says beside its packets. */
export function noteFields({ dropped, since, skipped, comment, name }: CaptureNote): Fields {
  return {
    "capture.dropped": dropped,
    "capture.dropped_since": since,
    "capture.skipped": skipped,
    "capture.comment": comment,
    "interface.name": name,
  };
}
