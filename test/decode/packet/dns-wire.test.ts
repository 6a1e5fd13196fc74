import { describe, expect, it } from "@jest/globals";
import { dnsAnswer, dnsQuery, ETHERNET, hex, ipv4, ipv6, pcap, tcp, u16, udp } from "./build.js";
import { readAll } from "./read.js";

const join = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
const frame = (packet: Buffer) => ({ bytes: join(ETHERNET, packet) });
const read = (...packets: Buffer[]) => readAll(pcap(packets.map(frame)));
const told = (...packets: Buffer[]) =>
  read(...packets).events.map(({ action, line, fields }) => [line, action, fields["dns.question.name"]]);

/** The message with one more record in its additional section. */
function withOpt(message: Buffer): Buffer {
  const counted = Buffer.from(message);
  counted.writeUInt16BE(1, 10);
  return join(counted, hex("00 0029 04d0 00 00 8000 000c 000a 0008 0102030405060708"));
}

describe("DNS on the wire", () => {
  it("is read with EDNS, its cookie and flags", () => {
    const query = ipv4(17, udp(40000, 53, withOpt(dnsQuery(7, "a.test"))));
    const answer = ipv4(17, udp(53, 40000, withOpt(dnsAnswer(7, "a.test", "10.0.0.9"))));
    const { events } = read(query, answer);
    expect(events.map(({ action }) => action)).toEqual(["dns.query", "dns.answer"]);
    expect(events[1]!.fields).toMatchObject({ "dns.answers_count": 1, "dns.resolved_ip": ["10.0.0.9"] });
  });

  it("over TCP is told once, by the segment that a message begins in", () => {
    const answer = dnsAnswer(9, "long.test", "10.0.0.9");
    const stream = join(u16(answer.length), answer);
    const cut = (from: number, to: number) =>
      ipv4(6, tcp(53, 40000, 0x18, stream.subarray(from, to), 1000 + from));
    expect(told(cut(0, stream.length))).toEqual([[1, "dns.answer", "long.test"]]);
    for (let at = 30; at < stream.length; at++)
      expect(told(cut(0, at), cut(at, stream.length))).toEqual([
        [1, "dns.answer", "long.test"],
        [2, "tcp.segment", undefined],
      ]);
  });

  it("in IP fragments is told by the first, whichever comes first", () => {
    const datagram = udp(53, 40000, withOpt(dnsAnswer(9, "big.test", "10.0.0.9")));
    const first = ipv4(17, datagram.subarray(0, 48), { fragment: 0x2000 });
    const second = ipv4(17, datagram.subarray(48), { fragment: 6 });
    expect(told(first, second)).toEqual([
      [1, "dns.answer", "big.test"],
      [2, "ip.packet", undefined],
    ]);
    expect(told(second, first)).toEqual([
      [1, "ip.packet", undefined],
      [2, "dns.answer", "big.test"],
    ]);
  });

  it("behind IPv6's headers, in the first of two fragments", () => {
    const datagram = udp(40000, 53, dnsQuery(9, "six.test"));
    const fragment = (offset: number, more: number, part: Buffer) =>
      join(
        ETHERNET.subarray(0, 12),
        hex("86dd"),
        ipv6(0, join(hex("2c00010400000000"), hex("1100"), u16(offset | more), hex("00000007"), part)),
      );
    const { events } = readAll(
      pcap(
        [fragment(0, 1, datagram.subarray(0, 32)), fragment(32, 0, datagram.subarray(32))].map((bytes) => ({
          bytes,
        })),
      ),
    );
    expect(events.map(({ action }) => action)).toEqual(["dns.query", "ip.packet"]);
    expect(events[0]!.fields["dns.question.name"]).toBe("six.test");
    expect(events[1]!.fields["ip.fragment_offset"]).toBe(32);
  });

  it("does not loop where names point in circles", () => {
    const question = join(hex("0007 0100 0001 0000 0000 0000"), hex("c00c 0001 0001"));
    expect(told(ipv4(17, udp(40000, 53, question)))).toEqual([[1, "udp.datagram", undefined]]);
    // An answer whose record's name points to itself, and one in a ring of two.
    const answer = dnsAnswer(9, "a.test", "10.0.0.9");
    const record = answer.length - 16;
    for (const target of [record, record - 2]) {
      const looped = Buffer.from(answer);
      looped.writeUInt16BE(0xc000 | target, record);
      expect(told(ipv4(17, udp(53, 40000, looped)))).toEqual([[1, "dns.answer", "a.test"]]);
    }
  });

  it("is not seen in a long chain of pointers that a query might hide in", () => {
    const chain = Array.from({ length: 200 }, (_, i) => u16(0xc000 | (12 + 2 * (i + 1))));
    const message = join(hex("0007 0100 0001 0000 0000 0000"), ...chain, hex("00 0001 0001"));
    expect(told(ipv4(17, udp(40000, 53, message)))).toHaveLength(1);
  });
});
