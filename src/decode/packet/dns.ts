import type { Fields } from "../../model/event.js";
import type { DnsMessage } from "../dns/message.js";
import type { Seen } from "./frame.js";

/** What these fields need of a message. */
export type Said = Omit<DnsMessage, "opcode" | "cut">;

/** Fields of a `dns.query` seen on the wire (docs/FIELDS.md). One literal: one hidden class. */
export function queryFields(
  seen: Seen,
  transport: string,
  sourcePort: number | undefined,
  destinationPort: number | undefined,
  message: Said,
): Fields {
  return {
    "network.type": seen.networkType,
    "network.transport": transport,
    "network.protocol": "dns",
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
    "dns.type": "query",
    "dns.id": message.id,
    "dns.question.name": message.question?.name || undefined,
    "dns.question.type": message.question?.type,
    "dns.question.name_cut": message.nameCut ? true : undefined,
    "dns.header_flags": message.flags,
  };
}

/** Fields of a `dns.answer` seen on the wire. */
export function answerFields(
  seen: Seen,
  transport: string,
  sourcePort: number | undefined,
  destinationPort: number | undefined,
  message: Said,
): Fields {
  return {
    "network.type": seen.networkType,
    "network.transport": transport,
    "network.protocol": "dns",
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
    "dns.type": "answer",
    "dns.id": message.id,
    "dns.question.name": message.question?.name || undefined,
    "dns.question.type": message.question?.type,
    "dns.question.name_cut": message.nameCut ? true : undefined,
    "dns.response_code": message.responseCode,
    "dns.answers_count": message.answersCount,
    "dns.resolved_ip": message.addresses.length > 0 ? message.addresses : undefined,
    "dns.header_flags": message.flags,
  };
}
