import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Head } from "../../src/scan/scanner.js";
import { ends, KINDS, latin1, loaded, odd } from "./scanners.js";

/** The head of all lines whose bytes lie between those of two texts. */
const head = (low: string, high = low): Head => ({ low: latin1(low), high: latin1(high) });
const STAMP = head("00:00:00 ", "99:99:99 ");

describe.each(KINDS)("line ends of the %s scanner", (kind) => {
  test("are the offsets of the line feeds", () => {
    const text = latin1("one\n\ntwo\r\nthree");
    expect(ends(loaded(kind, [], text), text.length)).toEqual([3, 4, 9]);
  });

  test("are none behind the length", () => {
    const scanner = loaded(kind, [], latin1("\n".repeat(200)));
    for (const length of [0, 1, 15, 16, 63, 64, 65, 127, 128, 200])
      expect(ends(scanner, length)).toHaveLength(length);
  });

  test("are those of a plain search", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 60 }), (lengths) => {
        const text = latin1(lengths.map((length) => "x".repeat(length)).join("\n"));
        const expected = [...text.keys()].filter((at) => text[at] === 10);
        expect(ends(loaded(kind, [], text), text.length)).toEqual(expected);
      }),
      { seed: 20_261_122, numRuns: 100 },
    );
  });
});

describe.each(KINDS)("odd lines of the %s scanner", (kind) => {
  const find = (heads: readonly Head[], text: string) => {
    const scanner = loaded(kind, [], latin1(text));
    for (const known of heads) scanner.addHead(known);
    return odd(scanner, text.length);
  };

  test("are all, when no head is known", () => {
    expect(find([], "a\nb\nc")).toEqual([0, 1, 2]);
  });

  test("are those that begin otherwise, also the last one that no line feed ends", () => {
    expect(find([STAMP], "12:34:56 up\nTraceback\n23:59:59 down\n\n12.34:56 ")).toEqual([1, 3, 4]);
    expect(find([STAMP], "12:34:56 up\n12:34:56 down")).toEqual([]);
  });

  test("are those that end before the head does, whatever stands in the next line", () => {
    expect(find([head("\n\nab", "zzzz")], "ab\ncd\nefgh\n")).toEqual([0, 1, 3]);
  });

  test("are not judged by what stands behind the chunk", () => {
    const scanner = loaded(kind, [], latin1("12:34:56 "));
    scanner.addHead(STAMP);
    expect(odd(scanner, 8)).toEqual([0]);
    expect(odd(scanner, 9)).toEqual([]);
  });

  test("are not those that end in a carriage return; it is no part of what must fit", () => {
    expect(find([head("up")], "up\r\nup\nu\r\n\r\n")).toEqual([2, 3, 4]);
    expect(find([head("\0\0\0", "zzz")], "up\r\nupp\r\n")).toEqual([0, 2]);
  });

  test("are told for the lines that are asked about", () => {
    const text = latin1("a\nb\na\nb\na\n");
    const scanner = loaded(kind, [], text);
    scanner.addHead(head("a"));
    scanner.findEnds(text.length);
    expect([...scanner.odd.subarray(0, scanner.findOdd(2, 4))]).toEqual([3]);
  });

  test("know bytes of all values", () => {
    expect(
      find([head("\x00\x7f\x80", "\x00\xff\xfe")], "\x00\x7f\x80\n\x00\x7e\x80\n\x00\xff\xff\n\x01\x90\x90"),
    ).toEqual([1, 2, 3]);
  });

  test.each([1, 15, 16, 17, 31, 32, 33, 100, 256])("know a head of %i bytes to its last one", (length) => {
    const known = head("a".repeat(length - 1) + "0", "z".repeat(length - 1) + "9");
    const lines = [
      "m".repeat(length - 1) + "5",
      "m".repeat(length),
      "m".repeat(length - 1),
      "m".repeat(length - 1) + "5x",
    ];
    expect(find([known], lines.join("\n"))).toEqual([1, 2]);
  });

  test("are all where the head is longer than any that is kept, or fits nothing", () => {
    expect(find([head("a".repeat(257))], "a".repeat(300))).toEqual([0]);
    expect(find([head("z", "a")], "m\n")).toEqual([0, 1]);
  });

  test("are none where the head asks for nothing", () => {
    expect(find([head("")], "a\n\n")).toEqual([]);
  });

  test("fit any of several heads; of more than 32 the one that fitted last longest ago is forgotten", () => {
    const letters = [..."abcdefghijklmnopqrstuvwxyz012345"];
    const scanner = loaded(kind, [], latin1([...letters, "!"].join("\n")));
    for (const letter of letters) scanner.addHead(head(letter));
    expect(odd(scanner, 65)).toEqual([32]);
    scanner.addHead(head("!"));
    expect(odd(scanner, 65)).toEqual([0]);
  });

  test("are all again when the heads are forgotten", () => {
    const scanner = loaded(kind, [], latin1("a\nb\n"));
    scanner.addHead(head("a"));
    scanner.forgetHeads();
    expect(odd(scanner, 4)).toEqual([0, 1, 2]);
    scanner.addHead(head("b"));
    expect(odd(scanner, 4)).toEqual([0, 2]);
  });

  test("are the same as those of a plain comparison", () => {
    const range = fc
      .tuple(fc.nat(255), fc.nat(255))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    const heads = fc.array(fc.array(range, { maxLength: 40 }), { maxLength: 6 });
    const lines = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 });
    fc.assert(
      fc.property(heads, lines, (ranges, made) => {
        const texts = made.map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10 && byte !== 13)));
        const text = texts.map((line) => line.toString("latin1")).join("\n");
        const expected = [...text.split("\n").entries()]
          .filter(([, line]) => !ranges.some((bounds) => fitsPlainly(bounds, latin1(line))))
          .map(([number]) => number);
        const known = ranges.map((bounds) => ({
          low: Uint8Array.from(bounds, ([low]) => low),
          high: Uint8Array.from(bounds, ([, high]) => high),
        }));
        expect(find(known, text)).toEqual(expected);
      }),
      { seed: 20_261_122, numRuns: 120 },
    );
  });
});

function fitsPlainly(bounds: readonly (readonly [number, number])[], line: Buffer): boolean {
  return (
    line.length >= bounds.length && bounds.every(([low, high], i) => line[i]! >= low && line[i]! <= high)
  );
}
