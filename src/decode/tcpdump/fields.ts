import { port } from "../../grammar/convert/port.js";
import type { Fields } from "../../model/event.js";
import { answerFields, queryFields, type Said } from "../packet/dns.js";
import { datagramFields, icmpFields, packetFields, segmentFields } from "../packet/fields.js";
import type { Seen } from "../packet/frame.js";
import { transportName } from "../packet/icmp.js";
import { readDnsText } from "./dns.js";
import { type HeaderText, readHeader } from "./header.js";
import { decodeDump, dumpedBytes } from "./hexdump.js";
import { readIcmpText } from "./icmp.js";
import { payloadText } from "./payload.js";
import { readTcpText } from "./tcp.js";

type Read = { action: string; fields: Fields };

/** A packet's text on its way: what the grammar captured, read as far as the IP header. */
interface Text {
  seen: Seen;
  header: HeaderText;
  sourcePort: number | undefined;
  destinationPort: number | undefined;
}

const DNS_PORT = 53;
/** Behind extension headers of IPv6 the ports stand with the payload. */
const PORTS = /^([a-z0-9-]{1,40}) > ([a-z0-9-]{1,40}): /;
const UDP_LENGTH = /^(?:UDP, length |udp )(\d{1,6})/;
const ANY_LENGTH = /, length (\d{1,6})/;
const ICMP = /^(?:ICMP6, |ICMP |icmp: |icmp6: )/;

/** Kind and fields of an IP packet's text: `packet.header` and `packet.payload` of the grammar, read. */
export function ipFields(captured: Fields): Read {
  const whole = String(captured["packet.payload"] ?? "");
  const text = readText(captured);
  let payload = payloadText(whole);
  const ports = PORTS.exec(payload);
  if (ports !== null) {
    text.sourcePort = port(ports[1]!);
    text.destinationPort = port(ports[2]!);
    payload = payloadText(payload.slice(ports[0].length));
  }
  let read = readPayload(payload, text);
  if (isDnsPort(text) && lacksMessage(read)) read = dumped(whole, text) ?? read;
  // Without -n hosts have names, which prove no address.
  const source = captured["source.address"];
  const destination = captured["destination.address"];
  if (source !== undefined) read.fields["source.address"] = source;
  if (destination !== undefined) read.fields["destination.address"] = destination;
  return read;
}

function readText(captured: Fields): Text {
  const header = readHeader(captured["packet.header"] as string | undefined);
  const sourceIp = captured["source.ip"] as string | undefined;
  const type = captured["network.type"] as string | undefined;
  const name = captured["interface.name"] as string | undefined;
  return {
    header,
    sourcePort: captured["source.port"] as number | undefined,
    destinationPort: captured["destination.port"] as number | undefined,
    seen: {
      networkType: type ?? (sourceIp?.includes(":") ? "ipv6" : "ipv4"),
      sourceMac: captured["source.mac"] as string | undefined,
      destinationMac: captured["destination.mac"] as string | undefined,
      // "?" is tcpdump's name for an index that the reading machine does not have.
      interfaceName: name === "?" ? undefined : name,
      interfaceId: captured["interface.id"] as number | undefined,
      direction: captured["packet.direction"] as string | undefined,
      sourceIp,
      destinationIp: captured["destination.ip"] as string | undefined,
      ipBytes: header.bytes,
      ttl: header.ttl,
      ipId: header.id,
    },
  };
}

function readPayload(payload: string, text: Text): Read {
  const { seen, header, sourcePort, destinationPort } = text;
  const icmp = ICMP.exec(payload);
  if (icmp !== null) {
    const v6 = seen.networkType === "ipv6";
    const said = readIcmpText(payload.slice(icmp[0].length), v6);
    return { action: "icmp.message", fields: icmpFields(seen, v6, said) };
  }
  if (header.fragmentOffset > 0) return readOther(payload, text);
  if (isDnsPort(text)) {
    // Most packets that anybody asks about, so they come first; other text on this port is none of DNS.
    const dns = header.protocol === 6 ? undefined : readDnsText(payload, sourcePort === DNS_PORT);
    if (dns !== undefined) return readDns(dns, text, "udp");
  }
  const tcp = readTcpText(payload);
  if (tcp !== undefined) {
    const dns = isDnsPort(text) ? dnsBehindTcp(tcp.rest, text) : undefined;
    if (dns !== undefined) return readDns(dns, text, "tcp");
    const { flags, seq, ack, payloadBytes } = tcp;
    const fields = segmentFields(seen, sourcePort, destinationPort, flags, seq, ack, payloadBytes);
    if (tcp.relativeSeq !== undefined) fields["tcp.relative_seq"] = tcp.relativeSeq;
    if (tcp.relativeAck !== undefined) fields["tcp.relative_ack"] = tcp.relativeAck;
    return { action: "tcp.segment", fields };
  }
  const isPorted = sourcePort !== undefined || destinationPort !== undefined;
  const isUdp = header.protocol === undefined ? isPorted : header.protocol === 17;
  if (!isUdp) return readOther(payload, text);
  const length = UDP_LENGTH.exec(payload) ?? ANY_LENGTH.exec(payload.slice(0, 200));
  const bytes = length === null ? undefined : Number(length[1]);
  return { action: "udp.datagram", fields: datagramFields(seen, sourcePort, destinationPort, bytes) };
}

function isDnsPort({ sourcePort, destinationPort }: Text): boolean {
  return sourcePort === DNS_PORT || destinationPort === DNS_PORT;
}

/** DNS over TCP: behind the segment's length, with a complaint where the two lengths differ. */
function dnsBehindTcp(rest: string, { sourcePort }: Text): Said | undefined {
  const complaint = /^:? ?(?:\[prefix length\(\d{1,6}\) != length\(\d{1,6}\)\] \(invalid\) ?)?/;
  return readDnsText(rest.replace(complaint, ""), sourcePort === DNS_PORT);
}

function readDns(said: Said, { seen, sourcePort, destinationPort }: Text, transport: string): Read {
  return said.response
    ? { action: "dns.answer", fields: answerFields(seen, transport, sourcePort, destinationPort, said) }
    : { action: "dns.query", fields: queryFields(seen, transport, sourcePort, destinationPort, said) };
}

function readOther(payload: string, { seen, header }: Text): Read {
  const named = /^(udp|tcp|icmp)\b/.exec(payload)?.[1];
  const transport = header.protocol === undefined ? named : transportName(header.protocol);
  const offset = header.fragmentOffset > 0 ? header.fragmentOffset : undefined;
  return { action: "ip.packet", fields: packetFields(seen, transport, header.protocol, offset) };
}

/** Is there DNS that the text does not show? With `-q`, with messages that tcpdump finds odd, and with cut ones. */
function lacksMessage({ action, fields }: Read): boolean {
  if (action === "tcp.segment") return fields["tcp.payload_bytes"] !== 0;
  return action === "udp.datagram" || fields["dns.question.name_cut"] === true;
}

/** What the hex dump says where the text says less; what the text says itself stays. */
function dumped(whole: string, { seen, sourcePort, destinationPort }: Text): Read | undefined {
  const bytes = dumpedBytes(whole);
  if (bytes === undefined) return undefined;
  const same = (shown: string | number | undefined, read: unknown) => shown === undefined || shown === read;
  const read = decodeDump(
    bytes,
    (fields) =>
      same(seen.sourceIp, fields["source.ip"]) &&
      same(seen.destinationIp, fields["destination.ip"]) &&
      same(sourcePort, fields["source.port"]) &&
      same(destinationPort, fields["destination.port"]),
  );
  if (read === undefined || !read.action.startsWith("dns.")) return undefined;
  const { fields } = read;
  fields["interface.name"] = seen.interfaceName ?? fields["interface.name"];
  fields["interface.id"] = seen.interfaceId ?? fields["interface.id"];
  fields["packet.direction"] = seen.direction ?? fields["packet.direction"];
  fields["source.mac"] = seen.sourceMac ?? fields["source.mac"];
  fields["destination.mac"] = seen.destinationMac ?? fields["destination.mac"];
  return read;
}
