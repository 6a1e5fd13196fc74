import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { kernelReader } from "../../../src/decode/packet/kernel-reader.js";
import { wantedKinds } from "../../../src/decode/packet/kinds.js";
import { KIND, type PacketSegment, ROW, ROW_WORDS } from "../../../src/decode/packet/row.js";
import type { Asked } from "../../../src/decode/packet/scan.js";
import {
  captureHead,
  readPacketSegment,
  readWithoutKernel,
  type SegmentConfig,
} from "../../../src/decode/packet/segment-reader.js";
import { StretchBytes } from "../../../src/decode/packet/stretch-bytes.js";
import { dnsAnswer, dnsQuery, ETHERNET, ipv4, ipv6, type Packet, pcap, tcp, udp } from "./build.js";
import { variety } from "./variety.js";

const join = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
const MACS = ETHERNET.subarray(0, 12);
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

/** Link layers: number of the type, and what stands before an IPv4 and an IPv6 packet. */
const LINKS: Readonly<Record<string, readonly [number, Buffer, Buffer]>> = {
  Ethernet: [1, join(MACS, hex("0800")), join(MACS, hex("86dd"))],
  "802.1Q": [1, join(MACS, hex("8100 000c 0800")), join(MACS, hex("8100 000c 86dd"))],
  "802.1ad in 802.1Q": [
    1,
    join(MACS, hex("88a8 000c 8100 000d 0800")),
    join(MACS, hex("88a8 000c 9100 000d 86dd")),
  ],
  "three tags": [1, join(MACS, hex("8100 000c".repeat(3)), hex("0800")), join(MACS, hex("86dd"))],
  cooked: [113, hex("0000 0001 0006 02420a000005 0000 0800"), hex("0004 0001 0006 02420a000005 0000 86dd")],
  "cooked v2": [
    276,
    hex("0800 0000 00000007 0001 04 06 02420a000005 0000"),
    hex("86dd 0000 00000007 0001 04 06 02420a000005 0000"),
  ],
  raw: [101, Buffer.alloc(0), Buffer.alloc(0)],
};

/** Questions and answers, connections and more, of few ids, ports and names: they meet in all ways. */
function traffic(count: number, [, v4, v6]: readonly [number, Buffer, Buffer]): Packet[] {
  let state = 7;
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
  return Array.from({ length: count }, (_, i) => {
    const id = random(5);
    const port = 40_000 + random(3);
    const name = ["registry.corp.test", "Registry.Corp.TEST", "a.very.long.name.of.some.host.example.net"][
      random(3)
    ]!;
    const hosts = { source: `10.0.0.${5 + random(2)}`, destination: "192.0.2.53" };
    const back = { source: hosts.destination, destination: hosts.source };
    const answer = udp(53, port, dnsAnswer(id, name, "203.0.113.9", 0x8180 | random(4)));
    const bytes = [
      () => join(v4, ipv4(17, udp(port, 53, dnsQuery(id, name)), hosts)),
      () => join(v4, ipv4(17, answer, back)),
      () => join(v6, ipv6(17, udp(port, 53, dnsQuery(id, name)))),
      () => join(v6, ipv6(17, answer)),
      () => join(v4, ipv4(6, tcp(port, 443, 2, undefined, id), hosts)),
      () => join(v4, ipv4(6, tcp(443, port, [0x12, 0x14, 0x04][random(3)]!, undefined, 9, id + 1), back)),
      () =>
        join(
          v4,
          ipv4(6, tcp(port, 443, [0x10, 0x11, 0x18, 0xc2][random(4)]!, Buffer.alloc(random(90))), hosts),
        ),
      () => join(v4, ipv4(17, udp(port, 9999, Buffer.alloc(20)), hosts)),
      () => join(v4, ipv4(1, Buffer.from([8, 0, 0, 0, 0, 1, 0, 1]), hosts)),
    ][random(9)]!();
    return { bytes, seconds: 1_795_319_188 + (i >> 4), part: (i & 15) * 1000 + random(900) };
  });
}

const asks = (wants?: (kind: string) => boolean): Asked => ({
  wanted: wantedKinds(wants),
  heard: new Uint8Array(256).fill(1),
  markers: true,
});
/** What rules want of captures, as a rule: no data, no datagrams. */
const USUAL: Asked = {
  ...asks((kind) => kind !== "tcp.data" && kind !== "udp.datagram" && kind !== "ip.packet"),
  heard: Uint8Array.from({ length: 256 }, (_, flags) => Number([2, 0x12, 4, 0x14].includes(flags))),
};

let dir = "";
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-kernel-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

/** Runs `read` with the capture as a file. */
function withFile<T>(bytes: Buffer, read: (fd: number) => T): T {
  const file = path.join(dir, "capture");
  fs.writeFileSync(file, bytes);
  const fd = fs.openSync(file, "r");
  try {
    return read(fd);
  } finally {
    fs.closeSync(fd);
  }
}

const PAIRED: readonly number[] = [KIND.QUERY, KIND.ANSWER, KIND.OPENER, KIND.REPLY];

/** All that a segment says, its rows one by one: what they have no use for is left out. */
function told(segment: PacketSegment) {
  const { words, times, frames, length, ...rest } = segment;
  const rows = Array.from({ length }, (_, row) => {
    const numbers = [...words.subarray(row * ROW_WORDS, (row + 1) * ROW_WORDS)];
    const isPaired = PAIRED.includes(numbers[ROW.KIND]! & 0xff);
    const from = numbers[ROW.FRAME]!;
    return {
      time: times[row],
      frame: frames.toString("hex", from, from + numbers[ROW.CAPTURED]!),
      numbers: [numbers[ROW.KIND], ...numbers.slice(ROW.CAPTURED, isPaired ? ROW_WORDS : ROW.KEY)],
    };
  });
  return { ...rest, rows };
}

function expectSame(bytes: Buffer, asked: Asked, from: number, to: number, sure: boolean): void {
  const config: SegmentConfig = { head: captureHead(bytes)!, asked };
  withFile(bytes, (fd) => {
    const fast = readPacketSegment(config, fd, { from, to }, sure);
    expect(told(fast)).toEqual(told(readWithoutKernel(config, fd, { from, to }, sure)));
  });
}

describe("the kernel that reads packets", () => {
  for (const [name, link] of Object.entries(LINKS)) {
    it(`gives what is read without it: ${name}`, () => {
      const packets = traffic(600, link);
      for (const options of [{}, { little: false }, { nano: true }]) {
        const bytes = pcap(packets, { linkType: link[0], ...options });
        for (const asked of [USUAL, asks()]) expectSame(bytes, asked, 24, bytes.length, true);
      }
    });

    it(`says the same of packets that are damaged or cut: ${name}`, () => {
      const packets = traffic(60, link);
      const harm = fc.array(
        fc.tuple(fc.nat(59), fc.nat(70), fc.nat(255), fc.oneof(fc.constant(999), fc.nat(90))),
        { minLength: 1, maxLength: 40 },
      );
      fc.assert(
        fc.property(harm, (harms) => {
          const hurt = packets.map((packet) => ({ ...packet, bytes: Buffer.from(packet.bytes) }));
          for (const [number, at, byte, captured] of harms) {
            const packet = hurt[number]!;
            if (at < packet.bytes.length) packet.bytes[at] = byte;
            if (captured < packet.bytes.length) hurt[number] = { ...packet, captured };
          }
          const bytes = pcap(hurt, { linkType: link[0] });
          expectSame(bytes, USUAL, 24, bytes.length, true);
        }),
        { seed: 11, numRuns: 60 },
      );
    });
  }

  it("gives the same wherever a stretch begins and ends, and where the file breaks off", () => {
    const bytes = pcap(traffic(300, LINKS["Ethernet"]!)).subarray(0, -5);
    const places = fc.tuple(fc.integer({ min: 24, max: bytes.length }), fc.integer({ min: 1, max: 9000 }));
    fc.assert(
      fc.property(places, ([from, size]) => {
        expectSame(bytes, USUAL, from, Math.min(bytes.length, from + size), from === 24);
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it("gives the same where records cannot be true, and of packets of all kinds", () => {
    const bytes = pcap(traffic(200, LINKS["Ethernet"]!));
    bytes.fill(0xff, 3000, 3040);
    expectSame(bytes, USUAL, 24, bytes.length, true);
    expectSame(variety(), asks(), 24, variety().length, true);
  });

  it("numbers 64 servers, and no more", () => {
    const packets = Array.from({ length: 150 }, (_, i) => ({
      bytes: join(
        ETHERNET,
        ipv4(17, udp(40_000, 53, dnsQuery(i, "a.test")), {
          source: "10.0.0.5",
          destination: `192.0.2.${i % 75}`,
        }),
      ),
      part: i,
    }));
    const bytes = pcap(packets);
    expectSame(bytes, USUAL, 24, bytes.length, true);
  });

  it("reads good captures to their end by itself, and gives way where a record is cut off", () => {
    const whole = pcap(traffic(100, LINKS["Ethernet"]!));
    const readWith = (bytes: Buffer) => {
      const head = captureHead(bytes)!;
      if (head.format !== "pcap") throw new Error("a classic capture was made");
      const stretch = { from: 24, to: bytes.length };
      const reader = kernelReader(head.header, StretchBytes.roomFor(stretch))!;
      return withFile(bytes, (fd) =>
        reader.read(head.header, USUAL, new StretchBytes(fd, stretch, reader.room), 24, stretch.to, 4096),
      );
    };
    expect(readWith(whole)!.counts.records).toBe(100);
    expect(readWith(whole.subarray(0, -5))).toBeUndefined();
  });
});
