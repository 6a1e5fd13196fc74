import { describe, expect, it } from "@jest/globals";
import { clientLog } from "../../../../src/clock/align/clues/client-log.js";
import { taken } from "./told.js";

const url = "http://registry.example:5000/v1/repositories/shop/cart/images";

describe("clues from the daemon's words about its requests", () => {
  it("has a request leave, and arrive, after it was announced", () => {
    const fields = { "http.request.method": "GET", "url.original": url };
    expect(taken(clientLog, {}, [{ at: 1, action: "registry.v1_call", fields }])).toEqual([
      ["http.request.sent GET /v1/repositories/shop/cart/images", 1, Number.POSITIVE_INFINITY],
      ["http.request.got GET /v1/repositories/shop/cart/images", 1, Number.POSITIVE_INFINITY],
    ]);
  });

  it("has a response come before its status is told", () => {
    const fields = { "http.response.status_code": 404, "url.original": url };
    expect(taken(clientLog, {}, [{ at: 2, action: "registry.status", fields }])).toEqual([
      ["http.response.got GET /v1/repositories/shop/cart/images 404", Number.NEGATIVE_INFINITY, 2.000001],
    ]);
  });

  it("says nothing of what has no path", () => {
    const fields = { "http.response.status_code": 500, "registry.repository": "shop/cart" };
    expect(taken(clientLog, {}, [{ at: 2, action: "registry.status", fields }])).toEqual([]);
  });
});
