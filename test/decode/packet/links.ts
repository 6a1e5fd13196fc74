import { dnsQuery, ETHERNET, hex, ipv4, ipv6, ng, pcap, u16, u32, udp } from "./build.js";

const join = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
const query = udp(40000, 53, dnsQuery(4711, "registry.corp.test"));
const IP = ipv4(17, query);
const IP6 = ipv6(17, query);
const MACS = ETHERNET.subarray(0, 12);
const pppoe = (packet: Buffer): Buffer => join(hex("1100 0007"), u16(packet.length), packet);
const SNAP = hex("aaaa03 000000 0800");
/** A data frame from a station to its access point: receiver, transmitter, destination. */
const WIRELESS = join(hex("0801 0000 0242c0000001 02420a000005 02420a000001 1000"), SNAP, IP);
const little = (n: number): Buffer => u32(n).reverse();
/** A value of NFLOG's: length and type, little-endian, padded. */
const tlv = (type: number, value: Buffer): Buffer => {
  const padding = Buffer.alloc((4 - (value.length % 4)) % 4);
  return join(u16(value.length + 4).reverse(), u16(type).reverse(), value, padding);
};

/** One question to a name server, behind every link layer that is read: name, number of the type, frame. */
export const LINKS: readonly (readonly [string, number, Buffer])[] = [
  ["Ethernet", 1, join(ETHERNET, IP)],
  ["802.1Q", 1, join(MACS, hex("8100 000c 0800"), IP)],
  ["802.1ad in 802.1Q", 1, join(MACS, hex("88a8 000c 8100 000d 86dd"), IP6)],
  ["QinQ of old", 1, join(MACS, hex("9100 000c 8100 000d 0800"), IP)],
  ["PPPoE", 1, join(MACS, hex("8864"), pppoe(join(hex("0021"), IP)))],
  ["PPPoE in a VLAN, IPv6", 1, join(MACS, hex("8100 000c 8864"), pppoe(join(hex("0057"), IP6)))],
  ["MPLS, two labels", 1, join(MACS, hex("8847 00010040 00020140"), IP)],
  ["cooked", 113, join(hex("0000 0001 0006 02420a000005 0000 0800"), IP)],
  ["cooked v2", 276, join(hex("0800 0000 00000007 0001 04 06 02420a000005 0000"), IP)],
  ["cooked v2 with a tag", 276, join(hex("8100 0000 00000007 0001 04 06 02420a000005 0000 000c 0800"), IP)],
  ["raw", 101, IP],
  ["raw IPv4", 228, IP],
  ["raw IPv6", 229, IP6],
  ["loopback of BSD", 0, join(little(2), IP)],
  ["loopback of OpenBSD", 108, join(u32(24), IP6)],
  ["PPP", 9, join(hex("ff03 0021"), IP)],
  ["PPP without HDLC's bytes", 9, join(hex("0057"), IP6)],
  ["PPP, its number compressed", 9, join(hex("21"), IP)],
  ["PPP in HDLC", 50, join(hex("ff03 0021"), IP)],
  ["PPPoE by itself", 51, pppoe(join(hex("0021"), IP))],
  ["Cisco's HDLC", 104, join(hex("0f00 0800"), IP)],
  ["PPP with direction", 166, join(hex("0103 0021"), IP)],
  ["802.11", 105, WIRELESS],
  ["802.11 behind radiotap", 127, join(hex("0000 0c00 00000000 00000000"), WIRELESS)],
  ["802.11 behind AVS", 163, join(hex("80211001"), u32(64), Buffer.alloc(56), WIRELESS)],
  [
    "netfilter's log",
    239,
    join(hex("0200 0007"), tlv(1, hex("08000100")), tlv(10, Buffer.from("in: ")), tlv(9, IP)),
  ],
];

/** All of them in one capture with an interface for each, but for one that tshark 4.0 does not know. */
export const IN_ONE = LINKS.filter(([, type]) => type !== 166);

export function linksCapture(): Buffer {
  const { section, capture, packet, option } = ng();
  const interfaces = IN_ONE.map(([name, type]) => capture(type, option(2, Buffer.from(name.slice(0, 16)))));
  const packets = IN_ONE.map(([, , bytes], i) => packet(i, 0x00063a8b, 0x42000000 + i, bytes));
  return join(section(), ...interfaces, ...packets);
}

/** A classic capture for each type of link layer. */
export const linkCaptures = (): [string, Buffer][] =>
  [...new Set(LINKS.map(([, type]) => type))].map((linkType) => [
    `link layer ${linkType}`,
    pcap(
      LINKS.flatMap(([, type, bytes]) => (type === linkType ? [{ bytes }] : [])),
      { linkType },
    ),
  ]);
