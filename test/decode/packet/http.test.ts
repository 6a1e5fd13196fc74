import { describe, expect, it } from "@jest/globals";
import { describeFields } from "../../../src/decode/packet/describe.js";
import { ETHERNET, ipv4, pcap, tcp } from "./build.js";
import { readAll } from "./read.js";

const ACK = 0x18;
const REQUEST = Buffer.from("GET /v2/ HTTP/1.1\r\nHost: registry.example\r\n\r\n");
const RESPONSE = Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
const frame = (payload: Buffer, from = 40001, to = 80) =>
  Buffer.concat([ETHERNET, ipv4(6, tcp(from, to, ACK, payload))]);

/** The packets' events for somebody who asks for HTTP messages, and for segments with data where `data`. */
const asked = (packets: Parameters<typeof pcap>[0], data = false) =>
  readAll(pcap(packets), {
    wants: (kind) => kind === "http.message" || (data && (kind === "tcp.segment" || kind === "tcp.data")),
  }).events;

describe("an HTTP message in a capture", () => {
  it("is told of with what its packet says, on any port", () => {
    const [request, response] = asked([{ bytes: frame(REQUEST) }, { bytes: frame(RESPONSE, 5000, 40001) }]);
    expect(request).toMatchObject({
      action: "http.message",
      line: 1,
      fields: {
        "network.protocol": "http",
        "http.request.method": "GET",
        "url.original": "/v2/",
        "source.port": 40001,
        "destination.port": 80,
        "tcp.seq": 1000,
        "tcp.payload_bytes": REQUEST.length,
      },
    });
    expect(response!.fields).toMatchObject({ "http.response.status_code": 200, "source.port": 5000 });
  });

  it("is told of before the segment that begins it", () => {
    const actions = asked([{ bytes: frame(REQUEST) }], true).map(({ action }) => action);
    expect(actions).toEqual(["http.message", "tcp.segment"]);
  });

  it("is only told of to those who ask for it by name", () => {
    expect(readAll(pcap([{ bytes: frame(REQUEST) }])).events.map(({ action }) => action)).toEqual([
      "tcp.segment",
    ]);
  });

  it("is not known when the capture cut its first line", () => {
    expect(asked([{ bytes: frame(REQUEST), captured: 14 + 20 + 20 + 12 }])).toEqual([]);
    expect(asked([{ bytes: frame(REQUEST), captured: 14 + 20 + 20 + 20 }])).toHaveLength(1);
  });

  it("is not what goes on in the middle", () => {
    expect(asked([{ bytes: frame(Buffer.from("<html>GET /v2/ HTTP/1.1\r\n")) }])).toEqual([]);
  });

  it("has a line like its segment's", () => {
    const [request] = asked([{ bytes: frame(REQUEST) }]);
    expect(describeFields(request!.action, request!.fields)).toBe(
      "IP 10.0.0.5.40001 > 10.0.0.1.80: HTTP, GET /v2/",
    );
  });
});
