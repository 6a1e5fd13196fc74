import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decodeDns } from "../../../src/decode/dns/message.js";
import { decodeDnsStream } from "../../../src/decode/dns/stream.js";
import { dnsAnswer, dnsQuery, u16 } from "../packet/build.js";

const label = fc.stringMatching(/^[a-z0-9-]{1,20}$/);
const name = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join("."));
const id = fc.nat(0xffff);
const message = fc.oneof(
  fc.tuple(id, name, fc.constantFrom(1, 15, 28)).map(([n, text, type]) => dnsQuery(n, text, type)),
  fc.tuple(id, name, fc.ipV4()).map(([n, text, address]) => dnsAnswer(n, text, address)),
);

describe("cut messages", () => {
  it("say nothing that the whole message does not say", () => {
    fc.assert(
      fc.property(message, fc.nat(200), (bytes, length) => {
        const whole = decodeDns(bytes, 0, bytes.length, true)!;
        const cut = decodeDns(bytes, 0, Math.min(length, bytes.length), false);
        if (cut === undefined) {
          expect(length).toBeLessThan(4);
          return;
        }
        expect([cut.id, cut.response, cut.flags, cut.responseCode]).toEqual([
          whole.id,
          whole.response,
          whole.flags,
          whole.responseCode,
        ]);
        if (cut.question !== undefined) {
          expect(whole.question!.name.startsWith(cut.question.name)).toBe(true);
          if (!cut.nameCut) expect(cut.question.name).toBe(whole.question!.name);
          expect([undefined, whole.question!.type]).toContain(cut.question.type);
        }
        expect(whole.addresses.slice(0, cut.addresses.length)).toEqual(cut.addresses);
        expect(cut.cut).toBe(length < bytes.length);
      }),
    );
  });

  it("never throw, whatever the bytes", () => {
    const noise = fc.uint8Array({ maxLength: 300 });
    const damaged = fc
      .tuple(message, fc.array(fc.tuple(fc.nat(100), fc.nat(255)), { maxLength: 6 }))
      .map(([bytes, changes]) => {
        const copy = Buffer.from(bytes);
        for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
        return copy as Uint8Array;
      });
    fc.assert(
      fc.property(fc.oneof(noise, damaged), fc.boolean(), (bytes, complete) => {
        const read = decodeDns(bytes, 0, bytes.length, complete);
        if (read?.question !== undefined) expect(read.question.name.length).toBeLessThan(1100);
        const framed = Buffer.concat([u16(bytes.length), bytes]);
        expect(decodeDnsStream(framed, 0, framed.length, complete).length).toBeLessThan(30);
      }),
      { numRuns: 500 },
    );
  });
});
