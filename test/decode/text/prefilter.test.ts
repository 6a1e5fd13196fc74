import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Prefilter } from "../../../src/decode/text/prefilter.js";

/** Every place where some literal begins, by brute force. */
function places(text: string, literals: string[]): number[] {
  const found = new Set<number>();
  for (const literal of literals)
    for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) found.add(at);
  return [...found].sort((a, b) => a - b);
}

const search = (filter: Prefilter, text: string, shift = 0) => {
  const bytes = Buffer.from("#".repeat(shift) + text, "latin1").subarray(shift);
  const { hits, count } = filter.search(bytes, bytes.length);
  return [...new Set(hits.subarray(0, count))];
};

describe("Prefilter", () => {
  it("finds literals at any alignment, at the beginning and at the end", () => {
    const filter = new Prefilter(["request canceled", "v2 registry: "]);
    for (let pad = 0; pad < 9; pad++) {
      const text = `${"x".repeat(pad)}v2 registry: ${"y".repeat(pad)}request canceled`;
      expect(search(filter, text)).toEqual([pad, pad + 13 + pad]);
    }
  });

  it("finds literals shorter than its window too", () => {
    expect(search(new Prefilter(["abc", "longer literal"]), "..abc..longer literal..abc")).toEqual([
      2, 7, 23,
    ]);
  });

  it("finds nothing where nothing is", () => {
    expect(search(new Prefilter(["request canceled"]), "request cancele, request  canceled")).toEqual([]);
    expect(search(new Prefilter([]), "anything")).toEqual([]);
  });

  it("agrees with a search for each literal: the same lines, whatever the text", () => {
    const piece = fc.stringMatching(/^[ab]{3,9}$/);
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 5 }),
        fc.stringMatching(/^[ab]{0,120}$/),
        fc.integer({ min: 0, max: 3 }),
        (literals, text, shift) => {
          const expected = places(text, literals);
          const got = search(new Prefilter(literals), text, shift);
          // Short literals are found without overlaps, which is enough: what matters is that no line with a literal is missed.
          expect(
            expected
              .filter((at) => !got.includes(at))
              .every((at) => got.some((near) => Math.abs(near - at) < 9)),
          ).toBe(true);
          expect(got.every((at) => expected.includes(at))).toBe(true);
          expect(got).toEqual([...got].sort((a, b) => a - b));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("Prefilter on a large source", () => {
  it("chooses other windows when its guess meets too many candidates, and finds the same", () => {
    const filter = new Prefilter(["container abcdefg", "a level: ", "xyzzy "]);
    const text = `${"container level: ".repeat(20_000)}container abcdefg xyzzy a level: `;
    const first = search(filter, text);
    for (let round = 0; round < 3; round++) expect(search(filter, text, round)).toEqual(first);
    expect(first).toEqual(places(text, ["container abcdefg", "a level: ", "xyzzy "]));
  });
});
