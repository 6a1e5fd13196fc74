import { describe, expect, it } from "@jest/globals";
import { momentsOf } from "../../../../src/clock/align/match/proof.js";

describe("how many moments times amount to", () => {
  it("is one for what comes at once, whatever the order", () => {
    expect(momentsOf([150_000, 0, 100_000])).toEqual([0]);
  });

  it("is several for what goes on without a pause", () => {
    const busy = Array.from({ length: 100 }, (_, i) => i * 50_000);
    expect(momentsOf(busy)).toHaveLength(20);
  });
});
