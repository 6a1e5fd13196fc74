import { describe, expect, it } from "@jest/globals";
import { looksBinary, sniffEncoding, Utf16Decoder } from "../../src/evidence/encoding.js";

describe("sniffEncoding", () => {
  it.each([
    ["UTF-8 with a byte order mark", Buffer.from("\ufeffMar 02 x", "utf8"), { encoding: "bytes", bom: 3 }],
    [
      "UTF-16 little endian with one",
      Buffer.from("\ufeffMar 02 x", "utf16le"),
      { encoding: "utf-16le", bom: 2 },
    ],
    [
      "UTF-16 big endian with one",
      Buffer.from("\ufeffMar 02 x", "utf16le").swap16(),
      { encoding: "utf-16be", bom: 2 },
    ],
    [
      "UTF-16 little endian without one",
      Buffer.from("Mar 02 10:00:00 host", "utf16le"),
      { encoding: "utf-16le", bom: 0 },
    ],
    [
      "UTF-16 big endian without one",
      Buffer.from("Mar 02 10:00:00 host", "utf16le").swap16(),
      { encoding: "utf-16be", bom: 0 },
    ],
    ["plain text", Buffer.from("Mar 02 10:00:00 host"), { encoding: "bytes", bom: 0 }],
    ["an empty file", Buffer.alloc(0), { encoding: "bytes", bom: 0 }],
  ])("tells %s", (_, bytes, expected) => expect(sniffEncoding(bytes)).toEqual(expected));
});

describe("Utf16Decoder", () => {
  it("joins a surrogate pair that a chunk border cut", () => {
    const bytes = Buffer.from("a😀b", "utf16le");
    for (let cut = 0; cut <= bytes.length; cut++) {
      const decoder = new Utf16Decoder("utf-16le");
      const text = Buffer.concat([
        decoder.push(bytes.subarray(0, cut)),
        decoder.push(bytes.subarray(cut)),
        decoder.end(),
      ]);
      expect(text.toString("utf8")).toBe("a😀b");
    }
  });
});

describe("looksBinary", () => {
  it("takes an ELF head for binary", () =>
    expect(looksBinary(Buffer.from("\x7fELF\x02\x01\x01" + "\0".repeat(64), "latin1"))).toBe(true));
  it("takes a log with colours, tabs and a stray NUL for text", () =>
    expect(looksBinary(Buffer.from("\x1b[36mINFO\x1b[0m\tstarted\0\r\n".repeat(20)))).toBe(false));
});
