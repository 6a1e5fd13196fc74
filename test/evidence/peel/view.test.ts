import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Peel } from "../../../src/evidence/peel/peelers.js";
import { columnsOf, goOnBehind, type Proof, widthOf } from "../../../src/evidence/peel/rejoin.js";
import { PeeledText } from "../../../src/evidence/peel/view.js";

const ALL: Peel = {
  layers: [
    "padding",
    "escapes",
    "typography",
    "quoting",
    "commenting",
    "numbered-names",
    "file-names",
    "numbering",
    "session",
  ],
};

/** What comes out of a text in pieces, and where each line of it lies in the text. */
function peelInPieces(peel: Peel, text: string, cuts: readonly number[], proof?: Proof) {
  const view = new PeeledText(peel, proof);
  const bytes = Buffer.from(text, "latin1");
  const out: Buffer[] = [];
  let at = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    const to = Math.min(bytes.length, cut);
    out.push(view.push(bytes.subarray(at, to)));
    at = Math.max(at, to);
  }
  out.push(view.push(bytes.subarray(at)), view.end());
  const shown = Buffer.concat(out).toString("latin1");
  const lines = shown.split("\n");
  if (lines.at(-1) === "") lines.pop();
  let offset = 0;
  const places = lines.map((line, i) => {
    const place = view.map.locate(i, offset, line.length);
    offset += line.length + 1;
    return place;
  });
  return { shown, places };
}

const piece = fc.constantFrom(
  ...[
    "> ",
    "\x1b[31m",
    "\x1b[0m",
    "\r",
    "\n",
    "\r\n",
    "\0",
    "a.log:",
    "12:",
    "     3\t",
    "root@web-1:~# ",
    "\b",
    "\\[",
  ],
  ...["Mar  2 10:00:01 node-1 dockerd[27]: up", "&quot;", "\xe2\x80\x9c", "==> b <==", "x", " "],
);
const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => `${pieces.join("")}\n`);
const cutsOf = fc.array(fc.nat(400), { maxLength: 6 });

describe("a peeled text", () => {
  it("is the same wherever chunks end, and each line says where it lies (property)", () => {
    fc.assert(
      fc.property(texts, cutsOf, (text, cuts) => {
        const whole = peelInPieces(ALL, text, []);
        expect(peelInPieces(ALL, text, cuts)).toEqual(whole);
        const lines = text.split("\n");
        if (lines.at(-1) === "") lines.pop();
        let offset = 0;
        expect(whole.places.map(({ line, offset, length }) => ({ line, offset, length }))).toEqual(
          lines.map((line, number) => {
            const place = { line: number, offset, length: line.length };
            offset += line.length + 1;
            return place;
          }),
        );
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it("ends without a line feed where the text does", () => {
    expect(peelInPieces(ALL, "> a\n> b", []).shown).toBe("a\nb");
  });

  it("passes lines on unchanged that are longer than any record", () => {
    const long = `> ${"x".repeat(3 << 20)}`;
    const { shown, places } = peelInPieces({ layers: ["quoting"] }, `> a\n${long}\n> b\n`, [10, 2 << 20]);
    expect(shown).toBe(`a\n${long}\nb\n`);
    expect(places[2]).toMatchObject({ line: 2, offset: long.length + 5, length: 3 });
  });
});

/** Records begin with a number and end with a point. */
const PROOF: Proof = { isRecord: (text) => /^\d.*\.$/.test(text) };

describe("lines that were broken at a column", () => {
  const LINE = `1 ${"word ".repeat(25)}end.`;
  const fold = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, "g"))!;

  it("are one again, and lie where their pieces lie", () => {
    const pieces = fold(LINE, 50);
    const text = `${pieces.join("\n")}\n2 short.\n`;
    const { shown, places } = peelInPieces({ layers: [], width: 50 }, text, [60, 61], PROOF);
    expect(shown).toBe(`${LINE}\n2 short.\n`);
    expect(places[0]).toMatchObject({ line: 0, offset: 0, length: pieces.join("\n").length });
    expect(places[1]).toMatchObject({ line: pieces.length, offset: pieces.join("\n").length + 1 });
  });

  it("stay as they are where the next line is a record by itself", () => {
    const text = `1 ${"a".repeat(47)}.\n2 b.\n`;
    expect(peelInPieces({ layers: [], width: 50 }, text, [], PROOF).shown).toBe(text);
  });

  it("stay as they are where nothing proves that they belong together", () => {
    const text = `${"a".repeat(50)}\nbbb\n`;
    expect(peelInPieces({ layers: [], width: 50 }, text, [], PROOF).shown).toBe(text);
  });

  it("got their column where no line is longer and several are as long", () => {
    expect(widthOf(["a".repeat(80), "b", "c".repeat(80)])).toBe(80);
    expect(widthOf(["a".repeat(80), "b", "c"])).toBeUndefined();
    expect(widthOf(["a".repeat(30), "b".repeat(30)])).toBeUndefined();
  });

  describe("go on behind the column", () => {
    const full = `1 ${"a".repeat(47)}.`;
    const cut = `1 ${"a".repeat(48)}`;

    it("where those that reach it are followed by what is no record", () => {
      expect(goOnBehind(50, [cut, "and its end.", cut, "and its end."], PROOF)).toBe(true);
      expect(goOnBehind(50, [cut, "and its end.", full, "2 b.", cut, "and its end."], PROOF)).toBe(true);
    });

    it("not where records are as long as each other, and words follow the last", () => {
      expect(goOnBehind(50, [full, full, "What can I do?"], PROOF)).toBe(false);
      expect(goOnBehind(50, [full, full, full, "Before:", full, "What can I do?"], PROOF)).toBe(false);
    });

    it("not where nothing follows but blank lines and the end", () => {
      expect(goOnBehind(50, [cut, "", cut], PROOF)).toBe(false);
    });
  });

  it("are counted in characters", () => expect(columnsOf(Buffer.from("größe").toString("latin1"))).toBe(5));
});
