import type { Dissection } from "./dissection.js";

// What the Info column says: packet-dns.c, packet-tcp.c, packet-udp.c, packet-icmp.c, packet-arp.c of Wireshark's epan/dissectors.

const DNS = /^Standard query (response )?0x([0-9a-f]{4})(.*)$/;
/** rcode_vals of packet-dns.c. */
const RESPONSES: readonly (readonly [string, number])[] = [
  ["Format error", 1],
  ["Server failure", 2],
  ["No such name", 3],
  ["Not implemented", 4],
  ["Refused", 5],
  ["Name exists", 6],
  ["RRset exists", 7],
  ["RRset does not exist", 8],
  ["Not authoritative", 9],
  ["Name out of zone", 10],
  ["DSO-Type not implemented", 11],
];
const QUESTION = /^ +([A-Z][A-Z0-9-]{0,15}) ([^ ]{1,1100})/;
const ANSWER = /^ (A|AAAA) ([0-9a-f.:]{2,45})(?= |$)/;
const OTHER_ANSWER = /^ [A-Z][A-Z0-9-]{0,15} [^ ]{1,1100}(?= |$)/;
const PORTS = /(?:^|[\] ])(\d{1,5}) {1,2}(?:→|->|>) {1,2}(\d{1,5})(?: |$)/;
const FLAG_BITS: Record<string, number> = {
  FIN: 1,
  SYN: 2,
  RST: 4,
  PSH: 8,
  ACK: 16,
  URG: 32,
  ECN: 64,
  ECE: 64,
  CWR: 128,
};
const FLAGS = /\[((?:FIN|SYN|RST|PSH|ACK|URG|ECN|ECE|CWR|, )+)\]/;
const UNREACHABLE: Record<string, number> = {
  "Network unreachable": 0,
  "Host unreachable": 1,
  "Protocol unreachable": 2,
  "Port unreachable": 3,
  "Fragmentation needed": 4,
  "Network administratively prohibited": 9,
  "Host administratively prohibited": 10,
  "Communication administratively filtered": 13,
};

/** Adds what a packet's Info column says, given its protocol column. */
export function addInfo(d: Dissection, protocol: string, info: string): void {
  if (protocol === "DNS") addDns(d, info);
  else if (protocol === "ARP") addArp(d, info);
  else if (protocol === "ICMP") addIcmp(d, info);
  else if (protocol === "TCP") addTcp(d, info);
  else if (protocol === "UDP") addPorts(d, "udp", info);
}

function addDns(d: Dissection, info: string): void {
  const dns = DNS.exec(info);
  if (!dns) return;
  d.add("dns.id", `0x${dns[2]}`);
  d.add("dns.flags.response", dns[1] ? "1" : "0");
  let rest = dns[3]!;
  if (dns[1]) {
    const words = rest.trimStart().toLowerCase();
    const said = RESPONSES.find(([name]) => words.startsWith(name.toLowerCase()));
    d.add("dns.flags.rcode", String(said?.[1] ?? 0));
    if (said) rest = rest.trimStart().slice(said[0].length);
  }
  const question = QUESTION.exec(rest);
  if (!question) return;
  d.add("dns.qry.type", question[1]!);
  d.add("dns.qry.name", question[2]!);
  rest = rest.slice(question[0].length);
  for (let part = OTHER_ANSWER.exec(rest); dns[1] && part; part = OTHER_ANSWER.exec(rest)) {
    const answer = ANSWER.exec(rest);
    if (answer) d.add(answer[1] === "A" ? "dns.a" : "dns.aaaa", answer[2]!);
    rest = rest.slice(part[0].length);
  }
}

function addArp(d: Dissection, info: string): void {
  const request = /^Who has ([0-9.]{7,15})\?(?: \(ARP Probe\))?(?: Tell ([0-9.]{7,15}))?/.exec(info);
  const reply = /^([0-9.]{7,15}) is at ([0-9a-f]{2}(?::[0-9a-f]{2}){5})/.exec(info);
  if (request) {
    d.add("arp.opcode", "1");
    d.add("arp.dst.proto_ipv4", request[1]!);
    if (request[2]) d.add("arp.src.proto_ipv4", request[2]);
  } else if (reply) {
    d.add("arp.opcode", "2");
    d.add("arp.src.proto_ipv4", reply[1]!);
    d.add("arp.src.hw_mac", reply[2]!);
  }
}

function addIcmp(d: Dissection, info: string): void {
  const echo = /^Echo \(ping\) (request|reply) +id=(0x[0-9a-f]{4}), seq=(\d{1,5})\//.exec(info);
  if (echo) {
    d.add("icmp.type", echo[1] === "request" ? "8" : "0");
    d.add("icmp.code", "0");
    d.add("icmp.ident", echo[2]!);
    d.add("icmp.seq", echo[3]!);
    return;
  }
  const unreachable = /^Destination unreachable \(([^()]{1,60})\)/.exec(info);
  const code = unreachable && UNREACHABLE[unreachable[1]!];
  if (typeof code === "number") {
    d.add("icmp.type", "3");
    d.add("icmp.code", String(code));
  } else if (/^Time[- ]to[- ]live exceeded/.test(info)) {
    d.add("icmp.type", "11");
    d.add("icmp.code", /reassembly/.test(info) ? "1" : "0");
  }
}

function addPorts(d: Dissection, layer: string, info: string): void {
  const ports = PORTS.exec(info);
  if (!ports) return;
  d.add(`${layer}.srcport`, ports[1]!);
  d.add(`${layer}.dstport`, ports[2]!);
}

function addTcp(d: Dissection, info: string): void {
  addPorts(d, "tcp", info);
  if (info.includes("[<None>]")) d.add("tcp.flags", "0");
  const flags = FLAGS.exec(info);
  if (!flags) return;
  let bits = 0;
  for (const name of flags[1]!.split(", ")) bits |= FLAG_BITS[name] ?? 0;
  d.add("tcp.flags", String(bits));
  for (const [label, name] of [
    ["Seq", "tcp.seq"],
    ["Ack", "tcp.ack"],
    ["Len", "tcp.len"],
  ]) {
    const number = new RegExp(`\\b${label}=(\\d{1,10})\\b`).exec(info);
    if (number) d.add(name!, number[1]!);
  }
}
