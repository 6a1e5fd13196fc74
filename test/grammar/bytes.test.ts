import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ByteSet } from "../../src/grammar/bytes.js";

const setOf = (bytes: readonly number[]) => ByteSet.of(String.fromCharCode(...bytes));
const anyBytes = fc.uniqueArray(fc.integer({ min: 0, max: 255 }));

/** The bytes of which something is true, in order. */
const bytesWhere = (holds: (byte: number) => boolean) =>
  Array.from({ length: 256 }, (_, byte) => byte).filter(holds);

describe("a set of bytes", () => {
  it("names its members in order, those at the edges of its words among them", () => {
    for (const bytes of [[], [0], [255], [30, 31, 32, 33], [63, 64, 127, 128, 223, 224]])
      expect(setOf(bytes).members()).toEqual(bytes);
    expect(ByteSet.ALL.members()).toEqual(bytesWhere(() => true));
  });

  it("names those that it has, and overlaps what has one of them", () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, (some, others) => {
        const set = setOf(some);
        expect(set.members()).toEqual(bytesWhere((byte) => some.includes(byte)));
        expect(set.complement().members()).toEqual(bytesWhere((byte) => !some.includes(byte)));
        expect(set.overlaps(setOf(others))).toBe(some.some((byte) => others.includes(byte)));
      }),
      { seed: 8, numRuns: 50 },
    );
  });
});

describe("where a set of bytes changes", () => {
  it("is where a run of its bytes begins, and behind where it ends", () => {
    expect(ByteSet.range(48, 57).edges().members()).toEqual([48, 58]);
    expect(setOf([0, 31, 32, 255]).edges().members()).toEqual([0, 1, 31, 33, 255]);
    expect(ByteSet.ALL.edges().members()).toEqual([0]);
    expect(ByteSet.EMPTY.edges().members()).toEqual([]);
  });

  it("tells of any set each byte that is treated unlike the one before", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const set = setOf(bytes);
        const edges = set.edges();
        const changes = bytesWhere((byte) => set.has(byte) !== (byte > 0 && set.has(byte - 1)));
        expect(bytesWhere((byte) => edges.has(byte))).toEqual(changes);
      }),
      { seed: 7, numRuns: 50 },
    );
  });
});
