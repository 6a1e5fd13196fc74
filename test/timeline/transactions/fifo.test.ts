import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Fifo } from "../../../src/timeline/transactions/fifo.js";

describe("a queue", () => {
  it("gives what came first, however much was taken before", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3000), fc.nat(3000)), { maxLength: 6 }), (rounds) => {
        const fifo = new Fifo<number>();
        let [next, expected] = [0, 0];
        for (const [came, went] of rounds) {
          for (let n = 0; n < came; n++) fifo.push(next++);
          for (let n = 0; n < went && fifo.length > 0; n++) {
            if (fifo.first !== expected++) throw new Error(`${fifo.first} in place of ${expected - 1}`);
            fifo.drop();
          }
          expect(fifo.length).toBe(next - expected);
          expect(fifo.first).toBe(expected < next ? expected : undefined);
        }
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it("shows its newest first, and none that was taken", () => {
    const fifo = new Fifo<string>();
    for (const item of ["a", "b", "c", "d"]) fifo.push(item);
    expect([...fifo.newest(2)]).toEqual(["d", "c"]);
    for (let n = 0; n < 3; n++) fifo.drop();
    expect([...fifo.newest(2)]).toEqual(["d"]);
  });
});
