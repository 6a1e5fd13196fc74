import { describe, expect, it } from "@jest/globals";
import type { Fields } from "../../../src/model/event.js";
import { answer, ask, assemble, at, noise, of } from "../events.js";

const words = (t: number, more: Fields & { $source?: number } = {}) =>
  at(t, "dns.error", {
    "dns.question.name": "hub.example.net",
    "dns.server.ip": "192.0.2.53",
    "source.ip": "198.51.100.7",
    "source.port": 41121,
    "error.kind": "timeout",
    ...more,
  });
const legs = (events: Parameters<typeof assemble>[0]) => of("dns.leg", assemble(events));

describe("a failed look-up in words", () => {
  it("is one question, however many lines tell of it", () => {
    expect(legs([words(0), words(0.0001), words(0.0002, { "dns.question.name": undefined })])).toHaveLength(
      1,
    );
    expect(legs([words(0), words(NaN, { $source: 1 })])).toHaveLength(1);
    const noSocket = { "source.ip": undefined, "source.port": undefined };
    expect(legs([words(0, noSocket), words(0.0002, noSocket)])).toHaveLength(1);
  });

  describe("that a capture shows as well", () => {
    const capture = (until: number) => [
      ask(-20, "198.51.100.7:4000", "192.0.2.53", 6, "before.example", undefined, { $source: 1 }),
      answer(-19.9, "192.0.2.53", "198.51.100.7:4000", 6, undefined, { $source: 1 }),
      ask(0, "198.51.100.7:41121", "192.0.2.53", 7, "hub.example.net", undefined, { $source: 1 }),
      ...(until > 0 ? [noise(until, { $source: 1 })] : []),
    ];
    const told = (...lines: ReturnType<typeof words>[]) =>
      legs([...capture(0), ...lines, noise(30, { $source: 1 })])
        .filter(({ fields }) => fields["dns.question.name"] === "hub.example.net")
        .map(({ fields, cites }) => [fields["dns.seen_by"], fields["dns.outcome"], cites?.length]);

    it("is one question, which cites both", () => {
      expect(told()).toEqual([["packet", "timeout", 1]]);
      expect(told(words(5))).toEqual([["packet", "timeout", 2]]);
      expect(told(words(5, { "source.ip": undefined, "source.port": undefined }))).toHaveLength(1);
    });

    it("is two where name, server, socket or time differ", () => {
      expect(told(words(5, { "source.port": 41122 }))).toHaveLength(2);
      expect(told(words(5, { "dns.server.ip": "192.0.2.54" }))).toHaveLength(2);
      expect(told(words(-5, { "source.port": undefined }))).toHaveLength(2);
      expect(legs([...capture(29), words(5, { "dns.question.name": "mirror.example.net" })])).toHaveLength(3);
    });

    it("is two where the words say something else", () => {
      expect(told(words(5, { "error.kind": "refused" }))).toEqual([
        ["packet", "timeout", 1],
        ["words", "refused", 1],
      ]);
    });
  });

  describe("that failed at once, and that a capture shows as well", () => {
    const packet = { $source: 1 };
    const asked = ask(0, "198.51.100.7:41121", "192.0.2.53", 7, "hub.example.net", undefined, packet);
    const answered = (rcode: string) =>
      answer(0.002, "192.0.2.53", "198.51.100.7:41121", 7, undefined, {
        ...packet,
        "dns.response_code": rcode,
      });
    const refused = at(0.001, "icmp.message", {
      ...packet,
      "icmp.type": 3,
      "icmp.code": 3,
      "icmp.original.source.ip": "198.51.100.7",
      "icmp.original.source.port": 41121,
      "icmp.original.destination.ip": "192.0.2.53",
      "icmp.original.destination.port": 53,
    });
    const told = (...events: Parameters<typeof assemble>[0]) =>
      legs([asked, ...events, noise(30, packet)]).map(({ fields, cites }) => [
        fields["dns.seen_by"],
        fields["dns.outcome"],
        fields["dns.response_code"],
        cites?.length,
      ]);

    it.each([
      ["there is no such name", answered("NXDOMAIN"), "no-such-host", ["packet", "answered", "NXDOMAIN", 3]],
      ["the server could not tell", answered("SERVFAIL"), "servfail", ["packet", "answered", "SERVFAIL", 3]],
      ["nobody listens", refused, "refused", ["packet", "refused", undefined, 3]],
    ])("is one question, which cites both: %s", (_, packets, kind, leg) => {
      expect(told(packets, words(0.003, { "error.kind": kind }))).toEqual([leg]);
      const noSocket = { "source.ip": undefined, "source.port": undefined };
      expect(told(packets, words(0.5, { "error.kind": kind, ...noSocket }))).toEqual([leg]);
    });

    it("keeps what the words say where that is something else", () => {
      expect(told(answered("NXDOMAIN"), words(0.003, { "error.kind": "servfail" }))).toEqual([
        ["packet", "answered", "NXDOMAIN", 2],
        ["words", "answered", "SERVFAIL", 1],
      ]);
    });

    it("is two where the question was answered as it should be", () => {
      expect(told(answered("NOERROR"), words(0.003, { "error.kind": "refused" }))).toHaveLength(2);
    });

    it("is two where name, server or socket differ, or the words come much later", () => {
      const alone = (more: Fields) =>
        told(answered("NXDOMAIN"), words(0.003, { "error.kind": "no-such-host", ...more }));
      expect(alone({ "source.port": 41122 })).toHaveLength(2);
      expect(alone({ "dns.server.ip": "192.0.2.54" })).toHaveLength(2);
      expect(alone({ "dns.question.name": "mirror.example.net" })).toHaveLength(2);
      expect(told(answered("NXDOMAIN"), words(20, { "error.kind": "no-such-host" }))).toHaveLength(2);
    });
  });

  it("is another question from another socket, for another name, or later", () => {
    expect(legs([words(0), words(0.0001, { "source.port": 41122 })])).toHaveLength(2);
    expect(legs([words(0), words(0.0001, { "dns.question.name": "mirror.example.net" })])).toHaveLength(2);
    expect(legs([words(0), words(60)])).toHaveLength(2);
    const noSocket = { "source.ip": undefined, "source.port": undefined };
    expect(legs([words(0, noSocket), words(5, noSocket)])).toHaveLength(2);
    expect(legs([words(NaN, noSocket), words(NaN, noSocket)])).toHaveLength(2);
  });
});
