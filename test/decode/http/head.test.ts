import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readHttpBytes, readHttpHead } from "../../../src/decode/http/head.js";

describe("the first line of an HTTP message", () => {
  it("is a request's, with its target as it is written", () => {
    expect(readHttpHead("GET /v2/a%20b?n=1 HTTP/1.1\r\nHost: registry.example\r\n")).toEqual({
      kind: "request",
      method: "GET",
      target: "/v2/a%20b?n=1",
    });
    expect(readHttpHead("CONNECT registry.example:443 HTTP/1.0\r")).toMatchObject({ method: "CONNECT" });
  });

  it("is a response's, with its status, reason or not", () => {
    expect(readHttpHead("HTTP/1.1 404 Not Found\r\n")).toEqual({ kind: "response", status: 404 });
    expect(readHttpHead("HTTP/1.0 200\r\n")).toEqual({ kind: "response", status: 200 });
  });

  it.each([
    ["an interim response", "HTTP/1.1 100 Continue\r\n"],
    ["a request that was cut", "GET /v1/repositories/org/imag"],
    ["a request that was cut behind its target", "GET /v2/ HTTP/1."],
    ["HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n"],
    ["a line of a log", "GET /v2/ 200 0.003"],
    ["another protocol", "EHLO mail.example\r\n"],
    ["a method in lower case", "get / HTTP/1.1\r\n"],
    ["nothing", ""],
  ])("is not %s", (_what, text) => {
    expect(readHttpHead(text)).toBeUndefined();
  });

  it("is the same from bytes", () => {
    const bytes = Buffer.from("xxGET /v2/ HTTP/1.1\r\nyy");
    expect(readHttpBytes(bytes, 2, bytes.length)).toEqual({ kind: "request", method: "GET", target: "/v2/" });
    expect(readHttpBytes(bytes, 2, 12)).toBeUndefined();
    expect(readHttpBytes(bytes, 0, bytes.length)).toBeUndefined();
  });

  it("is read of any bytes without fail", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        expect(readHttpBytes(buffer, 0, buffer.length)).toEqual(
          bytes.length < 12 ? undefined : readHttpHead(buffer.toString("latin1")),
        );
      }),
      { seed: 7 },
    );
  });
});
