import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { embeddedJson } from "../../../src/report/html/embedded-json.js";
import { harmless } from "../../../src/report/html/harmless.js";

/** What may stand in evidence, and means something to a parser of HTML or to whoever reads a page. */
const hostile = fc.constantFrom(
  "</script>",
  "<!--",
  "<script",
  "]]>",
  "-->",
  "\u0000",
  "\u2028",
  "\u202e",
  "\ud800",
  "\udc00",
  "\x1b[2J",
  "javascript:",
  "&lt;",
  '"',
  "\\",
  "a",
);
const text = fc.array(hostile, { maxLength: 12 }).map((parts) => parts.join(""));

describe("JSON inside of a script element", () => {
  it("is the same value to the page, and nothing to the parser around it", () => {
    fc.assert(
      fc.property(fc.dictionary(text, text), (value) => {
        const written = embeddedJson(value);
        expect(written).not.toMatch(/[<\u2028\u2029]/);
        expect(JSON.parse(written)).toEqual(value);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe("what is made harmless", () => {
  it("has nothing left that acts or hides, in keys and values, however deep", () => {
    const made = harmless({ "a\x1b": [{ b: "\u202eevil\u0000\ud800" }], n: 1, no: null });
    expect(made).toEqual({ "a\\x1b": [{ b: "\\u202eevil\\x00\\ud800" }], n: 1, no: null });
  });

  it("keeps the lines of a record apart", () => {
    expect(harmless("one\n\ttwo")).toBe("one\n\\ttwo");
  });

  it("does nothing to what is harmless already", () => {
    fc.assert(
      fc.property(text, (any) => {
        const once = harmless(any);
        expect(harmless(once)).toBe(once);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
