import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decodeBytes, decodeWithin } from "../../src/report/utf8.js";
import { ofCodePoints } from "../code-points.js";

const bytesOf = (text: string) => Buffer.from(text, "utf8").toString("latin1");

describe("decodeBytes", () => {
  it("reads every well-formed text", () => {
    fc.assert(
      fc.property(ofCodePoints(), (text) => {
        expect(decodeBytes(bytesOf(text))).toBe(text);
      }),
    );
  });

  it("agrees with the platform on what is UTF-8, and shows what is not", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        const decoded = decodeBytes(buffer.toString("latin1"));
        let expected: string | undefined;
        try {
          expected = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(buffer);
        } catch {}
        if (expected === undefined) expect(decoded).toMatch(/\\x[89a-f][0-9a-f]/);
        else expect(decoded).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("shows invalid bytes one by one", () => {
    expect(decodeBytes("id \xd37 \xff\xfe caf\xc3\xa9 \xed\xa0\x80 \xc0\xaf")).toBe(
      "id \\xd37 \\xff\\xfe café \\xed\\xa0\\x80 \\xc0\\xaf",
    );
  });

  it("leaves text alone that was decoded before", () => {
    expect(decodeBytes("… é")).toBe("… é");
  });
});

describe("decodeWithin", () => {
  it("decodes values within our own words and keeps the words", () => {
    expect(decodeWithin(`“${bytesOf("bücher.example")}” × 3 ± é`)).toBe("“bücher.example” × 3 ± é");
  });
});
