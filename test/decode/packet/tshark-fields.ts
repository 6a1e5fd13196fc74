import type { Event, FieldValue } from "../../../src/model/event.js";

/** The values of tshark's fields in one packet, by display-filter name, in the order of the packet. */
export type Dissected = Record<string, string[] | undefined>;

/** One of our fields, and how it follows from tshark's; `undefined`: tshark does not say. */
type Rule = (packet: Dissected, event: Event) => FieldValue | undefined;

const text =
  (...names: string[]): Rule =>
  (packet) =>
    names.map((name) => packet[name]?.[0]).find((value) => value !== undefined);
const number =
  (...names: string[]): Rule =>
  (packet, event) => {
    const value = text(...names)(packet, event);
    return value === undefined ? undefined : Number(value);
  };
/** The second value of a field, in an ICMP error: that of the packet it quotes. */
const quoted = (packet: Dissected, ...names: string[]): string | undefined =>
  names.map((name) => packet[name]?.[1]).find((value) => value !== undefined);

const DIRECTIONS = ["In", "B", "M", "P", "Out"];
const HEADER_FLAGS: readonly (readonly [string, number])[] = [
  ["AA", 0x0400],
  ["TC", 0x0200],
  ["RD", 0x0100],
  ["RA", 0x0080],
  ["AD", 0x0020],
  ["CD", 0x0010],
];
const CODES = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];
const TYPES: Record<string, string> = {
  1: "A",
  2: "NS",
  5: "CNAME",
  6: "SOA",
  12: "PTR",
  15: "MX",
  16: "TXT",
  28: "AAAA",
};
const isError = ({ fields }: Event) => fields["icmp.original.source.ip"] !== undefined;

/** What each field of a packet event must be, given tshark's dissection. */
export const RULES: Record<string, Rule> = {
  "network.type": (p) => (p["arp.opcode"] ? "arp" : p["ip.src"] ? "ipv4" : "ipv6"),
  "network.iana_number": text("ip.proto"),
  "network.bytes": (p) => {
    if (p["ip.src"]) return Number(p["ip.len"]![0]);
    return p["ipv6.plen"] ? Number(p["ipv6.plen"][0]) + 40 : undefined;
  },
  "source.ip": text("ip.src", "ipv6.src"),
  "destination.ip": text("ip.dst", "ipv6.dst"),
  "source.mac": text("eth.src", "sll.src.eth"),
  "destination.mac": text("eth.dst"),
  "source.port": number("udp.srcport", "tcp.srcport"),
  "destination.port": number("udp.dstport", "tcp.dstport"),
  "ip.ttl": number("ip.ttl", "ipv6.hlim"),
  "ip.id": number("ip.id"),
  "interface.id": number("sll.ifindex"),
  "packet.direction": (p) => DIRECTIONS[Number(p["sll.pkttype"]?.[0])],
  "udp.payload_bytes": (p) => Number(p["udp.length"]![0]) - 8,
  "tcp.seq": number("tcp.seq_raw"),
  "tcp.ack": number("tcp.ack_raw"),
  "tcp.payload_bytes": number("tcp.len"),
  "tcp.flags": (p) => {
    const bits = Number(p["tcp.flags"]![0]);
    return [..."FSRP.UEW"].filter((_, bit) => ((bits >>> bit) & 1) === 1).join("") || "none";
  },
  "icmp.type": number("icmp.type", "icmpv6.type"),
  "icmp.code": number("icmp.code", "icmpv6.code"),
  "icmp.id": number("icmp.ident", "icmpv6.echo.identifier"),
  "icmp.seq": number("icmp.seq", "icmpv6.echo.sequence_number"),
  "icmp.mtu": number("icmp.mtu", "icmpv6.mtu"),
  "icmp.original.source.ip": (p) => quoted(p, "ip.src", "ipv6.src"),
  "icmp.original.destination.ip": (p) => quoted(p, "ip.dst", "ipv6.dst"),
  "icmp.original.source.port": number("udp.srcport", "tcp.srcport"),
  "icmp.original.destination.port": number("udp.dstport", "tcp.dstport"),
  "arp.sender.ip": text("arp.src.proto_ipv4"),
  "arp.sender.mac": text("arp.src.hw_mac"),
  "arp.target.ip": text("arp.dst.proto_ipv4"),
  "dns.id": number("dns.id"),
  "dns.type": (p) => ((Number(p["dns.flags"]![0]) & 0x8000) === 0 ? "query" : "answer"),
  "dns.response_code": (p) => CODES[Number(p["dns.flags"]![0]) & 15],
  "dns.header_flags": (p) =>
    HEADER_FLAGS.filter(([, bit]) => (Number(p["dns.flags"]![0]) & bit) !== 0).map(([name]) => name),
  "dns.question.name": (p) => p["dns.qry.name"]?.[0]?.toLowerCase(),
  "dns.question.type": (p) => TYPES[p["dns.qry.type"]?.[0] ?? ""],
  "dns.answers_count": number("dns.count.answers"),
  "dns.resolved_ip": (p) => [...(p["dns.a"] ?? []), ...(p["dns.aaaa"] ?? [])],
};

/** Fields that no rule stands for, with the reason. */
export const WITHOUT_RULE: Record<string, string> = {
  "network.transport": "follows from the protocol's number, and from which layer tshark has",
  "network.protocol": "always dns where there is a DNS event",
  "interface.name": "tshark names the interface of the file, in a field of its own that differs by version",
  "icmp.name": "words for type and code; test/decode/packet/layers.test.ts has them",
  "icmp.original.transport": "words",
  "ip.fragment_offset": "tshark 4 gives it in units of eight bytes or of one, by version",
  "dns.question.name_cut": "what was cut tshark calls malformed, and shows nothing",
};

/** The names to ask tshark for. */
export const TSHARK_FIELDS =
  "frame.number frame.time_epoch eth.src eth.dst sll.pkttype sll.src.eth sll.ifindex ip.src ip.dst ip.len ip.id ip.ttl ip.proto ipv6.src ipv6.dst ipv6.plen ipv6.hlim udp.srcport udp.dstport udp.length tcp.srcport tcp.dstport tcp.flags tcp.seq_raw tcp.ack_raw tcp.len icmp.type icmp.code icmp.ident icmp.seq icmp.mtu icmpv6.type icmpv6.code icmpv6.echo.identifier icmpv6.echo.sequence_number icmpv6.mtu dns.id dns.flags dns.qry.name dns.qry.type dns.count.answers dns.a dns.aaaa arp.opcode arp.src.proto_ipv4 arp.src.hw_mac arp.dst.proto_ipv4".split(
    " ",
  );

/** In what an event differs from tshark's dissection of its packet. */
export function differences(event: Event, packet: Dissected): string[] {
  const wrong: string[] = [];
  const [seconds, part] = packet["frame.time_epoch"]![0]!.split(".") as [string, string];
  const time = `${event.time}${String(event.ns).padStart(3, "0")}`;
  if (time !== seconds + part.padEnd(9, "0")) wrong.push(`its time is ${time}, tshark's ${seconds}.${part}`);
  for (const [name, value] of Object.entries(event.fields)) {
    const rule = RULES[name];
    if (value === undefined || rule === undefined) {
      if (value !== undefined && WITHOUT_RULE[name] === undefined) wrong.push(`${name} has no rule`);
      continue;
    }
    const theirs = rule(packet, event);
    if (theirs !== undefined && JSON.stringify(value) !== JSON.stringify(theirs))
      wrong.push(`${name} is ${JSON.stringify(value)}, tshark's ${JSON.stringify(theirs)}`);
  }
  // What tshark shows of DNS, no event may lack.
  if (event.action.startsWith("dns.") && !isError(event))
    for (const name of ["dns.id", "dns.question.name", "source.ip", "source.port", "destination.port"])
      if (event.fields[name] === undefined && RULES[name]!(packet, event)) wrong.push(`${name} is missing`);
  return wrong.map((difference) => `packet ${event.line} (${event.action}): ${difference}`);
}
