import { describe, expect, it } from "@jest/globals";
import type { Document } from "../../src/export/document.js";
import { json, jsonDocument, wellFormed } from "../../src/export/json.js";

describe("JSON that all readers take", () => {
  it("has no half of a surrogate pair, and shows where one was", () => {
    expect(JSON.parse(json({ "a\ud800": ["\udc00b", "\u{1f600}"] }))).toEqual({
      "a\\ud800": ["\\udc00b", "\u{1f600}"],
    });
  });

  it("has nothing in it that a terminal acts on", () => {
    expect(json("\u001b[2J\u009b\u202e\u200b")).toMatch(/^"[\x20-\x7e]*"$/);
  });

  it("reads back as the same document, whatever characters are in it", () => {
    for (let from = 0; from < 0x10000; from += 64) {
      const units = Array.from({ length: 64 }, (_, i) => from + i);
      const text = String.fromCharCode(...units);
      const document: Document = [
        ["text", text],
        ["list", units.map((unit) => String.fromCharCode(unit))],
        ["number", (from + 1) / -3],
        ["truth", true],
      ];
      expect(Object.entries(JSON.parse(jsonDocument(document)) as object)).toEqual([
        ["text", wellFormed(text)],
        ["list", units.map((unit) => wellFormed(String.fromCharCode(unit)))],
        ["number", (from + 1) / -3],
        ["truth", true],
      ]);
    }
  });

  it("keeps whole pairs of surrogates", () => {
    expect(JSON.parse(jsonDocument([["a", "\u{1f600}\u{10ffff}"]]))).toEqual({ a: "\u{1f600}\u{10ffff}" });
  });

  it("leaves out numbers that JSON does not know", () => {
    expect(
      jsonDocument([
        ["a", Number.NaN],
        ["b", 1],
        ["c", Number.POSITIVE_INFINITY],
      ]),
    ).toBe('{"b":1}');
  });
});
