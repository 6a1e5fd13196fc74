import type { Fields } from "../../model/event.js";
import type { DnsMessage } from "../dns/message.js";
import type { Frame } from "./frame.js";

/** Fields of a `dns.query` seen on the wire (docs/FIELDS.md). One literal: one hidden class. */
export function queryFields(
  frame: Frame,
  transport: string,
  sourcePort: number,
  destinationPort: number,
  message: DnsMessage,
): Fields {
  return {
    "network.type": frame.networkType,
    "network.transport": transport,
    "network.protocol": "dns",
    "source.ip": frame.sourceIp,
    "source.port": sourcePort,
    "source.mac": frame.sourceMac,
    "destination.ip": frame.destinationIp,
    "destination.port": destinationPort,
    "destination.mac": frame.destinationMac,
    "network.bytes": frame.ipBytes,
    "interface.name": frame.interfaceName,
    "interface.id": frame.interfaceId,
    "packet.direction": frame.direction,
    "ip.ttl": frame.ttl,
    "ip.id": frame.ipId,
    "dns.type": "query",
    "dns.id": message.id,
    "dns.question.name": message.question?.name,
    "dns.question.type": message.question?.type,
    "dns.question.name_cut": message.nameCut ? true : undefined,
    "dns.header_flags": message.flags,
  };
}

/** Fields of a `dns.answer` seen on the wire. */
export function answerFields(
  frame: Frame,
  transport: string,
  sourcePort: number,
  destinationPort: number,
  message: DnsMessage,
): Fields {
  return {
    "network.type": frame.networkType,
    "network.transport": transport,
    "network.protocol": "dns",
    "source.ip": frame.sourceIp,
    "source.port": sourcePort,
    "source.mac": frame.sourceMac,
    "destination.ip": frame.destinationIp,
    "destination.port": destinationPort,
    "destination.mac": frame.destinationMac,
    "network.bytes": frame.ipBytes,
    "interface.name": frame.interfaceName,
    "interface.id": frame.interfaceId,
    "packet.direction": frame.direction,
    "ip.ttl": frame.ttl,
    "ip.id": frame.ipId,
    "dns.type": "answer",
    "dns.id": message.id,
    "dns.question.name": message.question?.name,
    "dns.question.type": message.question?.type,
    "dns.question.name_cut": message.nameCut ? true : undefined,
    "dns.response_code": message.responseCode,
    "dns.answers_count": message.answersCount,
    "dns.resolved_ip": message.addresses.length > 0 ? message.addresses : undefined,
    "dns.header_flags": message.flags,
  };
}
