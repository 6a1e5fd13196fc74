import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ofCodePoints } from "./code-points.js";

const texts = fc.sample(ofCodePoints(), { seed: 20_261_123, numRuns: 2000 });

describe("texts of any code points", () => {
  it("are well-formed", () => {
    for (const text of texts) if (/\p{Cs}/u.test(text)) expect(text).toBe("without halves of pairs");
  });

  it("are of all planes", () => {
    const planes = texts.flatMap((text) => [...text].map((char) => char.codePointAt(0)! >> 16));
    expect([...new Set(planes)].sort((a, b) => a - b)).toEqual(Array.from({ length: 17 }, (_, i) => i));
  });

  it("are names of what every object has, at times", () => {
    expect(texts).toEqual(expect.arrayContaining(["__proto__", "toString"]));
  });

  it("have the lengths that are asked for", () => {
    const lengths = fc
      .sample(ofCodePoints({ minLength: 2, maxLength: 4 }), 200)
      .map((text) => [...text].length);
    expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([2, 4]);
  });

  it("shrink to what matters", () => {
    const found = fc.check(
      fc.property(ofCodePoints(), (text) => !text.includes("\u{1f44d}")),
      { seed: 1, examples: [["a\u{1f44d}b"]] },
    );
    expect(found.counterexample).toEqual(["\u{1f44d}"]);
  });
});
