import { describe, expect, it } from "@jest/globals";
import { accessLog } from "../../../../src/clock/align/clues/access-log.js";
import type { Fields } from "../../../../src/model/event.js";
import { taken } from "./told.js";

const NEVER = Number.NEGATIVE_INFINITY;
const EVER = Number.POSITIVE_INFINITY;

const line = (dataset: string, fields: Fields, whole = false) => ({
  at: 7,
  whole,
  action: "http.access",
  fields: {
    "event.dataset": dataset,
    "http.request.method": "GET",
    "url.original": "/v2/",
    "http.response.status_code": 200,
    ...fields,
  },
});
const taking = (...said: Parameters<typeof taken>[2]) => taken(accessLog, {}, said);

describe("clues from access logs", () => {
  it("has the request come before any second that the stamp can mean is over, and the response end after it began", () => {
    expect(taking(line("http.access", { "@timestamp.kind": "clf" }, true))).toEqual([
      ["http.request.got GET /v2/", NEVER, 8.02],
      ["http.answered.got GET /v2/ 200", NEVER, 8.02],
      ["http.end.sent GET /v2/ 200", 6.98, EVER],
    ]);
  });

  it("takes nginx' milliseconds where the format has them", () => {
    expect(
      taking(line("http.access", { "@timestamp.kind": "clf", "nginx.msec": 1795319557.538 }, true)),
    ).toEqual([
      ["http.request.got GET /v2/", NEVER, 7.559],
      ["http.answered.got GET /v2/ 200", NEVER, 7.559],
      ["http.end.sent GET /v2/ 200", 7.538, EVER],
    ]);
  });

  it("has a proxy that stamps the beginning answer after that", () => {
    expect(taking(line("envoy.access", { "@timestamp": "2026-11-22T03:52:37.000Z" }))).toEqual([
      ["http.request.got GET /v2/", NEVER, 7.021],
      ["http.answered.got GET /v2/ 200", NEVER, 7.021],
      ["http.response.sent GET /v2/ 200", 7, EVER],
      ["http.end.sent GET /v2/ 200", 7, EVER],
    ]);
  });

  it("goes back from squid's end by what the request took", () => {
    const said = line("squid.access", { "@timestamp": "1795319557.000", "squid.elapsed_ms": 5000 });
    expect(taking(said)[0]).toEqual(["http.request.got GET /v2/", NEVER, 2.022]);
  });

  it("does not know which of its two dates haproxy logged", () => {
    const said = line("haproxy", {
      "@timestamp.kind": "datetime",
      "@timestamp": "22/Nov/2026:03:52:37.000",
      "haproxy.total_ms": 3000,
    });
    expect(taking(said)).toEqual([
      ["http.request.got GET /v2/", NEVER, 10.022],
      ["http.answered.got GET /v2/ 200", NEVER, 10.022],
      ["http.response.sent GET /v2/ 200", 7, EVER],
      ["http.end.sent GET /v2/ 200", 7, EVER],
    ]);
  });

  it("takes a line that somebody else stamped as later than the request, and no more", () => {
    const journal = line("http.access", { "@timestamp.kind": "syslog" }, true);
    const by = (at: number) => [
      ["http.request.got GET /v2/", NEVER, at],
      ["http.answered.got GET /v2/ 200", NEVER, at],
    ];
    expect(taking(journal)).toEqual(by(8));
    expect(taken(accessLog, { unstamped: true, stamp: "none" }, [journal])).toEqual(by(1));
    expect(taking({ ...journal, action: "http.error" })).toEqual(by(8));
  });

  it("says nothing of the end of a request that nobody answered", () => {
    const keys = taking(line("squid.access", { "http.response.status_code": 0 })).map(([key]) => key);
    expect(keys).toEqual(["http.request.got GET /v2/"]);
  });

  it("leaves what Zeek saw to the packets", () => {
    expect(
      accessLog.of(
        { source: 0, path: "http.log", format: "zeek-tsv", stamp: "epoch", unstamped: false },
        () => {},
      ),
    ).toBe(undefined);
  });
});
