import { dnsAnswer, dnsQuery, ETHERNET, hex, ipv4, ipv6, pcap, tcp, u16, u32, udp } from "./build.js";

const join = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
const eth = (packet: Buffer): Buffer => join(ETHERNET, packet);
const eth6 = (packet: Buffer): Buffer => join(ETHERNET.subarray(0, 12), hex("86dd"), packet);
const framed = (message: Buffer): Buffer => join(u16(message.length), message);
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const query = dnsQuery(4711, "registry.corp.test");
const answer = dnsAnswer(4711, "registry.corp.test", "10.0.1.9");
const nothing = u32(0);

function icmp(type: number, code: number, rest: Buffer, body: Buffer): Buffer {
  return eth(
    ipv4(1, join(Buffer.from([type, code, 0, 0]), rest, body), {
      source: "10.0.0.1",
      destination: "10.0.0.5",
    }),
  );
}
function icmp6(type: number, code: number, rest: Buffer, body: Buffer): Buffer {
  return eth6(ipv6(58, join(Buffer.from([type, code, 0, 0]), rest, body)));
}
const quoted = ipv4(17, udp(40000, 53, query)).subarray(0, 28);
const quotedTcp = ipv4(6, tcp(40000, 80, 2)).subarray(0, 28);
const quoted6 = ipv6(17, udp(40000, 53, query)).subarray(0, 48);
const echo = hex("12340007");
const arp = (operation: string, sender: string, target: string): Buffer =>
  hex(
    `ffffffffffff 02420a000005 0806 0001 0800 06 04 ${operation} 02420a000005 ${sender} 000000000000 ${target}`,
  );

/** One packet of nearly every kind that a packet event can tell of. */
const PACKETS: Buffer[] = [
  eth(ipv4(6, tcp(40000, 53, 0x18, framed(query)))),
  eth(ipv4(6, tcp(53, 40000, 0x18, framed(answer)))),
  ...[0x02, 0x12, 0x10, 0x19, 0x04, 0x14, 0x00, 0xc2].map((flags) => eth(ipv4(6, tcp(40000, 443, flags)))),
  ...range(16).map((code) => icmp(3, code, code === 4 ? u32(1400) : nothing, quoted)),
  icmp(3, 4, nothing, quoted),
  icmp(3, 3, nothing, quotedTcp),
  icmp(11, 0, nothing, quoted),
  icmp(11, 1, nothing, quoted),
  icmp(5, 1, hex("0a0000fe"), quoted),
  icmp(4, 0, nothing, quoted),
  icmp(8, 0, echo, Buffer.alloc(20)),
  icmp(0, 0, echo, Buffer.alloc(20)),
  icmp(10, 0, nothing, Buffer.alloc(0)),
  icmp(42, 0, nothing, Buffer.alloc(8)),
  ...range(5).map((code) => icmp6(1, code, nothing, quoted6)),
  icmp6(2, 0, u32(1280), quoted6),
  icmp6(3, 0, nothing, quoted6),
  icmp6(3, 1, nothing, quoted6),
  icmp6(128, 0, echo, Buffer.alloc(16)),
  icmp6(129, 0, echo, Buffer.alloc(16)),
  icmp6(135, 0, nothing, hex("20010db8000000000000000000000001")),
  eth6(ipv6(17, udp(40000, 53, query))),
  eth6(ipv6(17, udp(53, 40000, answer))),
  eth6(ipv6(0, join(hex("1100050200000100"), udp(40000, 53, query)))),
  eth6(ipv6(44, join(hex("1100059800000001"), Buffer.alloc(40)))),
  ...[1, 2, 6, 12, 15, 16, 28, 33, 65, 255].map((type) =>
    eth(ipv4(17, udp(40000, 53, dnsQuery(1, "a.test", type)))),
  ),
  ...[0x0000, 0x0110, 0x0120, 0x2100].map((flags) =>
    eth(ipv4(17, udp(40000, 53, dnsQuery(1, "A.Test", 1, flags)))),
  ),
  ...range(12).map((code) => eth(ipv4(17, udp(53, 40000, dnsQuery(1, "a.test", 1, 0x8180 | code))))),
  ...[0x8300, 0x85b0].map((flags) => eth(ipv4(17, udp(53, 40000, dnsQuery(1, "a.test", 1, flags))))),
  eth(ipv4(17, udp(40000, 53, Buffer.from("hello world, this is no dns at all")))),
  eth(ipv4(17, udp(40000, 123, Buffer.alloc(48)))),
  eth(ipv4(17, udp(40000, 9999, Buffer.alloc(100)))),
  eth(ipv4(17, udp(40000, 53, query), { fragment: 0x2000 })),
  eth(ipv4(17, Buffer.alloc(64), { fragment: 0x00b9 })),
  eth(ipv4(2, Buffer.alloc(8))),
  eth(ipv4(47, Buffer.alloc(20))),
  join(ETHERNET.subarray(0, 12), hex("8100 000c 0800"), ipv4(17, udp(40000, 53, query))),
  arp("0001", "0a000005", "0a000001"),
  arp("0001", "00000000", "0a000005"),
  arp("0002", "0a000005", "0a000001"),
];

export const variety = (): Buffer => pcap(PACKETS.map((bytes, i) => ({ bytes, part: i * 7 })));
