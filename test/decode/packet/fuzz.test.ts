import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { dnsAnswer, dnsQuery, ETHERNET, ipv4, ipv6, ng, pcap, tcp, udp } from "./build.js";
import { readAll } from "./read.js";

const packets = [
  Buffer.concat([ETHERNET, ipv4(17, udp(40000, 53, dnsQuery(4711, "registry.corp.test")))]),
  Buffer.concat([ETHERNET, ipv4(17, udp(53, 40000, dnsAnswer(4711, "registry.corp.test", "10.0.1.9")))]),
  Buffer.concat([ETHERNET, ipv4(6, tcp(40000, 443, 2))]),
  Buffer.concat([
    ETHERNET.subarray(0, 12),
    Buffer.from([0x86, 0xdd]),
    ipv6(17, udp(53, 40000, dnsAnswer(1, "a.b", "10.0.0.1"))),
  ]),
];
const { section, capture, packet } = ng();
const seeds: [string, Buffer][] = [
  ["pcap", pcap(packets.map((bytes) => ({ bytes })))],
  ["pcapng", Buffer.concat([section(), capture(1), ...packets.map((bytes, i) => packet(0, 0, i, bytes))])],
  ["a cooked capture", readFileSync(new URL("fixtures/any-cooked2.pcap", import.meta.url))],
];

/** Overwrites, cuts and inserts, at random places: mostly in headers and lengths. */
const mutation = fc.record({
  at: fc.nat(4000),
  bytes: fc.uint8Array({ minLength: 0, maxLength: 8 }),
  remove: fc.constantFrom(0, 0, 0, 1, 4, 17),
  insert: fc.boolean(),
});

function mutate(
  seed: Buffer,
  changes: { at: number; bytes: Uint8Array; remove: number; insert: boolean }[],
): Buffer {
  let file = Buffer.from(seed);
  for (const { at, bytes, remove, insert } of changes) {
    const place = 4 + (at % Math.max(1, file.length - 4));
    const rest = place + remove + (insert ? 0 : bytes.length);
    file = Buffer.concat([file.subarray(0, place), bytes, file.subarray(Math.min(rest, file.length))]);
  }
  return file;
}

describe("damaged captures", () => {
  it.each(seeds)("never hang or throw: %s", (_what, seed) => {
    fc.assert(
      fc.property(
        fc.array(mutation, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 300 }),
        (changes, size) => {
          const file = mutate(seed, changes);
          const { events, reader } = readAll(file);
          expect(reader.parsed + reader.unparsed).toBe(reader.records);
          expect(reader.problems.length).toBeLessThanOrEqual(22);
          for (const { offset, length, time, ns } of events) {
            expect(offset + length).toBeLessThanOrEqual(file.length);
            expect(Number.isNaN(time) || Number.isSafeInteger(time)).toBe(true);
            expect(ns >= 0 && ns < 1000).toBe(true);
          }
          // What is read does not depend on how the file was cut into chunks.
          const cut = readAll(file, { size });
          expect(cut.events).toEqual(events);
          expect(cut.reader.problems).toEqual(reader.problems);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("read a megabyte of noise, and what comes after it", () => {
    const noise = Buffer.alloc(1 << 20);
    for (let i = 0; i < noise.length; i++)
      noise[i] = (Math.imul(i, 2654435761) >>> 13) & (i % 3 === 0 ? 7 : 255);
    for (const [, seed] of seeds) {
      const { reader } = readAll(Buffer.concat([seed, noise, seed.subarray(24)]));
      expect(reader.problems.length).toBeGreaterThan(0);
    }
  });

  it("do not make it set memory aside for lengths that only a header claims", () => {
    const file = pcap([{ bytes: packets[0]! }]);
    file.writeUInt32LE(0xffffffff, 24 + 8);
    const before = process.memoryUsage().arrayBuffers;
    readAll(file);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20);
  });
});
