import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { neutral } from "../../src/report/neutral.js";
import { ofCodePoints } from "../code-points.js";

/** Any UTF-16 at all, with the harmful characters far more often than chance would have them. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\x1b[2J",
        "\x9b31m",
        "\u202e",
        "\u2066",
        "\u200b",
        "\n",
        "\r",
        "\t",
        "\0",
        "\x7f",
        "\ud800",
        "\u{e0041}",
        "a",
        "漢",
        "e\u0301",
        "👍",
      ),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      ofCodePoints(),
    ),
  )
  .map((parts) => parts.join(""));

describe("neutral", () => {
  it("leaves no control, format or bidirectional character, whatever comes in", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = neutral(text);
        expect(shown).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
        expect(shown).not.toMatch(/[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/);
        expect(shown).not.toMatch(/\p{Cc}|\p{Cs}|\p{Co}|\p{Zl}|\p{Zp}/u);
      }),
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(fc.property(anyText, (text) => neutral(neutral(text)) === neutral(text)));
  });

  it("keeps what is harmless", () => {
    const text = 'plain \\x1b text, "quotes", ünïcödé, 漢字, עברית, emoji 👍, tab-less | <b>';
    expect(neutral(text)).toBe(text);
  });

  it.each([
    ["\x1b[31m", "\\x1b[31m"],
    ["a\nb\r\tc", "a\\nb\\r\\tc"],
    ["\x9b", "\\x9b"],
    ["\u202egnp.exe", "\\u202egnp.exe"],
    ["\u2028", "\\u2028"],
    ["a\u200bb", "a\\u200bb"],
    ["\ud83d", "\\ud83d"],
    ["\u{e0001}", "\\u{e0001}"],
    ["\0", "\\x00"],
  ])("shows %j as %s", (text, shown) => {
    expect(neutral(text)).toBe(shown);
  });

  it("stops marks from piling up over other lines", () => {
    expect(neutral(`e${"\u0301".repeat(6)}`)).toBe(`e${"\u0301".repeat(4)}\\u0301\\u0301`);
  });

  it("stays linear on long hostile input", () => {
    const text = "\x1b\u202e\u0301".repeat(300_000);
    const begun = process.hrtime.bigint();
    neutral(text);
    expect(Number(process.hrtime.bigint() - begun) / 1e6).toBeLessThan(5000);
  });
});
