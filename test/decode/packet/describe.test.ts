import { describe, expect, it } from "@jest/globals";
import { describePacket, describeRecord } from "../../../src/decode/packet/describe.js";
import { dnsAnswer, dnsQuery, hex, ipv4, tcp, udp } from "./build.js";
import { readAll } from "./read.js";
import { variety } from "./variety.js";

const cooked = hex("0800 0000 0000000d 0001 04 06 02420a000005 0000");

describe("one line for a packet", () => {
  it.each([
    [
      ipv4(17, udp(40000, 53, dnsQuery(4711, "registry.test", 28))),
      "IP 10.0.0.5.40000 > 10.0.0.1.53: 4711+ AAAA? registry.test.",
    ],
    [
      ipv4(17, udp(53, 40000, dnsAnswer(4711, "registry.test", "10.0.1.9"))),
      "IP 10.0.0.5.53 > 10.0.0.1.40000: 4711 q: A? registry.test. 1 answer 10.0.1.9",
    ],
    [
      ipv4(17, udp(53, 40000, dnsQuery(4711, "a.test", 1, 0x8583))),
      "IP 10.0.0.5.53 > 10.0.0.1.40000: 4711* NXDOMAIN q: A? a.test. 0 answers",
    ],
    [
      ipv4(6, tcp(40000, 443, 0x12)),
      "IP 10.0.0.5.40000 > 10.0.0.1.443: Flags [S.], seq 1000, ack 2000, length 0",
    ],
    [ipv4(17, udp(40000, 9999, Buffer.alloc(7))), "IP 10.0.0.5.40000 > 10.0.0.1.9999: UDP, length 7"],
    [
      ipv4(1, Buffer.concat([hex("03030000 00000000"), ipv4(17, udp(40000, 53, Buffer.alloc(8)))])),
      "IP 10.0.0.5 > 10.0.0.1: ICMP udp port unreachable, for 10.0.0.1.53",
    ],
    [ipv4(1, hex("08000000 12340007")), "IP 10.0.0.5 > 10.0.0.1: ICMP echo request, id 4660, seq 7"],
    [ipv4(47, Buffer.alloc(4)), "IP 10.0.0.5 > 10.0.0.1: protocol 47"],
  ])("%#", (packet, line) => {
    expect(describePacket(packet, 101)).toBe(line);
    expect(describePacket(Buffer.concat([cooked, packet]), 276)).toBe(`ifindex 13 Out ${line}`);
  });

  it("describes what it cannot decode by its size", () => {
    expect(describePacket(hex("0180c200000e 02420a000001 88cc 0000"), 1)).toBe("ethertype 0x88cc, length 16");
    expect(describePacket(hex("45"), 101)).toBe("unreadable, length 1");
    expect(describePacket(new Uint8Array(0), 1)).toBe("unreadable, length 0");
  });

  it("has a line for every packet event, without holes", () => {
    for (const event of readAll(variety()).events) {
      const line = describeRecord(event);
      expect(line).toMatch(/^(IP|IP6|ARP,) /);
      expect(line).not.toMatch(/undefined|NaN|\?$/);
    }
  });
});
