import { describe, expect, it } from "@jest/globals";
import { rounds } from "../../rounds.js";
import { everyPacketAnEvent, isPlain, lacking, settled, traceOf, wordsOf } from "./hearing.js";
import { BEGINNING, trafficOf } from "./traffic.js";

describe("the settler", () => {
  const seeds = Array.from({ length: rounds(20) }, (_, i) => i + 1);

  it.each(seeds)(
    "takes away nothing but plain exchanges, and changes no finding (traffic %i)",
    async (seed) => {
      const { captures, traced } = trafficOf(seed, 250, seed % 2 === 0);
      const trace = seed % 3 === 0 ? traceOf(traced) : [];
      const window = seed % 5 === 0 ? { since: BEGINNING + 500_000, until: BEGINNING + 3_000_000 } : {};
      const full = await everyPacketAnEvent(captures, trace, window);
      const fast = await settled(captures, trace, window);
      expect(fast.result).toEqual(full.result);
      const { lacks, isSubsequence } = lacking(full.hearing.decided, fast.hearing.decided);
      expect(isSubsequence).toBe(true);
      expect(lacks.filter((event) => !isPlain(event))).toEqual([]);
    },
  );

  it.each(seeds)("takes away no exchange that a program's words may tell of (traffic %i)", async (seed) => {
    const { captures, traced } = trafficOf(seed, 250, seed % 2 === 0);
    const words = wordsOf(traced);
    const full = await everyPacketAnEvent(captures, words);
    const fast = await settled(captures, words);
    expect(fast.result).toEqual(full.result);
    const { lacks, isSubsequence } = lacking(full.hearing.decided, fast.hearing.decided);
    expect(isSubsequence).toBe(true);
    expect(lacks.filter((event) => !isPlain(event))).toEqual([]);
  });

  it.each([
    ["behind VLAN tags", { tagged: true }],
    // Of answers the question is left, of some of them not all of it.
    ["cut by the snap length", { snap: 80 }],
    ["cut inside names", { snap: 68 }],
    ["behind VLAN tags, and cut", { tagged: true, snap: 82 }],
    // A rule counts those of them that do not exist.
    ["for names with a suffix of the search list", { suffix: ".com.corp.test" }],
  ])("does so with packets %s", async (_how, written) => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { captures } = trafficOf(seed, 250, seed % 2 === 0, written);
      const full = await everyPacketAnEvent(captures, []);
      const fast = await settled(captures, []);
      expect(fast.result).toEqual(full.result);
      const { lacks, isSubsequence } = lacking(full.hearing.decided, fast.hearing.decided);
      expect(isSubsequence).toBe(true);
      expect(lacks.filter((event) => !isPlain(event))).toEqual([]);
    }
  });

  it.each([
    ["whole", {}],
    ["behind VLAN tags", { tagged: true }],
    ["of which the question alone was captured", { snap: 80 }],
  ])("takes away plain exchanges whose packets are %s", async (_how, written) => {
    const { captures } = trafficOf(7, 400, false, written);
    const full = await everyPacketAnEvent(captures, []);
    const fast = await settled(captures, []);
    expect(fast.hearing.taken).toBeLessThan(full.hearing.taken * 0.75);
  });

  it("takes away a good part of a traffic with much trouble in it", async () => {
    const { captures } = trafficOf(1, 1000, false);
    const full = await everyPacketAnEvent(captures, [], {});
    const fast = await settled(captures, [], {});
    expect(fast.hearing.taken).toBeLessThan(full.hearing.taken * 0.75);
    expect(fast.result).toEqual(full.result);
  });
});
