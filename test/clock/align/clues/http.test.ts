import { describe, expect, it } from "@jest/globals";
import type { LookedAt } from "../../../../src/clock/align/clue.js";
import { httpClues } from "../../../../src/clock/align/clues/http.js";
import type { Fields } from "../../../../src/model/event.js";
import { type Said, taken } from "./told.js";
import { bounded, by } from "./wire.js";

const EVER = Number.POSITIVE_INFINITY;
const UP: Fields = {
  "source.ip": "10.0.0.2",
  "source.port": 40001,
  "destination.ip": "192.0.2.20",
  "destination.port": 80,
};
const DOWN: Fields = {
  "source.ip": "192.0.2.20",
  "source.port": 80,
  "destination.ip": "10.0.0.2",
  "destination.port": 40001,
};

const request = (at: number, target = "/v2/", seq = 1000): Said => ({
  at,
  action: "http.message",
  fields: { ...UP, "tcp.seq": seq, "http.request.method": "GET", "url.original": target },
});
const response = (at: number, status = 200): Said => ({
  at,
  action: "http.message",
  fields: { ...DOWN, "http.response.status_code": status },
});
const segment = (at: number, bytes: number, flags = "P."): Said => ({
  at,
  action: "tcp.segment",
  fields: { ...DOWN, "tcp.payload_bytes": bytes, "tcp.flags": flags },
});
const call = (at: number, direction: string, said: Fields, until?: number, fd = 4): Said => ({
  at,
  action: "http.message",
  fields: {
    "strace.call": direction === "outbound" ? "sendto" : "recvfrom",
    "strace.fd": fd,
    "process.pid": 7,
    "network.direction": direction,
    ...said,
    ...bounded(until, 99),
  },
});
const GET: Fields = { "http.request.method": "GET", "url.original": "/v2/" };
const OK: Fields = { "http.response.status_code": 200 };

const told = (at: Partial<LookedAt>, ...said: Said[]) => taken(httpClues, { format: "pcap", ...at }, said);
const keys = (...said: Said[]) => told({}, ...said).map(([key]) => key);

describe("an HTTP exchange in a capture", () => {
  it("was sent before it was seen, arrived after, was served between, and had an end", () => {
    expect(
      told({}, request(1), response(2), segment(2, 500), segment(2.5, 1460), segment(3, 0, "F.")),
    ).toEqual([
      ["http.request.sent GET /v2/", -EVER, by(1)],
      ["http.request.got GET /v2/", 1, EVER],
      ["http.response.sent GET /v2/ 200", -EVER, by(2)],
      ["http.response.got GET /v2/ 200", 2, EVER],
      ["http.answered.sent GET /v2/ 200", -EVER, by(1)],
      ["http.answered.got GET /v2/ 200", 1, EVER],
      ["http.served GET /v2/ 1000", 1, by(2)],
      ["http.end.sent GET /v2/ 200", -EVER, by(2.5)],
    ]);
  });

  it("ends when the next request comes on the connection, and not when the capture does", () => {
    const both = keys(request(1), response(2), request(3, "/v1/", 2000));
    expect(both).toContain("http.end.sent GET /v2/ 200");
    expect(keys(request(1), response(2))).not.toContain("http.end.sent GET /v2/ 200");
  });

  it("counts a repeated segment once, and the same request made again twice", () => {
    const sent = (...said: Said[]) =>
      keys(...said).filter((key) => key.startsWith("http.request.sent")).length;
    expect(sent(request(1), request(1.3))).toBe(1);
    expect(sent(request(1), response(1.1), request(2, "/v2/", 2000))).toBe(2);
  });

  it("does not know which of two requests a response is to when both were sent before it", () => {
    expect(keys(request(1), request(1.1, "/v1/", 2000), response(2))).toEqual([
      "http.request.sent GET /v2/",
      "http.request.got GET /v2/",
      "http.request.sent GET /v1/",
      "http.request.got GET /v1/",
    ]);
  });

  it("is not known by a sequence number that a tool counted from 0", () => {
    expect(keys(request(1, "/v2/", 0), response(2))).not.toContain("http.served GET /v2/ 0");
  });
});

describe("an HTTP exchange in a trace", () => {
  it("of the client begins after the call that sent it, and its response arrives before the next record", () => {
    expect(told({}, call(1, "outbound", GET, 1.1), call(2, "inbound", OK, 2.1))).toEqual([
      ["http.request.sent GET /v2/", 1, EVER],
      ["http.response.got GET /v2/ 200", -EVER, by(2.1)],
    ]);
  });

  it("of the server is the other way round", () => {
    expect(told({}, call(1, "inbound", GET, 1.1), call(2, "outbound", OK, 2.1))).toEqual([
      ["http.request.got GET /v2/", -EVER, by(1.1)],
      ["http.response.sent GET /v2/ 200", 2, EVER],
    ]);
  });

  it("has its response on the same descriptor, and in the other direction", () => {
    expect(told({}, call(1, "outbound", GET), call(2, "inbound", OK, 2.1, 5))).toHaveLength(1);
    expect(told({}, call(1, "inbound", GET, 1.1), call(2, "inbound", OK, 2.1))).toHaveLength(1);
  });
});

describe("two that made the same request", () => {
  it("say nothing about each other's clocks: each bounds it from one side, and both from the same", () => {
    const client = told({}, call(1, "outbound", GET, 1.1), call(2, "inbound", OK, 2.1));
    const later = told({}, call(61, "outbound", GET, 61.1), call(62, "inbound", OK, 62.1));
    const capture = told({}, request(1), response(2), request(3, "/v1/", 2000));
    const another = told({}, request(61, "/v2/", 7000), response(62), request(63, "/v1/", 8000));
    for (const [one, other] of [
      [client, later],
      [capture, another],
    ] as const) {
      const shared = one.flatMap(([key, lo, hi]) =>
        other.flatMap((line) => (line[0] === key ? [[lo, hi, line[1], line[2]]] : [])),
      );
      expect(shared.length).toBeGreaterThan(0);
      for (const [lo, hi, otherLo, otherHi] of shared)
        expect((lo === -EVER && otherLo === -EVER) || (hi === EVER && otherHi === EVER)).toBe(true);
    }
  });
});
