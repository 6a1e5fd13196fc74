import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { dnsAnswer, dnsQuery, ETHERNET, hex, ipv4, ipv6, pcap, tcp, u16, u32, udp } from "./build.js";
import { readAll } from "./read.js";

const decode = (bytes: Buffer, linkType = 1): Event[] => readAll(pcap([{ bytes }], { linkType })).events;
const only = (bytes: Buffer, linkType = 1): Event => {
  const events = decode(bytes, linkType);
  expect(events).toHaveLength(1);
  return events[0]!;
};
const eth = (packet: Buffer) => Buffer.concat([ETHERNET, packet]);
const query = dnsQuery(4711, "registry.corp.test", 28);
const queryPacket = ipv4(17, udp(40000, 53, query));

describe("link layers", () => {
  it.each([
    ["Ethernet", 1, eth(queryPacket)],
    [
      "Ethernet with a VLAN tag",
      1,
      Buffer.concat([ETHERNET.subarray(0, 12), hex("8100 000c 0800"), queryPacket]),
    ],
    [
      "Ethernet with two tags",
      1,
      Buffer.concat([ETHERNET.subarray(0, 12), hex("88a8 000c 8100 000d 0800"), queryPacket]),
    ],
    ["Linux cooked v1", 113, Buffer.concat([hex("0004 0001 0006 02420a000005 0000 0800"), queryPacket])],
    [
      "Linux cooked v2",
      276,
      Buffer.concat([hex("0800 0000 0000000d 0001 04 06 02420a000005 0000"), queryPacket]),
    ],
    ["raw IP", 101, queryPacket],
    ["raw IP (BSD's number)", 12, queryPacket],
    ["IPv4 alone", 228, queryPacket],
    ["BSD loopback", 0, Buffer.concat([hex("02000000"), queryPacket])],
    ["OpenBSD loopback", 108, Buffer.concat([hex("00000002"), queryPacket])],
  ])("reads %s", (_what, linkType, bytes) => {
    const { action, fields } = only(bytes, linkType);
    expect(action).toBe("dns.query");
    expect(fields).toMatchObject({ "source.ip": "10.0.0.5", "dns.id": 4711, "dns.question.type": "AAAA" });
    if ([1, 113, 276].includes(linkType)) expect(fields["source.mac"]).toBe("02:42:0a:00:00:05");
    expect(fields["packet.direction"]).toBe([113, 276].includes(linkType) ? "Out" : undefined);
    expect(fields["interface.id"]).toBe(linkType === 276 ? 13 : undefined);
  });

  it.each([
    [0, "In"],
    [1, "B"],
    [2, "M"],
    [3, "P"],
    [4, "Out"],
  ])("calls cooked packet type %i %s", (type, direction) => {
    const cooked = Buffer.concat([
      hex("0800 0000 0000000d 0001"),
      Buffer.from([type]),
      hex("06 02420a000005 0000"),
    ]);
    expect(only(Buffer.concat([cooked, queryPacket]), 276).fields["packet.direction"]).toBe(direction);
  });

  it("passes over what is neither IP nor ARP", () => {
    const lldp = Buffer.concat([hex("0180c200000e 02420a000001 88cc"), Buffer.alloc(46)]);
    const { events, reader } = readAll(pcap([{ bytes: lldp }]));
    expect(events).toEqual([]);
    expect(reader).toMatchObject({ records: 1, parsed: 1, foreign: 1 });
  });
});

describe("network layers", () => {
  it("is not misled by Ethernet's padding", () => {
    const padded = Buffer.concat([eth(ipv4(6, tcp(40000, 443, 0x10))), Buffer.alloc(6)]);
    expect(only(padded).fields).toMatchObject({ "tcp.payload_bytes": 0, "network.bytes": 40 });
  });

  it.each([
    ["plain", ipv6(17, udp(40000, 53, query))],
    ["hop-by-hop options", ipv6(0, Buffer.concat([hex("1100050200000100"), udp(40000, 53, query)]))],
    [
      "two extension headers",
      ipv6(60, Buffer.concat([hex("2b00010400000000 1100000000000000"), udp(40000, 53, query)])),
    ],
  ])("reads IPv6: %s", (_what, packet) => {
    expect(only(packet, 101)).toMatchObject({
      action: "dns.query",
      fields: {
        "network.type": "ipv6",
        "source.ip": "2001:db8::5",
        "ip.ttl": 63,
        "network.bytes": packet.length,
      },
    });
  });

  it("decodes the first fragment only, and says so", () => {
    const first = ipv4(17, udp(53, 40000, dnsAnswer(1, "a.test", "10.0.0.9")), { fragment: 0x2000 });
    const later = ipv4(17, Buffer.alloc(64), { fragment: 185 });
    const { events, reader } = readAll(pcap([{ bytes: first }, { bytes: later }], { linkType: 101 }));
    expect(events.map((e) => [e.action, e.fields["ip.fragment_offset"]])).toEqual([
      ["dns.answer", undefined],
      ["ip.packet", 1480],
    ]);
    expect(events[1]!.fields["source.port"]).toBeUndefined();
    expect(reader.problems).toMatchObject([{ severity: "warning" }]);
    expect(reader.problems[0]!.message).toMatch(/^1 later fragment is not put together/);
  });

  it("takes the captured length where offload left the length 0", () => {
    const packet = ipv4(6, tcp(40000, 443, 0x10, Buffer.alloc(3000)));
    packet.writeUInt16BE(0, 2);
    expect(only(packet, 101).fields).toMatchObject({ "tcp.payload_bytes": 3000, "network.bytes": 3040 });
  });

  it("names what it has no fields for", () => {
    expect(only(ipv4(47, Buffer.alloc(20)), 101)).toMatchObject({
      action: "ip.packet",
      fields: { "network.iana_number": "47", "source.ip": "10.0.0.5" },
    });
  });
});

describe("TCP", () => {
  it.each([
    [0x02, "S"],
    [0x12, "S."],
    [0x10, "."],
    [0x18, "P."],
    [0x11, "F."],
    [0x14, "R."],
    [0x04, "R"],
    [0xc2, "SEW"],
    [0x00, "none"],
  ])("writes flags %i as %s", (flags, text) => {
    const { action, fields } = only(ipv4(6, tcp(40000, 443, flags)), 101);
    expect(action).toBe("tcp.segment");
    expect(fields).toMatchObject({ "tcp.flags": text, "tcp.seq": 1000, "tcp.payload_bytes": 0 });
    expect(fields["tcp.ack"]).toBe((flags & 0x10) !== 0 ? 2000 : undefined);
  });

  const framed = (message: Buffer) => Buffer.concat([u16(message.length), message]);

  it("reads DNS behind its length, several messages in one segment", () => {
    const answer = framed(dnsAnswer(9, "a.test", "10.0.0.9"));
    const events = decode(
      ipv4(6, tcp(53, 40000, 0x18, Buffer.concat([answer, answer.subarray(0, 30)]))),
      101,
    );
    expect(events.map((e) => [e.action, e.fields["network.transport"], e.fields["dns.resolved_ip"]])).toEqual(
      [
        ["dns.answer", "tcp", ["10.0.0.9"]],
        ["dns.answer", "tcp", undefined],
      ],
    );
  });

  it("reads DNS whose length went ahead in a segment of its own", () => {
    expect(only(ipv4(6, tcp(40000, 53, 0x18, query)), 101).action).toBe("dns.query");
    expect(only(ipv4(6, tcp(40000, 53, 0x18, u16(query.length))), 101).action).toBe("tcp.segment");
  });

  it("keeps the segment that closes the connection, too", () => {
    const events = decode(ipv4(6, tcp(40000, 53, 0x19, framed(query))), 101);
    expect(events.map((e) => e.action)).toEqual(["dns.query", "tcp.segment"]);
  });
});

describe("UDP that is not DNS", () => {
  it("is a datagram, also on port 53", () => {
    const text = Buffer.from("hello world, this is no name");
    expect(only(ipv4(17, udp(40000, 53, text)), 101)).toMatchObject({
      action: "udp.datagram",
      fields: { "destination.port": 53, "udp.payload_bytes": text.length },
    });
  });
});

describe("ICMP", () => {
  const quoted: Buffer = queryPacket.subarray(0, 28);
  const icmp = (type: number, code: number, rest: Buffer, body: Buffer = quoted) =>
    only(
      ipv4(1, Buffer.concat([Buffer.from([type, code, 0, 0]), rest, body]), {
        source: "10.0.0.1",
        destination: "10.0.0.5",
      }),
      101,
    );
  const original = {
    "icmp.original.source.ip": "10.0.0.5",
    "icmp.original.source.port": 40000,
    "icmp.original.destination.ip": "10.0.0.1",
    "icmp.original.destination.port": 53,
    "icmp.original.transport": "udp",
  };

  it.each([
    [3, 0, "net unreachable"],
    [3, 1, "host unreachable"],
    [3, 3, "udp port unreachable"],
    [3, 9, "admin prohibited"],
    [3, 10, "admin prohibited"],
    [3, 13, "admin prohibited"],
    [11, 0, "time exceeded"],
  ])("names type %i code %i %s, and the quoted packet's ends", (type, code, name) => {
    const { action, fields } = icmp(type, code, u32(0));
    expect(action).toBe("icmp.message");
    expect(fields).toMatchObject({ "icmp.type": type, "icmp.code": code, "icmp.name": name, ...original });
  });

  it("quotes a query without asking it again", () => {
    expect(
      decode(ipv4(1, Buffer.concat([hex("03030000 00000000"), queryPacket])), 101).map((e) => e.action),
    ).toEqual(["icmp.message"]);
  });

  it("tells the size that would have passed", () => {
    expect(icmp(3, 4, u32(1400)).fields).toMatchObject({ "icmp.name": "need to frag", "icmp.mtu": 1400 });
  });

  it("numbers echoes", () => {
    expect(icmp(8, 0, hex("1234 0007")).fields).toMatchObject({
      "icmp.name": "echo request",
      "icmp.id": 0x1234,
      "icmp.seq": 7,
    });
  });

  it("reads ICMPv6 the same", () => {
    const body: Buffer = ipv6(17, udp(40000, 53, query)).subarray(0, 48);
    const packet = ipv6(58, Buffer.concat([hex("01040000 00000000"), body]));
    expect(only(packet, 101).fields).toMatchObject({
      "network.transport": "ipv6-icmp",
      "icmp.name": "udp port unreachable",
      "icmp.original.destination.ip": "2001:db8::1",
      "icmp.original.destination.port": 53,
    });
    const tooBig = ipv6(58, Buffer.concat([hex("02000000"), u32(1280), body]));
    expect(only(tooBig, 101).fields).toMatchObject({ "icmp.name": "packet too big", "icmp.mtu": 1280 });
  });
});

describe("ARP", () => {
  const arp = (operation: string) =>
    only(
      hex(
        `ffffffffffff 02420a000005 0806 0001 0800 06 04 ${operation} 02420a000005 0a000005 000000000000 0a000001`,
      ),
    );

  it("asks and answers", () => {
    const fields = {
      "arp.sender.ip": "10.0.0.5",
      "arp.sender.mac": "02:42:0a:00:00:05",
      "arp.target.ip": "10.0.0.1",
    };
    expect(arp("0001")).toMatchObject({ action: "arp.request", fields });
    expect(arp("0002")).toMatchObject({
      action: "arp.reply",
      fields: { ...fields, "destination.mac": "ff:ff:ff:ff:ff:ff" },
    });
  });
});
