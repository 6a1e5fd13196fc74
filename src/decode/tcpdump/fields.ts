import { port } from "../../grammar/convert/port.js";
import type { Fields } from "../../model/event.js";
import { transportName } from "../packet/icmp.js";
import { type DnsText, readDnsText } from "./dns.js";
import { type HeaderText, readHeader } from "./header.js";
import { decodeDump, dumpedBytes } from "./hexdump.js";
import { readIcmpText } from "./icmp.js";
import { readTcpText } from "./tcp.js";

type Read = { action: string; fields: Fields };

const DNS_PORT = 53;
/**
 * What may stand before the payload, each followed by a blank: `[bad udp cksum 0x0c4b -> 0xf2e5!]`, `[udp sum ok]`, and
 * IPv6 extension headers: `HBH (rtalert: 0x0000) (padn)`, `frag (0|1448)`, `DSTOPT`.
 */
const BEFORE = /^(?:\[[a-z0-9]{1,12} [^\]\n]{1,60}\]|HBH|DSTOPT|srcrt|frag|\([^()\n]{1,80}\))? /;
const MAX_BEFORE = 24;
/** Behind extension headers of IPv6 the ports stand with the payload. */
const PORTS = /^([a-z0-9-]{1,40}) > ([a-z0-9-]{1,40}): /;
const UDP_LENGTH = /^(?:UDP, length |udp )(\d{1,6})/;
const ICMP = /^(?:ICMP6, |ICMP |icmp: |icmp6: )/;

/** Text fields of the grammar that have a place in packet events as they are. */
function common(captured: Fields, header: HeaderText): Fields {
  const name = captured["interface.name"];
  const isIpv6 =
    captured["network.type"] === "ipv6" ||
    (captured["network.type"] === undefined && String(captured["source.ip"] ?? "").includes(":"));
  return {
    "network.type": isIpv6 ? "ipv6" : "ipv4",
    "source.ip": captured["source.ip"],
    "source.address": captured["source.address"],
    "source.port": captured["source.port"],
    "source.mac": captured["source.mac"],
    "destination.ip": captured["destination.ip"],
    "destination.address": captured["destination.address"],
    "destination.port": captured["destination.port"],
    "destination.mac": captured["destination.mac"],
    "network.bytes": header.bytes,
    // "?" is tcpdump's name for an index that the reading machine does not have.
    "interface.name": name === "?" ? undefined : name,
    "interface.id": captured["interface.id"],
    "packet.direction": captured["packet.direction"],
    "ip.ttl": header.ttl,
    "ip.id": header.id,
  };
}

/** Fields of an ARP packet's text. */
export function arpFields(captured: Fields): Fields {
  const name = captured["interface.name"];
  return {
    "network.type": "arp",
    "source.mac": captured["source.mac"],
    "destination.mac": captured["destination.mac"],
    "interface.name": name === "?" ? undefined : name,
    "interface.id": captured["interface.id"],
    "packet.direction": captured["packet.direction"],
    "arp.sender.ip": captured["arp.sender.ip"],
    "arp.sender.mac": captured["arp.sender.mac"],
    "arp.target.ip": captured["arp.target.ip"],
  };
}

/** Kind and fields of an IP packet's text: `packet.header` and `packet.payload` of the grammar, read. */
export function ipFields(captured: Fields): Read {
  const header = readHeader(captured["packet.header"] as string | undefined);
  const fields = common(captured, header);
  const text = String(captured["packet.payload"] ?? "");
  const outer = payloadText(text);
  const ports = PORTS.exec(outer);
  if (ports !== null) {
    fields["source.port"] = port(ports[1]!);
    fields["destination.port"] = port(ports[2]!);
  }
  const payload = ports === null ? outer : payloadText(outer.slice(ports[0].length));
  const read = payloadOf(payload, fields, header);
  return isDnsPort(fields) && lacksMessage(read) ? (dumped(text, fields) ?? read) : read;
}

/** Is there DNS that the text does not show? With `-q`, with messages that tcpdump finds odd, and with cut ones. */
function lacksMessage({ action, fields }: Read): boolean {
  if (action === "tcp.segment") return fields["tcp.payload_bytes"] !== 0;
  return action === "udp.datagram" || fields["dns.question.name_cut"] === true;
}

function payloadText(text: string): string {
  let payload = text;
  for (let i = 0; i < MAX_BEFORE; i++) {
    const before = BEFORE.exec(payload);
    if (before === null) break;
    payload = payload.slice(before[0].length);
  }
  return payload;
}

/** What the hex dump says where the text says less (`-q`, or a name cut by print's own limits). */
function dumped(text: string, shown: Fields): Read | undefined {
  const bytes = dumpedBytes(text);
  if (bytes === undefined) return undefined;
  const read = decodeDump(bytes, (fields) =>
    ["source.ip", "source.port", "destination.ip", "destination.port"].every(
      (name) => shown[name] === undefined || shown[name] === fields[name],
    ),
  );
  if (read === undefined || !read.action.startsWith("dns.")) return undefined;
  const fields: Fields = { ...read.fields };
  for (const name in shown) if (shown[name] !== undefined) fields[name] = shown[name];
  return { action: read.action, fields };
}

function payloadOf(text: string, fields: Fields, header: HeaderText): Read {
  const icmp = ICMP.exec(text);
  if (icmp !== null) return icmpRead(text.slice(icmp[0].length), fields);
  if (header.fragmentOffset > 0) return otherRead(text, fields, header);
  const tcp = readTcpText(text);
  if (tcp !== undefined) {
    const dns = isDnsPort(fields) ? dnsBehindTcp(tcp.rest, fields) : undefined;
    if (dns !== undefined) return dnsRead(dns, fields, "tcp");
    return {
      action: "tcp.segment",
      fields: {
        ...fields,
        "network.transport": "tcp",
        "tcp.flags": tcp.flags,
        "tcp.seq": tcp.seq,
        "tcp.ack": tcp.ack,
        "tcp.payload_bytes": tcp.payloadBytes,
      },
    };
  }
  const ported = fields["source.port"] !== undefined || fields["destination.port"] !== undefined;
  const isUdp = header.protocol === undefined ? ported : header.protocol === 17;
  if (!isUdp) return otherRead(text, fields, header);
  const dns = isDnsPort(fields) ? readDnsText(text, fields["source.port"] === DNS_PORT) : undefined;
  if (dns !== undefined) return dnsRead(dns, fields, "udp");
  const length = UDP_LENGTH.exec(text) ?? /, length (\d{1,6})/.exec(text.slice(0, 200));
  return {
    action: "udp.datagram",
    fields: {
      ...fields,
      "network.transport": "udp",
      "udp.payload_bytes": length === null ? undefined : Number(length[1]),
    },
  };
}

function isDnsPort(fields: Fields): boolean {
  return fields["source.port"] === DNS_PORT || fields["destination.port"] === DNS_PORT;
}

/** DNS over TCP: behind the segment's length, with a complaint where the two lengths differ. */
function dnsBehindTcp(rest: string, fields: Fields): DnsText | undefined {
  const text = rest.replace(/^:? ?(?:\[prefix length\(\d{1,6}\) != length\(\d{1,6}\)\] \(invalid\) ?)?/, "");
  return readDnsText(text, fields["source.port"] === DNS_PORT);
}

function dnsRead(dns: DnsText, fields: Fields, transport: string): Read {
  const base: Fields = {
    ...fields,
    "network.transport": transport,
    "network.protocol": "dns",
    "dns.type": dns.response ? "answer" : "query",
    "dns.id": dns.id,
    "dns.question.name": dns.name,
    "dns.question.type": dns.type,
    "dns.question.name_cut": dns.nameCut ? true : undefined,
    "dns.header_flags": dns.flags,
  };
  if (!dns.response) return { action: "dns.query", fields: base };
  base["dns.response_code"] = dns.responseCode;
  base["dns.answers_count"] = dns.answersCount;
  base["dns.resolved_ip"] = dns.addresses.length > 0 ? dns.addresses : undefined;
  return { action: "dns.answer", fields: base };
}

function icmpRead(text: string, fields: Fields): Read {
  const v6 = fields["network.type"] === "ipv6";
  const icmp = readIcmpText(text, v6);
  return {
    action: "icmp.message",
    fields: {
      ...fields,
      "network.transport": v6 ? "ipv6-icmp" : "icmp",
      "icmp.type": icmp.type,
      "icmp.code": icmp.code,
      "icmp.name": icmp.name,
      "icmp.id": icmp.id,
      "icmp.seq": icmp.seq,
      "icmp.mtu": icmp.mtu,
      "icmp.original.source.ip": icmp.original?.sourceIp,
      "icmp.original.source.port": icmp.original?.sourcePort,
      "icmp.original.destination.ip": icmp.original?.destinationIp,
      "icmp.original.destination.port": icmp.original?.destinationPort,
      "icmp.original.transport": icmp.original?.transport,
    },
  };
}

function otherRead(text: string, fields: Fields, header: HeaderText): Read {
  const named = /^(udp|tcp|icmp)\b/.exec(text)?.[1];
  const transport = header.protocol === undefined ? named : transportName(header.protocol);
  const offset = header.fragmentOffset > 0 ? header.fragmentOffset : undefined;
  return {
    action: "ip.packet",
    fields: { ...fields, "network.transport": transport, "ip.fragment_offset": offset },
  };
}
