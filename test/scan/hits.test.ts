import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createScanner } from "../../src/scan/create.js";
import { rounds } from "../rounds.js";
import { hits, KINDS, latin1, load, loaded, naiveHits } from "./scanners.js";

const SEED = { seed: 20_261_122, numRuns: rounds(30) };

/** Texts of few different letters, so that literals stand in each other and nearly stand everywhere. */
const letters = (alphabet: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((chars) => chars.join(""));

describe.each(KINDS)("hits of the %s scanner", (kind) => {
  const find = (literals: readonly string[], text: string) =>
    hits(loaded(kind, literals, latin1(text)), text.length);

  test("are the offsets where literals begin, ascending", () => {
    const text = "a v2 registry: request canceled, request canceled";
    expect(find(["request canceled", "v2 registry: "], text)).toEqual([2, 15, 33]);
  });

  test.each(Array.from({ length: 59 }, (_, i) => i + 2))(
    "are found for a literal of %i bytes at any offset",
    (length) => {
      const literal = "The quick brown fox jumps over the lazy dog: 0123456789 times!".slice(0, length);
      const found = Array.from({ length: 9 }, (_, at) => find([literal], "#".repeat(at) + literal + "##"));
      expect(found).toEqual(Array.from({ length: 9 }, (_, at) => [at]));
    },
  );

  test("are found for a literal of one byte", () => {
    expect(find(["["], "[a][b]")).toEqual([0, 3]);
  });

  test("are told once where literals begin at one place, and each where literals overlap", () => {
    expect(find(["abcdefgh", "abcd", "cdefghi"], "--abcdefghi")).toEqual([2, 4]);
    expect(find(["aaaaaaa"], "a".repeat(10))).toEqual([0, 1, 2, 3]);
  });

  test("may end with the chunk, and not behind it", () => {
    for (const literal of ["on", "disk", "disks", "device", "no space left"]) {
      const text = latin1(`xyz ${literal}`);
      const scanner = loaded(kind, [literal], text);
      expect(hits(scanner, text.length)).toEqual([4]);
      expect(hits(scanner, text.length - 1)).toEqual([]);
    }
  });

  test("do not come from the chunk before", () => {
    const literals = ["http", "timeout", "refused by peer"];
    const scanner = loaded(kind, literals, latin1("http timeout refused by peer"));
    expect(hits(scanner, 28)).toEqual([0, 5, 13]);
    load(scanner, latin1("ht"));
    expect(hits(scanner, 2)).toEqual([]);
    expect(hits(scanner, 0)).toEqual([]);
  });

  test("are found for many literals of one to four bytes among longer ones", () => {
    const literals = [
      "[",
      "{}",
      "()",
      "=>",
      "a=b",
      "x/y",
      "~~~",
      "/v1/",
      "/v2/",
      "http",
      "ftp:",
      "0x0f",
      "timed out",
    ];
    const text = literals.map((literal, i) => literal + ".".repeat(i % 5)).join(" ");
    expect(find(literals, text)).toEqual(naiveHits(literals, latin1(text)));
    expect(find(literals, `${text}[`)).toContain(text.length);
    expect(find(literals, `${text}=`)).not.toContain(text.length);
  });

  test("are none where nothing is looked for", () => {
    expect(find([], "anything")).toEqual([]);
    expect(find([""], "anything")).toEqual([]);
  });

  test("know bytes of all values", () => {
    const literal = "\xff\x00\x80\n\xfe\x7f\x01";
    expect(find([literal, "\x00\x00"], `${literal}\x00${literal}\x00\x00`)).toEqual([0, 8, 15]);
  });

  test("are those of a plain search, whatever the text and the literals", () => {
    const literals = fc.array(letters("abc ", 1, 12), { maxLength: 12 });
    fc.assert(
      fc.property(literals, letters("abc \n", 0, 400), (words, text) => {
        expect(find(words, text)).toEqual(naiveHits(words, latin1(text)));
      }),
      SEED,
    );
  });

  test("are those of a plain search for many literals with common beginnings, middles and ends", () => {
    const word = fc.constantFrom("error ", "failed ", "while ", "pulling ", "image ", "layer ", ": ", "42");
    const phrase = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(""));
    fc.assert(
      fc.property(
        fc.array(phrase, { maxLength: 200 }),
        fc.array(phrase, { maxLength: 60 }),
        (words, texts) => {
          const text = texts.join("\n");
          expect(find(words, text)).toEqual(naiveHits(words, latin1(text)));
        },
      ),
      { ...SEED, numRuns: rounds(25) },
    );
  });

  test("stay the same when a source changes and its windows are chosen anew", () => {
    const literals = ["container abcdefg", "a level: debug and more", "xyzzy "];
    const calm = `${"2026-11-22 nothing of interest here. ".repeat(6000)}xyzzy `;
    const hostile = "container abcdef container abcdeg a level: debug and more ".repeat(4000);
    const scanner = createScanner(literals, { kind, capacity: 2 << 20, little: 0 });
    for (const text of [calm, hostile, calm, hostile + calm, hostile].map(latin1)) {
      for (let chunk = 0; chunk < 3; chunk++) {
        load(scanner, text);
        expect(hits(scanner, text.length)).toEqual(naiveHits(literals, text));
      }
    }
  });

  test("are the same before and after tables are made", () => {
    const literals = fc.array(letters("abc ", 1, 12), { maxLength: 12 });
    const texts = fc.array(letters("abc \n", 0, 200), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(literals, texts, fc.nat({ max: 600 }), (words, chunks, little) => {
        const scanner = createScanner(words, { kind, capacity: 4096, little });
        for (const text of chunks) {
          load(scanner, latin1(text));
          expect(hits(scanner, text.length)).toEqual(naiveHits(words, latin1(text)));
        }
      }),
      SEED,
    );
  });
});
