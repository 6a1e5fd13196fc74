import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { StampSample } from "../../src/clock/observed.js";
import { putAway } from "../../src/run/put-away.js";
import { ofCodePoints } from "../code-points.js";

const stamp = fc.record({
  kind: fc.constantFrom("rfc3339", "syslog", "epoch", "none"),
  text: ofCodePoints(),
});
const sample = fc.record({
  line: fc.nat(),
  outer: stamp,
  inner: fc.option(stamp, { nil: undefined }),
  host: fc.option(fc.string(), { nil: undefined }),
}) as fc.Arbitrary<StampSample>;

describe("samples that are put away", () => {
  it("are the same for whoever asks, however often", () => {
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const member = { samples: [...samples] };
        putAway(member);
        expect(member.samples).toEqual(samples);
        expect(member.samples).toEqual(samples);
      }),
      { seed: 1 },
    );
  });

  it("share a stamp as they did, so that it is kept once", () => {
    const outer = { kind: "rfc3339", text: "2026-11-22T00:00:00Z" } as const;
    const member: { samples: StampSample[] } = { samples: [1, 2].map((line) => ({ line, outer })) };
    putAway(member);
    const [first, second] = member.samples;
    expect(first!.outer).toBe(second!.outer);
  });

  it("go when others are set, also in a copy of the source", () => {
    const member: { samples: StampSample[] } = { samples: [{ line: 1, outer: { kind: "none", text: "" } }] };
    putAway(member);
    const copy = { ...member };
    member.samples = [];
    member.samples.push({ line: 7, outer: { kind: "none", text: "" } });
    expect(member.samples.map(({ line }) => line)).toEqual([7]);
    expect(copy.samples.map(({ line }) => line)).toEqual([1]);
  });
});
