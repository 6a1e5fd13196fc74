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

  it("is another question from another socket, for another name, or later", () => {
    expect(legs([words(0), words(0.0001, { "source.port": 41122 })])).toHaveLength(2);
    expect(legs([words(0), words(0.0001, { "dns.question.name": "mirror.example.net" })])).toHaveLength(2);
    expect(legs([words(0), words(60)])).toHaveLength(2);
    const noSocket = { "source.ip": undefined, "source.port": undefined };
    expect(legs([words(0, noSocket), words(5, noSocket)])).toHaveLength(2);
    expect(legs([words(NaN, noSocket), words(NaN, noSocket)])).toHaveLength(2);
  });
});
