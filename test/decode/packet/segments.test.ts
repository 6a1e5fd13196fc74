import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { PacketAccounts } from "../../../src/decode/packet/accounts.js";
import { assemble } from "../../../src/decode/packet/assembly.js";
import { wantedKinds } from "../../../src/decode/packet/kinds.js";
import type { PacketSegment } from "../../../src/decode/packet/row.js";
import { RowDecoder } from "../../../src/decode/packet/row-decoder.js";
import type { Asked } from "../../../src/decode/packet/scan.js";
import { captureHead, readPacketSegment } from "../../../src/decode/packet/segment-reader.js";
import { PacketSequence } from "../../../src/decode/packet/sequence.js";
import type { Event } from "../../../src/model/event.js";
import { dnsAnswer, dnsQuery, ETHERNET, ipv4, ng, type Packet, pcap, tcp, udp } from "./build.js";
import { readAll } from "./read.js";
import { variety } from "./variety.js";

const EVERYTHING: Asked = { wanted: wantedKinds(), heard: new Uint8Array(256).fill(1), markers: true };

let dir = "";
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-segments-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

/** Lookups and a connection, packet after packet. */
function traffic(count: number): Packet[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `host-${i % 7}.example.net`;
    const bytes = [
      ipv4(17, udp(40000 + i, 53, dnsQuery(i, name))),
      ipv4(17, udp(53, 40000 + i, dnsAnswer(i, name, "192.0.2.7"))),
      ipv4(6, tcp(50000, 443, 0x18, Buffer.alloc(i % 200))),
      ipv4(6, tcp(50000, 443, i % 2 === 0 ? 2 : 0x11)),
    ][i % 4]!;
    return {
      bytes: Buffer.concat([ETHERNET, bytes]),
      seconds: 1_795_319_188 + (i >> 3),
      part: (i & 7) * 1000,
    };
  });
}

/** What a capture gives when it is cut before these offsets, each part read by itself, and put together again. */
async function inSegments(bytes: Buffer, cuts: readonly number[], asked = EVERYTHING) {
  const file = path.join(dir, "capture");
  fs.writeFileSync(file, bytes);
  const head = captureHead(bytes)!;
  const config = { head, asked };
  const fd = fs.openSync(file, "r");
  let reread = 0;
  async function* segments(): AsyncGenerator<PacketSegment> {
    let end = head.first;
    const bounds = [...new Set([...cuts, bytes.length])]
      .filter((cut) => cut > head.first)
      .sort((a, b) => a - b);
    let from = head.first;
    for (const to of bounds) {
      let segment = readPacketSegment(config, fd, { from, to }, from === head.first);
      from = to;
      if (end >= to) continue;
      if (segment.begin !== end) {
        reread++;
        segment = readPacketSegment(config, fd, { from: end, to }, true);
      }
      end = segment.end;
      yield segment;
    }
  }
  const accounts = new PacketAccounts("");
  const decoder = new RowDecoder(asked.wanted);
  const events: Event[] = [];
  for await (const rows of assemble(0, file, config, segments(), accounts)) {
    for (let row = 0; row < rows.segment.length; row++) events.push(...decoder.events(rows, row));
  }
  fs.closeSync(fd);
  return { events, accounts, reread };
}

const countsOf = ({
  records,
  parsed,
  unparsed,
  foreign,
  from,
  to,
}: PacketAccounts | ReturnType<typeof readAll>["reader"]) => ({
  records,
  parsed,
  unparsed,
  foreign,
  from,
  to,
});

async function expectSame(bytes: Buffer, cuts: readonly number[]): Promise<void> {
  const { events, reader } = readAll(bytes);
  const cut = await inSegments(bytes, cuts);
  expect(cut.events).toEqual(events);
  expect(countsOf(cut.accounts)).toEqual(countsOf(reader));
  expect(cut.accounts.problems.list).toEqual(reader.problems);
}

const sections = (little: boolean): Buffer => {
  const { section, capture, packet, option, block, n32 } = ng(little);
  const packets = traffic(60).map(({ bytes }, i) =>
    packet(
      i % 2,
      0x65000,
      i * 1000,
      bytes,
      ...(i % 3 === 0 ? [option(2, n32(1 + (i % 2)))] : []),
      ...(i % 7 === 0 ? [option(1, Buffer.from(`packet ${i}`))] : []),
    ),
  );
  const drops = block(
    5,
    Buffer.concat([
      n32(1),
      n32(0),
      n32(0),
      option(5, Buffer.concat(little ? [n32(3), n32(0)] : [n32(0), n32(3)])),
    ]),
  );
  return Buffer.concat([
    section(),
    capture(1, option(2, Buffer.from("eth0"))),
    capture(1),
    ...packets,
    drops,
  ]);
};

/** The frame behind so many tags. */
const tagged = (bytes: Buffer, tags: number): Buffer =>
  Buffer.concat([bytes.subarray(0, 12), Buffer.from("8100000c".repeat(tags), "hex"), bytes.subarray(12)]);

const CAPTURES: Record<string, Buffer> = {
  "classic, little-endian": pcap(traffic(80)),
  "classic, big-endian, ns": pcap(traffic(80), { little: false, nano: true }),
  "classic, snapped": pcap(
    traffic(80).map((one) => ({ ...one, captured: Math.min(one.bytes.length, 60) })),
    { snap: 60 },
  ),
  "behind VLAN tags": pcap(traffic(80).map((one, i) => ({ ...one, bytes: tagged(one.bytes, i % 4) }))),
  "behind VLAN tags, snapped": pcap(
    traffic(80).map((one, i) => ({ ...one, bytes: tagged(one.bytes, i % 3), captured: 62 })),
    { snap: 62 },
  ),
  "packets of all kinds": variety(),
  "pcapng, little-endian": sections(true),
  "pcapng, big-endian": sections(false),
  "pcapng, an interface described in mid-file": Buffer.concat([
    sections(true),
    ng().capture(1, ng().option(2, Buffer.from("late"))),
    ng().packet(2, 0x65000, 99_000, traffic(1)[0]!.bytes),
  ]),
  "cut off at its end": pcap(traffic(40)).subarray(0, -13),
  "damaged in the middle": ((): Buffer => {
    const bytes = pcap(traffic(80));
    bytes.fill(0xff, 3000, 3100);
    return bytes;
  })(),
};

describe("a capture that is read in stretches", () => {
  for (const [name, bytes] of Object.entries(CAPTURES)) {
    it(`gives what it gives in one piece, wherever it is cut: ${name}`, async () => {
      const cuts = fc.array(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(cuts, (at) => expectSame(bytes, at)),
        { seed: 3, numRuns: 25 },
      );
    });
  }

  it("supposes rightly where records begin, even where two fields of each header look like a header", async () => {
    const bytes = pcap(traffic(400));
    const cuts = Array.from({ length: 40 }, (_, i) => 1000 + i * 701);
    expect((await inSegments(bytes, cuts)).reread).toBe(0);
  });

  it("keeps the frames of few packets among many, and not the others", async () => {
    const wanted = wantedKinds((kind) => kind === "dns.query");
    const bytes = pcap([
      ...traffic(1),
      ...Array.from({ length: 50 }, () => ({
        bytes: Buffer.concat([ETHERNET, ipv4(6, tcp(1, 2, 0x10, Buffer.alloc(900)))]),
      })),
      ...traffic(1),
    ]);
    const file = path.join(dir, "sparse");
    fs.writeFileSync(file, bytes);
    const fd = fs.openSync(file, "r");
    const asked = { ...EVERYTHING, wanted };
    const segment = readPacketSegment(
      { head: captureHead(bytes)!, asked },
      fd,
      { from: 24, to: bytes.length },
      true,
    );
    fs.closeSync(fd);
    expect(segment.length).toBe(2);
    expect(segment.counts.records).toBe(52);
    expect(segment.frames.length).toBeLessThan(500);
  });
});

describe("a capture that comes in chunks", () => {
  for (const [name, bytes] of Object.entries(CAPTURES)) {
    it(`gives rows for the same events: ${name}`, () => {
      for (const size of [1, 7, 100, 1 << 20]) {
        const accounts = new PacketAccounts("");
        const sequence = new PacketSequence(0, EVERYTHING, accounts);
        const decoder = new RowDecoder(EVERYTHING.wanted);
        const events: Event[] = [];
        const chunk = Buffer.alloc(Math.min(size, bytes.length));
        for (let at = 0; at < bytes.length; at += size) {
          const rows = sequence.push(chunk.subarray(0, bytes.copy(chunk, 0, at, at + size)));
          for (let row = 0; row < rows.segment.length; row++) events.push(...decoder.events(rows, row));
        }
        // What is shorter than a file's beginning is read at its end.
        const last = sequence.end();
        for (let row = 0; row < last.segment.length; row++) events.push(...decoder.events(last, row));
        accounts.close();
        const { events: expected, reader } = readAll(bytes);
        expect(events).toEqual(expected);
        expect(accounts.problems.list).toEqual(reader.problems);
      }
    });
  }
});
