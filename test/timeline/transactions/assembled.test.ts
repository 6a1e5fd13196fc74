import { describe, expect, it } from "@jest/globals";
import { proofOf } from "../../../src/timeline/transactions/assembled.js";
import { assemble, at, of } from "../events.js";

describe("what is kept of an event to cite it", () => {
  const line = at(0, "registry.attempt", {
    "registry.operation": "pull",
    "registry.repository": "hub.example.net/app",
    "registry.version": "v2",
    "process.thread.id": 7,
  });

  it("is its place, its time and how directly it shows what it tells", () => {
    expect(proofOf(line)).toEqual({ ...line, fields: { "process.thread.id": 7 } });
  });

  it("are the proofs of pulls", () => {
    const [pull] = of("registry.pull", assemble([line]));
    expect(pull!.fields["registry.repository"]).toBe("hub.example.net/app");
    expect(pull!.cites).toEqual([proofOf(line)]);
  });
});
