import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Clue, LookedAt } from "../../../src/clock/align/clue.js";
import { clueKinds } from "../../../src/clock/align/clues/index.js";
import { familyOf, subjectOf } from "../../../src/clock/align/families.js";
import { PacketReader, type PassOver } from "../../../src/decode/packet/reader.js";
import type { Event } from "../../../src/model/event.js";
import { Partners } from "../../../src/run/align/partners.js";
import { Preview } from "../../../src/run/align/preview.js";
import { askedBy, sieveOf } from "../../../src/run/align/sieve.js";
import {
  dnsAnswer,
  dnsQuery,
  ETHERNET,
  hex,
  ipv4,
  type Packet,
  pcap,
  tcp,
  udp,
} from "../../decode/packet/build.js";

const kinds = clueKinds.filter(({ brief }) => !brief);
const SUBJECTS = new Set(["dns", "tcp", "http", "icmp"]);

/** What one capture can tell another by: of other keys both bound the same side. */
const TELLING = new Set([
  "dns.question",
  "dns.answer",
  "dns.served",
  "dns.asked",
  "tcp.served",
  "http.served",
]);

const HOSTS = ["10.0.0.5", "10.0.0.6", "192.0.2.53", "192.0.2.54"];
const NAMES = [
  "registry.corp.test",
  "Registry.Corp.TEST",
  "registry.corp.tests.example",
  "a b.test",
  "*.test",
  "x",
];
const DATA = [
  "",
  "GET /v2/ HTTP/1.1\r\nHost: a\r\n\r\n",
  "HTTP/1.1 200 OK\r\n\r\n",
  "the rest of a body",
  "EHLO mail",
];
const FLAGS = [0x02, 0x12, 0x10, 0x18, 0x11, 0x14, 0xc2];

type Segment = { wait: number; flags: number; data: string; seq: number; port: number; isBack: boolean };

/** A request and its response. */
const exchange = fc
  .record({
    wait: fc.integer({ min: 200, max: 400 }),
    seq: fc.integer({ min: 7, max: 12 }),
    port: fc.integer({ min: 50_001, max: 50_004 }),
  })
  .map(({ wait, seq, port }): Segment[] => [
    { wait, flags: 0x18, data: DATA[1]!, seq, port, isBack: false },
    { wait: 5, flags: 0x18, data: DATA[2]!, seq: 1000 + wait, port, isBack: true },
    { wait: 5, flags: 0x11, data: "", seq, port, isBack: false },
  ]);

/** Few numbers, names and hosts: what several captures show meets in all ways. */
const question = fc.record({
  wait: fc.integer({ min: 0, max: 400 }),
  isAnswer: fc.boolean(),
  id: fc.integer({ min: 1, max: 3 }),
  port: fc.integer({ min: 40_001, max: 40_003 }),
  name: fc.constantFrom(...NAMES),
  client: fc.constantFrom(...HOSTS.slice(0, 2)),
  server: fc.constantFrom(...HOSTS.slice(2)),
  ttl: fc.constantFrom(63, 64),
});
const segment = fc.record({
  wait: fc.integer({ min: 0, max: 400 }),
  flags: fc.constantFrom(...FLAGS),
  data: fc.constantFrom(...DATA),
  seq: fc.integer({ min: 7, max: 9 }),
  port: fc.integer({ min: 50_001, max: 50_002 }),
  isBack: fc.boolean(),
});
type Made = (typeof question extends fc.Arbitrary<infer T> ? T : never) | Segment;

const one = fc.oneof(
  question.map((made): Made[] => [made]),
  segment.map((made): Made[] => [made]),
  exchange,
);
const packets = fc.array(one, { minLength: 1, maxLength: 40 }).map((made) => made.flat());

function bytesOf(made: Made): Buffer {
  if ("flags" in made) {
    const { flags, data, seq, port, isBack } = made;
    const [source, destination] = isBack ? [HOSTS[1]!, HOSTS[0]!] : [HOSTS[0]!, HOSTS[1]!];
    const [from, to] = isBack ? [80, port] : [port, 80];
    return ipv4(6, tcp(from, to, flags, Buffer.from(data, "latin1"), seq, seq + 1), { source, destination });
  }
  const { isAnswer, id, port, name, client, server, ttl } = made;
  return isAnswer
    ? ipv4(17, udp(53, port, dnsAnswer(id, name, "203.0.113.9")), {
        source: server,
        destination: client,
        ttl,
      })
    : ipv4(17, udp(port, 53, dnsQuery(id, name)), { source: client, destination: server, ttl });
}

/** Packets of usual build, and such that must be decoded to be known: three tags are one too many for a glance. */
const LINKS = {
  usual: ETHERNET,
  odd: Buffer.concat([ETHERNET.subarray(0, 12), hex("8100 000c".repeat(3)), hex("0800")]),
};

/** @param odd which packets are of unusual build */
function captureOf(made: readonly Made[], odd: (i: number) => boolean = () => false): Buffer {
  let ms = 0;
  const records = made.map((one, i): Packet => {
    ms += one.wait;
    const [seconds, part] = [1_795_319_188 + Math.floor(ms / 1000), (ms % 1000) * 1000];
    return { bytes: Buffer.concat([odd(i) ? LINKS.odd : LINKS.usual, bytesOf(one)]), seconds, part };
  });
  return pcap(records);
}

function eventsOf(bytes: Buffer, source: number, passOver?: PassOver): Event[] {
  const events: Event[] = [];
  const reader = new PacketReader(source, (batch) => events.push(...batch), {
    wants: () => true,
    ...(passOver && { passOver }),
  });
  reader.push(bytes);
  reader.end();
  return events;
}

function cluesOf(bytes: Buffer, source: number, passOver?: PassOver): Clue[] {
  const clues: Clue[] = [];
  const at: LookedAt = { source, path: `${source}.pcap`, format: "pcap", stamp: "epoch", unstamped: false };
  const takers = kinds.flatMap((kind) => {
    const taker = kind.of(at, (clue) => clues.push(clue));
    return taker ? [{ taker, actions: new Set(kind.actions) }] : [];
  });
  for (const event of eventsOf(bytes, source, passOver))
    for (const { taker, actions } of takers) if (actions.has(event.action)) taker.take(event);
  for (const { taker } of takers) taker.end();
  return clues;
}

const shown = (clues: readonly Clue[], isAsked: (key: string) => boolean) =>
  clues
    .filter(({ key }) => isAsked(key))
    .map(({ key, lo, hi, record }) => `${key} [${lo} ${hi}] ${record.line}`);

/** Each capture's clues, with all packets decoded and with those that matter alone. */
function both(captures: readonly Buffer[], told: readonly string[]) {
  const preview = new Preview();
  for (const [source, bytes] of captures.entries())
    for (const event of eventsOf(bytes, source, preview.taking(source))) preview.take(event);
  const partners = new Partners([kinds]);
  const record = { source: 9, line: 1, offset: 0, length: 1 };
  for (const key of told) partners.note({ key, source: 9, lo: 0, hi: 1, record });
  const asked = askedBy(partners, []);
  return captures.map((bytes, source) => ({
    all: cluesOf(bytes, source),
    sieved: cluesOf(bytes, source, sieveOf(source, SUBJECTS, preview, asked)),
  }));
}

const SEEDED = { seed: 4711, numRuns: 300 };

describe("what is passed over of captures", () => {
  const BUILDS: Record<string, readonly ((i: number) => boolean)[]> = {
    "all of usual build": [() => false, () => false, () => false],
    "one of unusual build": [() => false, () => true, () => false],
    "with packets of unusual build": [(i) => i % 3 === 0, (i) => i % 2 === 0, () => false],
  };
  for (const [what, odd] of Object.entries(BUILDS))
    it(`is nothing that two of them tell each other by, ${what}`, () => {
      fc.assert(
        fc.property(packets, packets, packets, (...made) => {
          const clues = both(
            made.map((one, i) => captureOf(one, odd[i]!)),
            [],
          );
          for (const [i, { all, sieved }] of clues.entries()) {
            const others = new Set(
              clues.flatMap((other, j) => (i === j ? [] : other.all.map(({ key }) => key))),
            );
            const isShared = (key: string) => TELLING.has(familyOf(key)) && others.has(key);
            expect(shown(sieved, isShared)).toEqual(shown(all, isShared));
          }
        }),
        SEEDED,
      );
    });

  it("is nothing that a log or a trace has told of before", () => {
    fc.assert(
      fc.property(packets, fc.integer({ min: 1, max: 7 }), (made, each) => {
        const bytes = captureOf(made);
        const told = cluesOf(bytes, 0)
          .map(({ key }) => key)
          .filter((_, i) => i % each === 0);
        const [clues] = both([bytes], told);
        const isTold = (key: string) => told.includes(key);
        expect(shown(clues!.sieved, isTold)).toEqual(shown(clues!.all, isTold));
      }),
      SEEDED,
    );
  });

  it("leaves the span that a capture covers as it is, to a microsecond", () => {
    /** As the matcher has it: from the first end of a window to the last. */
    const spanOf = (clues: readonly Clue[]) => {
      const ends = clues.flatMap(({ lo, hi }) => [
        Number.isFinite(lo) ? lo : hi,
        Number.isFinite(hi) ? hi : lo,
      ]);
      return ends.length > 0 ? [Math.min(...ends), Math.max(...ends)] : undefined;
    };
    const messages = fc.array(
      fc.oneof(
        question,
        segment.map((made) => ({ ...made, data: "" })),
      ),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(messages, messages, (...made) => {
        for (const { all, sieved } of both(
          made.map((one) => captureOf(one)),
          [],
        )) {
          const [was, is] = [spanOf(all), spanOf(sieved)];
          expect(is === undefined).toBe(was === undefined);
          for (const [i, end] of (was ?? []).entries())
            expect(Math.abs(is![i]! - end)).toBeLessThanOrEqual(1);
        }
      }),
      SEEDED,
    );
  });

  it("is most of what nobody else knows, but not at a capture's ends", () => {
    const of = (id: number): Made[] =>
      Array.from({ length: 40 }, (_, i) => ({
        wait: 200,
        isAnswer: i % 2 === 1,
        id: id + (i >> 1),
        port: 40_000 + id,
        name: "registry.corp.test",
        client: HOSTS[0]!,
        server: HOSTS[2]!,
        ttl: 64,
      }));
    const [one] = both([captureOf(of(100)), captureOf(of(500))], []);
    const lines = new Set(
      one!.sieved.filter(({ key }) => subjectOf(key) === "dns").map(({ record }) => record.line),
    );
    expect([...lines]).toEqual([1, 40]);
  });
});
