import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bytesOf } from "../../src/grammar/bytes.js";
import { json, quoted, quotedBytes } from "../../src/grammar/convert/quoted.js";

describe("quoted texts", () => {
  it("give back what JSON wrote (property)", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", " ", '"', "\\", "\n", "\x01", "ü", "😀", "7", "u", "x"),
    });
    fc.assert(
      fc.property(text, (written) => {
        const bytes = bytesOf(JSON.stringify(written));
        expect(quoted(bytes)).toBe(written);
        expect(json(bytes.slice(1, -1))).toBe(written);
        expect(quotedBytes(bytes)).toBe(bytesOf(written));
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  it.each([
    ['"a\\"b\\\\c\\td"', 'a"b\\c\td', "plain escapes"],
    ['"\\"\\x41\\"\\102\\u0043\\U00000044"', '"A"BCD', "plain ones before long ones"],
    ['"\\xc3\\xbc"', "ü", "bytes of one char"],
    ['"\\ud83d\\ude00"', "😀", "halves of one char"],
    ['"a\\"', "a\\", "a backslash at the end"],
    ['"\\q\\constructor"', "qconstructor", "an escape that means nothing"],
    ["`a\\nb`", "a\\nb", "back quotes, in which nothing is escaped"],
    ["a\\nb", "a\\nb", "no quotes"],
    ['"', '"', "a lone quote"],
    ['""', "", "nothing between quotes"],
    ["", "", "nothing"],
  ])("%s is %j: %s", (bytes, text) => {
    expect(quoted(bytes)).toBe(text);
    expect(quotedBytes(bytes)).toBe(bytesOf(text));
  });
});
