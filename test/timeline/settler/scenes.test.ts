import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { dnsAnswer, dnsQuery, ETHERNET, ipv4, pcap, tcp, udp } from "../../decode/packet/build.js";
import { at } from "../events.js";
import { everyPacketAnEvent, isPlain, lacking, settled } from "./hearing.js";
import { BEGINNING } from "./traffic.js";

/** A packet, and its stamp in seconds after the beginning. */
type Sent = readonly [seconds: number, packet: Buffer];

const CLIENT = "10.0.0.2";
const SERVER = "192.0.2.53";
const WEB = "203.0.113.9";
const NAT = "198.51.100.1";
const SYN = 0x02;
const SYN_ACK = 0x12;
const RST = 0x04;

const ask = (seconds: number, id: number, name = "a.example"): Sent => [
  seconds,
  ipv4(17, udp(40_000 + id, 53, dnsQuery(id, name)), { source: CLIENT, destination: SERVER }),
];
const reply = (seconds: number, id: number, name = "a.example", client = CLIENT): Sent => [
  seconds,
  ipv4(17, udp(53, 40_000 + id, dnsAnswer(id, name, "203.0.113.7")), { source: SERVER, destination: client }),
];
/** A segment that nobody looks at: the stream moves on with it. */
const fin = (seconds: number): Sent => [
  seconds,
  ipv4(6, tcp(9, 443, 0x11), { source: "10.0.0.99", destination: WEB }),
];

interface Ends {
  from?: string;
  to?: string;
  port?: number;
  seq?: number;
}
const open = (seconds: number, { from = CLIENT, to = WEB, port = 50_000, seq = 7 }: Ends = {}): Sent => [
  seconds,
  ipv4(6, tcp(port, 443, SYN, undefined, seq), { source: from, destination: to }),
];
const welcome = (
  seconds: number,
  { from = CLIENT, to = WEB, port = 50_000, seq = 7 }: Ends = {},
  flags = SYN_ACK,
): Sent => [
  seconds,
  ipv4(6, tcp(443, port, flags, undefined, 99, seq + 1), { source: to, destination: from }),
];

/** The same, before and after its address was translated: what it teaches of the host, others are judged by. */
const translated = (seconds: number): Sent[] => {
  const ends = { port: 51_000, seq: 1_000_000 };
  return [
    open(seconds, ends),
    open(seconds + 0.0001, { ...ends, from: NAT }),
    welcome(seconds + 0.02, { ...ends, from: NAT }),
    welcome(seconds + 0.0201, ends),
  ];
};

/** As many SYNs as are kept open at once, in 0.8 s, all answered: each a packet like the first, with numbers of its own. */
const crowd = (seconds: number): Sent[] =>
  Array.from({ length: 50_000 }, (_, i): Sent[] => {
    const syn = Buffer.from(SYN_PACKET);
    const answer = Buffer.from(SYN_ACK_PACKET);
    syn.writeUInt16BE(i, 14);
    answer.writeUInt16BE(i, 18);
    syn.writeUInt16BE(1000 + i, 20);
    answer.writeUInt16BE(1000 + i, 22);
    syn.writeUInt32BE(2_000_000 + i, 24);
    answer.writeUInt32BE(2_000_001 + i, 28);
    return [
      [seconds + i / 62_500, syn],
      [seconds + (i + 0.5) / 62_500, answer],
    ];
  }).flat();
const [, SYN_PACKET] = open(0);
const [, SYN_ACK_PACKET] = welcome(0);

const captureOf = (sent: readonly Sent[]) =>
  pcap(
    sent.map(([seconds, packet]) => {
      const us = BEGINNING + Math.round(seconds * 1e6);
      return { bytes: Buffer.concat([ETHERNET, packet]), seconds: Math.floor(us / 1e6), part: us % 1e6 };
    }),
  );

/**
 * Plays the packets, in this order, both ways: gives what both decide, but for plain exchanges.
 * @param chunk so many bytes of the capture are read at a time
 */
async function played(sent: readonly Sent[], beside: Event[] = [], chunk = 100) {
  const captures = [captureOf(sent)];
  const full = await everyPacketAnEvent(captures, beside);
  const fast = await settled(captures, beside, {}, chunk);
  const { lacks, isSubsequence } = lacking(full.hearing.decided, fast.hearing.decided);
  expect(isSubsequence).toBe(true);
  expect(lacks.filter((event) => !isPlain(event))).toEqual([]);
  expect(fast.result).toEqual(full.result);
  return {
    outcomes: fast.hearing.decided
      .filter((event) => !isPlain(event))
      .map(({ action, fields }) => `${action} ${fields["dns.outcome"] ?? fields["passage.outcome"]}`),
    /** Packets of which events were made. */
    taken: fast.hearing.taken,
  };
}

describe("the settler, with DNS exchanges", () => {
  const before = [ask(0, 1), reply(0.01, 1)];

  it("drops the second of two alike", async () => {
    const { taken } = await played([...before, ask(5, 2), reply(5.01, 2), fin(20)]);
    expect(taken).toBe(2);
  });

  it("keeps an exchange when one packet's clock was far ahead between question and answer: it was over by then", async () => {
    const { outcomes } = await played([...before, ask(5, 2), fin(30), reply(5.01, 2), fin(31)]);
    expect(outcomes).toEqual(["dns.leg timeout", "dns.lookup failed"]);
  });

  it("keeps a question whose answer names what only begins alike", async () => {
    const [asked, answered] = ["a-rather-long-name-1.example", "a-rather-long-name-2.example"];
    const { outcomes } = await played([...before, ask(5, 2, asked), reply(5.01, 2, answered), fin(30)]);
    expect(outcomes).toEqual(["dns.leg timeout", "dns.lookup failed"]);
  });

  it("keeps an exchange whose answer goes to another client", async () => {
    const { taken } = await played([...before, ask(5, 2), reply(5.01, 2, "a.example", "10.0.0.3"), fin(30)]);
    expect(taken).toBe(4);
  });

  it("knows from a dropped answer that the capture shows answers, as soon as it comes", async () => {
    const told = {
      ...at(0, "dns.error", { $source: 2, "error.kind": "timeout", "dns.question.name": "w.example" }),
      time: BEGINNING + 14_045_000,
      latest: BEGINNING + 14_045_000,
    };
    const early = [
      fin(13.94),
      ask(13.96, 2, "c.example"),
      ask(13.97, 3, "b.example"),
      reply(13.98, 3, "b.example"),
    ];
    const { outcomes } = await played(
      [ask(0, 1), ...early, fin(14.041), reply(14.05, 2, "c.example"), fin(20)],
      [told],
    );
    expect(outcomes).toEqual(["dns.leg timeout", "dns.lookup failed", "dns.leg timeout"]);
  });
});

describe("the settler, with TCP handshakes", () => {
  it("drops SYNs that are answered, and what answers them", async () => {
    const refused = { port: 50_001, seq: 8 };
    const { taken } = await played([
      open(0),
      welcome(0.3),
      open(1, refused),
      welcome(1.1, refused, 0x14),
      fin(9),
    ]);
    expect(taken).toBe(0);
  });

  it("knows from a dropped answer that the capture shows answers", async () => {
    const { outcomes } = await played([ask(0, 1), open(1), welcome(1.1), fin(30)]);
    expect(outcomes).toEqual(["dns.leg timeout", "dns.lookup failed"]);
  });

  it("keeps SYNs that were seen translated, and those that are not answered", async () => {
    const { outcomes, taken } = await played([...translated(0), open(3), fin(20)]);
    expect(outcomes).toEqual(["packet.passage lost"]);
    expect(taken).toBe(5);
  });

  it("keeps a SYN whose port has another one open: a reset that comes for it is not the other's", async () => {
    const again = { to: "203.0.113.10", seq: 9 };
    const reset = welcome(4.6, again, RST);
    const sent = [...translated(0), open(1), open(4.5, again), welcome(4.55, again), reset, fin(20)];
    expect((await played(sent)).outcomes).toEqual(["packet.passage lost"]);
  });

  it("keeps a SYN whose port is used again before the answer: its answer marks the newer one", async () => {
    const other = { to: "203.0.113.10", seq: 9 };
    const sent = [...translated(0), open(3), open(3.1, other), welcome(3.2), fin(20)];
    expect((await played(sent)).outcomes).toEqual([]);
  });

  it("keeps a SYN whose copy with another address comes within the time of copies", async () => {
    const sent = [...translated(0).slice(0, 1), welcome(0.02, { port: 51_000, seq: 1_000_000 })];
    const late = open(0.3, { port: 51_000, seq: 1_000_000, from: NAT });
    expect((await played([...sent, late, open(3), fin(20)])).outcomes).toEqual(["packet.passage lost"]);
  });

  it("keeps a SYN when one packet's clock was far ahead before its answer: it was over by then", async () => {
    const sent = [...translated(0), open(3), fin(20), welcome(3.1), fin(21)];
    expect((await played(sent)).outcomes).toEqual(["packet.passage lost"]);
  });

  it("takes no answer for another's, whose number it names", async () => {
    const sent = [...translated(0), open(3), welcome(3.1, { to: "203.0.113.10", port: 50_002 }), fin(20)];
    expect((await played(sent)).outcomes).toEqual(["packet.passage lost"]);
  });

  it("keeps a SYN behind which a tool's text shows another one", async () => {
    const text = {
      ...at(0, "tcp.segment", {
        $source: 2,
        "tcp.flags": "S",
        "tcp.seq": 7,
        "source.ip": NAT,
        "source.port": 50_000,
        "destination.ip": WEB,
        "destination.port": 443,
      }),
      time: BEGINNING + 50_000,
      latest: BEGINNING + 50_000,
    };
    const sent = [open(0), welcome(0.1), open(3, { port: 50_003, seq: 12 }), fin(20)];
    const { taken } = await played(sent, [text]);
    expect(taken).toBeGreaterThanOrEqual(3);
  });

  it("counts dropped SYNs among those that are open: the oldest is settled as early as without it", async () => {
    const sent = [...translated(0), open(3), ...crowd(3.5), welcome(6), fin(20)];
    expect((await played(sent, [], 100_000)).outcomes).toEqual(["packet.passage lost"]);
  });

  it("keeps a SYN before whose answer so many others come that it is settled early", async () => {
    const sent = [...translated(0), fin(2.9), open(3), ...crowd(3.01), fin(3.91), welcome(3.95), fin(20)];
    expect((await played(sent, [], 100_000)).outcomes).toEqual(["packet.passage lost"]);
  });
});
