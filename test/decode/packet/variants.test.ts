import { describe, expect, it } from "@jest/globals";
import { dnsAnswer, dnsQuery, ETHERNET, ipv4, u16, u32, udp } from "./build.js";
import { readAll } from "./read.js";

const query = Buffer.concat([ETHERNET, ipv4(17, udp(40000, 53, dnsQuery(4711, "registry.corp.test")))]);
const answer = Buffer.concat([
  ETHERNET,
  ipv4(17, udp(53, 40000, dnsAnswer(4711, "registry.corp.test", "10.0.1.9"))),
]);

/** A capture whose record headers go on, behind the usual four words, with fields of the writer's own. */
function variant(magic: number, own: Buffer, packets: readonly Buffer[], little = true): Buffer {
  const n32 = (n: number) => (little ? u32(n).reverse() : u32(n));
  const n16 = (n: number) => (little ? u16(n).reverse() : u16(n));
  const header = Buffer.concat([n32(magic), n16(2), n16(4), n32(0), n32(0), n32(65535), n32(1)]);
  const records = packets.map((bytes, i) =>
    Buffer.concat([n32(1795319188 + i), n32(5), n32(bytes.length), n32(bytes.length), own, bytes]),
  );
  return Buffer.concat([header, ...records]);
}

const KUZNETZOV = Buffer.from("02000000" + "0008" + "04" + "00", "hex");
const NOKIA = Buffer.from("00a1b2c3", "hex");
const PACKETS = [query, answer, query, answer];

describe("captures whose record headers are longer than usual", () => {
  it.each([
    ["as usual", 0xa1b2c3d4, Buffer.alloc(0)],
    ["Kuznetzov's", 0xa1b2cd34, KUZNETZOV],
    ["Kuznetzov's of September 1999", 0xa1b2cd34, Buffer.concat([KUZNETZOV, Buffer.alloc(4)])],
    ["Kuznetzov's of April 1999, with the usual magic number", 0xa1b2c3d4, KUZNETZOV],
    ["Nokia's", 0xa1b2c3d4, NOKIA],
  ])("%s", (_name, magic, own) => {
    for (const little of [true, false]) {
      const file = variant(magic, own, PACKETS, little);
      const { events, reader } = readAll(file);
      expect(reader.problems).toEqual([]);
      expect(events.map(({ action }) => action)).toEqual([
        "dns.query",
        "dns.answer",
        "dns.query",
        "dns.answer",
      ]);
      expect(events[3]!.time).toBe((1795319188 + 3) * 1_000_000 + 5);
      expect(readAll(file, { size: 7 }).events).toEqual(events);
    }
  });

  it("of one packet are told by where the file ends", () => {
    expect(readAll(variant(0xa1b2c3d4, NOKIA, [query])).events).toHaveLength(1);
    expect(readAll(variant(0xa1b2cd34, Buffer.alloc(12), [query])).events).toHaveLength(1);
  });

  it("are not seen where a usual one is damaged", () => {
    const file = variant(0xa1b2c3d4, Buffer.alloc(0), PACKETS);
    file.writeUInt32LE(0x7fffffff, 24 + 16 + query.length + 8);
    const { events, reader } = readAll(file);
    expect(events.map(({ action }) => action)).toEqual([
      "dns.query",
      "capture.marker",
      "dns.query",
      "dns.answer",
    ]);
    expect(reader.problems).toHaveLength(1);
  });
});
