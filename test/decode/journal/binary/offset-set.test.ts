import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { OffsetSet } from "../../../../src/decode/journal/binary/offset-set.js";

/** Offsets up to 64 GiB, those near each other as likely as those far apart. */
const offset = fc.oneof(fc.nat(1000), fc.integer({ min: 0, max: 2 ** 33 })).map((place) => place * 8);

describe("a set of offsets", () => {
  it("holds what was added, in files of any size, and nothing else", () => {
    fc.assert(
      fc.property(
        fc.array(offset, { maxLength: 40 }),
        fc.array(offset, { maxLength: 40 }),
        (added, asked) => {
          const [set, expected] = [new OffsetSet(), new Set(added)];
          for (const one of added) set.add(one);
          for (const one of [...added, ...asked])
            expect([one, set.has(one)]).toEqual([one, expected.has(one)]);
          for (const one of added) expect(set.has(one + 2 ** 32)).toBe(expected.has(one + 2 ** 32));
        },
      ),
      { seed: 8 },
    );
  });
});
