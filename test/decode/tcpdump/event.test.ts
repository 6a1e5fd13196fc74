import { describe, expect, it } from "@jest/globals";
import { readPacket } from "../../../src/decode/tcpdump/event.js";
import type { Fields } from "../../../src/model/event.js";
import { matchTcpdump } from "../../grammars/tcpdump.js";

/** The packet event of one record of tcpdump's text, without the fields that are absent. */
function read(record: string): { action: string; fields: Fields } {
  const matched = matchTcpdump(record);
  if (matched === undefined) throw new Error(`no shape matches ${record}`);
  const { action, fields } = readPacket(matched.action, matched.fields)!;
  return { action, fields: JSON.parse(JSON.stringify(fields)) as Fields };
}

const UP = "03:46:28.346667 IP 10.0.0.5.40000 > 10.0.0.1.53:";
const DOWN = "03:46:28.346667 IP 10.0.0.1.53 > 10.0.0.5.40000:";

describe("DNS in tcpdump's text", () => {
  it("gives a query all that the line shows", () => {
    expect(
      read("03:51:36.39 enp0s31f6 Out IP 10.0.0.5.40000 > 10.0.0.1.53: 47344+ A? Registry.corp.test. (36)"),
    ).toEqual({
      action: "dns.query",
      fields: {
        "network.type": "ipv4",
        "network.transport": "udp",
        "network.protocol": "dns",
        "source.ip": "10.0.0.5",
        "source.port": 40000,
        "destination.ip": "10.0.0.1",
        "destination.port": 53,
        "interface.name": "enp0s31f6",
        "packet.direction": "Out",
        "dns.type": "query",
        "dns.id": 47344,
        "dns.question.name": "registry.corp.test",
        "dns.question.type": "A",
        "dns.header_flags": ["RD"],
      },
    });
  });

  it.each([
    ["47344+% [1au] AAAA? a.test. (35)", { "dns.question.type": "AAAA", "dns.header_flags": ["RD", "CD"] }],
    ["47344 Type65? a.test. (24)", { "dns.question.type": "HTTPS", "dns.header_flags": [] }],
    ["47344+ [b2&3=0x120] A? a.test. (24)", { "dns.header_flags": ["RD", "AD"] }],
    ["47344+ PTR (QM)? 1.0.0.10.in-addr.arpa. (39)", { "dns.question.name": "1.0.0.10.in-addr.arpa" }],
    [" 47344+ NS? . (17)", { "dns.question.name": ".", "dns.question.type": "NS" }],
    ["[bad udp cksum 0x0c4b -> 0xf2e5!] 47344+ A? a.test. (30)", { "dns.question.name": "a.test" }],
    ["47344 notify+ SOA? a.test. (24)", { "dns.question.type": "SOA" }],
    ["47344+ A? registry.co[|domain]", { "dns.question.name": "registry.co", "dns.question.name_cut": true }],
    ["47344+ [|domain]", { "dns.id": 47344, "dns.question.name_cut": true }],
  ])("reads the query %s", (text, fields) => {
    expect(read(`${UP} ${text}`)).toMatchObject({
      action: "dns.query",
      fields: { "dns.id": 47344, ...fields },
    });
  });

  it.each([
    [
      "1098* 1/0/0 A 203.0.113.80 (45)",
      {
        "dns.response_code": "NOERROR",
        "dns.answers_count": 1,
        "dns.resolved_ip": ["203.0.113.80"],
        "dns.header_flags": ["AA", "RA"],
      },
    ],
    ["1098 NXDomain 0/1/0 (104)", { "dns.response_code": "NXDOMAIN", "dns.answers_count": 0 }],
    ["1098 ServFail- 0/0/0 (24)", { "dns.response_code": "SERVFAIL", "dns.header_flags": [] }],
    ["1098 Refused*-| [0q] 0/0/0 (12)", { "dns.response_code": "REFUSED", "dns.header_flags": ["AA", "TC"] }],
    ["1098| 0/0/1 (51)", { "dns.header_flags": ["TC", "RA"] }],
    [
      "1098 3/0/0 CNAME www.a.test., A 10.0.0.1, AAAA 2001:db8::1 (90)",
      { "dns.answers_count": 3, "dns.resolved_ip": ["10.0.0.1", "2001:db8::1"] },
    ],
    [
      "1098 q: A? ok.a.test. 1/1/1 ok.a.test. [1m] A 10.0.0.9 ns: a.test. [1m] NS ns.a.test. ar: ns.a.test. [1m] A 10.0.0.53 (90)",
      { "dns.question.name": "ok.a.test", "dns.question.type": "A", "dns.resolved_ip": ["10.0.0.9"] },
    ],
    ['1098 2/0/0 TXT "x, A 10.6.6.6", A 10.0.0.1 (90)', { "dns.answers_count": 2 }],
    ["1098 [|domain]", { "dns.id": 1098, "dns.question.name_cut": true }],
    ["1098* 1/0/0  [|domain]", { "dns.answers_count": 1 }],
  ])("reads the answer %s", (text, fields) => {
    const event = read(`${DOWN} ${text}`);
    expect(event).toMatchObject({ action: "dns.answer", fields: { "dns.id": 1098, ...fields } });
    expect(event.fields["dns.resolved_ip"]).toEqual(
      "dns.resolved_ip" in fields ? fields["dns.resolved_ip"] : undefined,
    );
  });

  it("calls a name cut only where the text was cut before it", () => {
    expect(read(`${DOWN} 1098* 1/0/0  [|domain]`).fields["dns.question.name_cut"]).toBeUndefined();
    expect(read(`${DOWN} 1098* [|domain]`).fields["dns.question.name_cut"]).toBe(true);
  });

  it("reads DNS over TCP", () => {
    expect(read(`${UP} Flags [P.], seq 1:39, ack 1, win 502, length 38 4711+ A? a.test. (36)`)).toMatchObject(
      {
        action: "dns.query",
        fields: { "network.transport": "tcp", "dns.id": 4711, "dns.question.name": "a.test" },
      },
    );
    expect(
      read(
        `${DOWN} Flags [P.], seq 1:33, ack 1, win 502, length 32 [prefix length(32) != length(66)] (invalid)`,
      ),
    ).toMatchObject({ action: "tcp.segment", fields: { "tcp.payload_bytes": 32 } });
  });

  it("takes from a hex dump what -q left out", () => {
    const record = [
      `${UP} UDP, length 24`,
      "\t0x0000:  4500 0034 0007 0000 4011 66ad 0a00 0005",
      "\t0x0010:  0a00 0001 9c40 0035 0020 0000 1267 0100",
      "\t0x0020:  0001 0000 0000 0000 0161 0474 6573 7400",
      "\t0x0030:  0001 0001",
    ].join("\n");
    expect(read(record)).toMatchObject({
      action: "dns.query",
      fields: { "dns.id": 4711, "dns.question.name": "a.test" },
    });
    // Somebody else's bytes prove nothing.
    expect(read(record.replace("10.0.0.5.40000", "10.0.0.6.40000")).action).toBe("udp.datagram");
  });

  it.each([
    "UDP, length 24",
    "26725 updateMA [b2&3=0x6c6c] [30575a] [28448q] [29292n] [25644au] [|domain]",
    "16449 op8 [b2&3=0x4243] [17991a] [17477q] [18505n] [19019au] [|domain]",
    "70000+ A? a.test. (24)",
    "4711 op9+ A? a.test. (24)",
    "4711 updateMAX A? a.test. (24)",
  ])("is no query: %s", (text) => expect(read(`${UP} ${text}`).action).toBe("udp.datagram"));
});

describe("text that means harm", () => {
  it("is read: an expression that went back over it would not come to an end", () => {
    const pumps = [
      "[udp sum ok] ",
      "A 10.0.0.1, ",
      "\n\tIP (tos 0x0) ",
      "\n\t0x0000:  4500 ",
      " [1au]",
      "1+ A? ",
      ", length 1",
      "(a) ",
    ];
    const heads = [
      "",
      "1+ ",
      "1* 9999/0/0 ",
      "Flags [S]",
      "ICMP ",
      "ICMP host a unreachable",
      "UDP, length 1",
    ];
    for (const head of heads) {
      for (const pump of pumps) {
        const payload = head + pump.repeat(200_000 / pump.length);
        const fields = { "source.port": 53, "source.ip": "10.0.0.1", "packet.payload": payload };
        expect(() => readPacket("packet.ip", fields)).not.toThrow();
      }
    }
  });
});

describe("other packets in tcpdump's text", () => {
  const IP = "03:46:28.346667 IP 10.0.0.5.40000 > 10.0.0.1.443:";

  it.each([
    [
      "Flags [S], seq 3825389889, win 65495, options [mss 65495,sackOK,TS val 1 ecr 0], length 0",
      { "tcp.flags": "S", "tcp.seq": 3825389889, "tcp.payload_bytes": 0 },
    ],
    [
      "Flags [S.], cksum 0xfe30 (incorrect -> 0xd12b), seq 7, ack 3825389890, win 65483, length 0",
      { "tcp.flags": "S.", "tcp.seq": 7, "tcp.ack": 3825389890 },
    ],
    [
      "Flags [P.], seq 1:100, ack 1, win 502, length 99: HTTP: GET /v2/ HTTP/1.1",
      { "tcp.flags": "P.", "tcp.payload_bytes": 99 },
    ],
    ["tcp 0", { "tcp.payload_bytes": 0 }],
    ["S 123:123(0) win 5840 <mss 1460>", { "tcp.flags": "S", "tcp.seq": 123, "tcp.payload_bytes": 0 }],
    ["S 9:9(0) ack 124 win 5792", { "tcp.flags": "S.", "tcp.ack": 124 }],
    [". ack 1 win 92", { "tcp.flags": ".", "tcp.payload_bytes": 0 }],
  ])("TCP: %s", (text, fields) => {
    expect(read(`${IP} ${text}`)).toMatchObject({ action: "tcp.segment", fields });
  });

  it("says sequence numbers only where they are not relative", () => {
    const { fields } = read(`${IP} Flags [P.], seq 1:100, ack 1, win 502, length 99`);
    expect([fields["tcp.seq"], fields["tcp.ack"]]).toEqual([undefined, undefined]);
    expect([fields["tcp.relative_seq"], fields["tcp.relative_ack"]]).toEqual([1, 1]);
  });

  it.each([
    [
      "ICMP 10.0.0.1 udp port domain unreachable, length 63",
      {
        "icmp.type": 3,
        "icmp.code": 3,
        "icmp.name": "udp port unreachable",
        "icmp.original.destination.ip": "10.0.0.1",
        "icmp.original.destination.port": 53,
        "icmp.original.transport": "udp",
      },
    ],
    [
      "ICMP host 10.0.0.9 unreachable, length 68",
      { "icmp.code": 1, "icmp.name": "host unreachable", "icmp.original.destination.ip": "10.0.0.9" },
    ],
    ["ICMP net 10.0.0.9 unreachable, length 68", { "icmp.code": 0, "icmp.name": "net unreachable" }],
    [
      "ICMP host 10.0.0.9 unreachable - admin prohibited filter, length 68",
      { "icmp.code": 13, "icmp.name": "admin prohibited" },
    ],
    [
      "ICMP host 10.0.0.9 unreachable - admin prohibited, length 68",
      { "icmp.code": 10, "icmp.name": "admin prohibited" },
    ],
    [
      "ICMP 10.0.0.9 unreachable - need to frag (mtu 1400), length 556",
      { "icmp.code": 4, "icmp.name": "need to frag", "icmp.mtu": 1400 },
    ],
    [
      "ICMP 10.0.0.9 protocol 47 unreachable, length 68",
      { "icmp.code": 2, "icmp.name": "protocol unreachable" },
    ],
    [
      "ICMP ns1.example.net udp port domain unreachable, length 63",
      {
        "icmp.code": 3,
        "icmp.original.destination.ip": "ns1.example.net",
        "icmp.original.destination.port": 53,
      },
    ],
    ["ICMP time exceeded in-transit, length 68", { "icmp.type": 11, "icmp.name": "time exceeded" }],
    [
      "ICMP echo request, id 19185, seq 12, length 40",
      { "icmp.type": 8, "icmp.name": "echo request", "icmp.id": 19185, "icmp.seq": 12 },
    ],
  ])("ICMP: %s", (text, fields) => {
    const event = read(`03:46:28.346667 IP 10.0.0.254 > 10.0.0.5: ${text}`);
    expect(event).toMatchObject({
      action: "icmp.message",
      fields: { "network.transport": "icmp", ...fields },
    });
  });

  it("reads the packet that -v quotes", () => {
    const record = [
      "05:48:02.324290 In  IP (tos 0xc0, ttl 63, id 25453, offset 0, flags [none], proto ICMP (1), length 93)",
      "    10.60.0.50 > 10.40.9.23: ICMP 10.60.0.50 udp port 53 unreachable, length 73",
      "\tIP (tos 0x0, ttl 63, id 10609, offset 0, flags [DF], proto UDP (17), length 65)",
      "    10.40.9.23.34414 > 10.60.0.50.53: [bad udp cksum 0x1deb -> 0xfdb0!] 1991+ A? files.acme.test. (37)",
    ].join("\n");
    expect(read(record)).toMatchObject({
      action: "icmp.message",
      fields: {
        "packet.direction": "In",
        "ip.ttl": 63,
        "ip.id": 25453,
        "network.bytes": 93,
        "icmp.original.source.ip": "10.40.9.23",
        "icmp.original.source.port": 34414,
        "icmp.original.destination.port": 53,
      },
    });
  });

  it("reads ARP", () => {
    expect(read("03:46:28.34 eth0  B   ARP, Request who-has 10.0.0.1 tell 10.0.0.5, length 28")).toEqual({
      action: "arp.request",
      fields: {
        "network.type": "arp",
        "interface.name": "eth0",
        "packet.direction": "B",
        "arp.target.ip": "10.0.0.1",
        "arp.sender.ip": "10.0.0.5",
      },
    });
    expect(
      read(
        "03:46:28.34 ARP, Reply 10.0.0.1 is-at 6A:CB:D4:62:A9:ED, length 28"
          .toLowerCase()
          .replace("arp, reply", "ARP, Reply"),
      ),
    ).toMatchObject({
      action: "arp.reply",
      fields: { "arp.sender.ip": "10.0.0.1", "arp.sender.mac": "6a:cb:d4:62:a9:ed" },
    });
  });

  it("has no name for an interface that the reading machine did not know", () => {
    const { fields } = read("03:51:36.39 ?     In  IP 10.0.0.5.40000 > 10.0.0.1.53: 47344+ A? a.test. (24)");
    expect([fields["interface.name"], fields["packet.direction"]]).toEqual([undefined, "In"]);
  });

  it("keeps host names apart from addresses", () => {
    const { fields } = read("03:51:36.39 IP ns1.corp.test.domain > web.40000: 1098 1/0/0 A 10.0.0.9 (45)");
    expect(fields).toMatchObject({
      "source.address": "ns1.corp.test",
      "source.port": 53,
      "dns.type": "answer",
    });
    expect(fields["source.ip"]).toBeUndefined();
  });

  it("reads ports behind IPv6 extension headers", () => {
    expect(
      read("03:51:36.39 IP6 2001:db8::5 > 2001:db8::1: HBH 40000 > 53: 4711+ A? a.test. (24)"),
    ).toMatchObject({
      action: "dns.query",
      fields: { "network.type": "ipv6", "source.port": 40000, "destination.port": 53 },
    });
  });

  it("reads the headers of older versions", () => {
    const line =
      "03:51:36.39 IP (tos 0x0, ttl  63, id 7, offset 0, flags [DF], proto: UDP (17), length: 61) 10.0.0.5.40000 > 10.0.0.1.53:  7+ A? a.test. (24)";
    const fields = { "ip.ttl": 63, "ip.id": 7, "network.bytes": 61, "dns.id": 7 };
    expect(read(line)).toMatchObject({ action: "dns.query", fields });
  });

  it("reads later fragments as packets without ports", () => {
    const record =
      "03:51:36.39 IP (tos 0x0, ttl 64, id 7, offset 1480, flags [none], proto UDP (17), length 84)\n    10.0.0.1 > 10.0.0.5: ip-proto-17";
    expect(read(record)).toMatchObject({
      action: "ip.packet",
      fields: { "network.transport": "udp", "ip.fragment_offset": 1480 },
    });
  });
});
