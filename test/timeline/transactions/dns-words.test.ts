import { describe, expect, it } from "@jest/globals";
import type { Fields } from "../../../src/model/event.js";
import { assemble, at, of } from "../events.js";

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

  it("is another question from another socket, for another name, or later", () => {
    expect(legs([words(0), words(0.0001, { "source.port": 41122 })])).toHaveLength(2);
    expect(legs([words(0), words(0.0001, { "dns.question.name": "mirror.example.net" })])).toHaveLength(2);
    expect(legs([words(0), words(60)])).toHaveLength(2);
    const noSocket = { "source.ip": undefined, "source.port": undefined };
    expect(legs([words(0, noSocket), words(5, noSocket)])).toHaveLength(2);
    expect(legs([words(NaN, noSocket), words(NaN, noSocket)])).toHaveLength(2);
  });
});
