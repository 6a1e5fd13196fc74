import { describe, expect, it } from "@jest/globals";
import type { LookedAt } from "../../../../src/clock/align/clue.js";
import { dnsClues } from "../../../../src/clock/align/clues/dns.js";
import { type Said, taken } from "./told.js";
import { answer, asks, by, CLIENT, question, reads, SERVER } from "./wire.js";

const EXCHANGE = `4711 registry.example ${SERVER}`;
const EVER = Number.POSITIVE_INFINITY;

/** The clues with transaction ids. */
const told = (at: Partial<LookedAt>, ...said: Said[]) =>
  taken(dnsClues, { format: "pcap", ...at }, said).filter(([key]) => !key.startsWith("dns.lookup"));

describe("a DNS exchange in a capture", () => {
  it("was sent before it was seen, arrived after, and was served between", () => {
    expect(told({ format: "pcap" }, question(1), answer(1.2))).toEqual([
      [`dns.question.sent ${EXCHANGE}`, -EVER, by(1)],
      [`dns.question.got ${EXCHANGE}`, 1, EVER],
      [`dns.answer.sent ${EXCHANGE}`, -EVER, by(1.2)],
      [`dns.answer.got ${EXCHANGE}`, 1.2, EVER],
      [`dns.served ${EXCHANGE}`, 1, by(1.2)],
    ]);
  });

  it("counts copies on other interfaces once, and a repetition again", () => {
    const keys = told({}, question(1), question(1.0001), question(6)).map(([key, from]) => [key, from]);
    expect(keys.filter(([key]) => String(key).includes(".got "))).toEqual([
      [`dns.question.got ${EXCHANGE}`, 1],
      [`dns.question.got ${EXCHANGE}`, 6],
    ]);
  });

  it("may have answered the question or its repetition", () => {
    const served = told({}, question(1), question(2), answer(2.5)).filter(([key]) =>
      key.startsWith("dns.served"),
    );
    expect(served).toEqual([[`dns.served ${EXCHANGE}`, 1, by(2.5)]]);
  });

  it("names the question of an answer whose text leaves it out", () => {
    const bare = { "dns.question.name": undefined, "dns.question.type": undefined };
    expect(told({}, question(1), answer(1.2, bare)).map(([key]) => key)).toContain(`dns.served ${EXCHANGE}`);
    expect(told({}, answer(1.2, bare))).toEqual([]);
  });

  it("was not sent long before, when no router has passed it on", () => {
    const [unknown] = told({}, question(1, { "ip.ttl": 63 }));
    expect(unknown).toEqual([`dns.question.sent ${EXCHANGE}`, -EVER, by(1)]);
    const [near] = told({}, question(1, { "ip.ttl": 64 }));
    expect(near).toEqual([`dns.question.sent ${EXCHANGE}`, 0.95, by(1)]);
  });

  describe("that was made at the sender", () => {
    const out = { "ip.ttl": 64, "packet.direction": "Out" };
    const arp = (at: number, sender: string): Said => ({
      at,
      action: "arp.request",
      fields: { "arp.sender.ip": sender, "arp.target.ip": "10.0.0.1" },
    });
    const sent = (...said: Said[]) =>
      told({}, ...said)
        .find(([key]) => key.startsWith("dns.question.sent"))!
        .slice(1);

    it("saw it when it was sent", () => {
      expect(sent(arp(0.1, "10.0.0.9"), question(1, out))).toEqual([1, by(1)]);
    });

    it("or when its sender had found the next hop's address, which it had been asking for", () => {
      expect(sent(arp(0.2, CLIENT), arp(1.2, CLIENT), question(1.3, out))).toEqual([0.2, by(1.3)]);
      expect(sent(arp(0.2, CLIENT), question(3, out))).toEqual([3, by(3)]);
    });

    it("does not know that when a filter hides such requests", () => {
      expect(sent(question(1, out))).toEqual([0.95, by(1)]);
    });
  });

  it("tells who asked for what to logs that print no ids", () => {
    const looked = taken(dnsClues, { format: "pcap" }, [question(1), answer(1.2)]).filter(([key]) =>
      key.includes("lookup"),
    );
    expect(looked).toEqual([
      [`dns.lookup.got registry.example A ${CLIENT}`, 1, EVER],
      [`dns.lookup.answered registry.example A ${CLIENT}`, -EVER, by(1.2)],
    ]);
  });

  it("has the addresses that the server saw in a translated copy", () => {
    const translated = question(1.0002, { "source.ip": "198.51.100.7" });
    const keys = taken(dnsClues, { format: "pcap" }, [question(1), translated]).map(([key]) => key);
    expect(keys).toContain("dns.lookup.got registry.example A 198.51.100.7");
    expect(keys.filter((key) => key.startsWith("dns.question.sent"))).toHaveLength(1);
  });

  it("is placed by lines where there are no stamps", () => {
    expect(told({ unstamped: true }, question(Number.NaN), answer(Number.NaN))).toEqual([
      [`dns.question.sent ${EXCHANGE}`, -EVER, 1],
      [`dns.question.got ${EXCHANGE}`, 1, EVER],
      [`dns.answer.sent ${EXCHANGE}`, -EVER, 2],
      [`dns.answer.got ${EXCHANGE}`, 2, EVER],
      [`dns.served ${EXCHANGE}`, 1, 2],
    ]);
  });

  it("says nothing where the name is cut too short to tell it by", () => {
    const cut = { "dns.question.name": "registry", "dns.question.name_cut": true };
    expect(told({}, question(1, cut))).toEqual([]);
  });
});

describe("a DNS exchange in a trace", () => {
  it("was sent in the call that sent it, and arrived before the call that read it was over", () => {
    expect(told({ format: "strace" }, asks(1, 1.0005), reads(1.2, 1.3))).toEqual([
      [`dns.question.sent ${EXCHANGE}`, 1, by(1.0005)],
      [`dns.answer.got ${EXCHANGE}`, 1, by(1.3)],
      [`dns.served ${EXCHANGE}`, 1, by(1.3)],
    ]);
  });

  it("has no end where the thread has no further record", () => {
    expect(told({}, asks(1, undefined))).toEqual([[`dns.question.sent ${EXCHANGE}`, 1, EVER]]);
  });

  it("lies between lines where there are no stamps", () => {
    const nowhere = Number.NaN;
    expect(told({ unstamped: true }, asks(nowhere, 0, 7), reads(nowhere, 0, 9))).toEqual([
      [`dns.question.sent ${EXCHANGE}`, 1, 7],
      [`dns.question.due ${EXCHANGE}`, -EVER, 1],
      [`dns.answer.got ${EXCHANGE}`, 1, 9],
      [`dns.served ${EXCHANGE}`, 1, 9],
    ]);
  });

  it("has the same key when the trace cut the name behind 16 characters", () => {
    const long = { "dns.question.name": "registry.example.test" };
    const cut = { "dns.question.name": "registry.example.t", "dns.question.name_cut": true };
    const [whole] = told({}, question(1, long));
    const [shown] = told({}, asks(1, 1.1, 2, cut));
    expect(shown![0]).toBe(whole![0]);
  });

  it("is wider where each stamp is the time since the record before: every one of them was rounded", () => {
    const [sent] = told({ stamp: "delta" }, asks(1, 1.1, 40));
    expect(sent!.slice(1)).toEqual([0.999999, 1.100041]);
  });
});
