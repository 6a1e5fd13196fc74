import { describe, expect, it } from "@jest/globals";
import { Claimer } from "../../../src/decode/text/claim.js";
import { SameBeginning, takesAnyText } from "../../../src/decode/text/same-beginning.js";
import { grammars } from "../../../src/grammar/generated.js";

const journal = grammars.find(({ name }) => name === "journal-short")!;
const line = (second: string, message: string) => `Nov 22 03:52:${second} host dockerd[2706]: ${message}`;

const able = (source: string, flags = "y") => takesAnyText(new RegExp(source, flags));

function learned(text: string) {
  const claimer = new Claimer(journal);
  const same = new SameBeginning(claimer);
  expect(claimer.claims(text)).toBe(true);
  same.learn(text);
  return (other: string) => same.holds(Buffer.from(other, "latin1"), 0, other.length);
}

describe("records that begin as the one before", () => {
  it("are known by it, whatever they go on with, as the envelope itself would know them", () => {
    const holds = learned(line("32", "one"));
    for (const message of ["two", "", "a: b: c", "with\nanother line", "\xe2\x96\x91"]) {
      const text = line("32", message);
      expect(holds(text)).toBe(true);
      expect(new Claimer(journal).claims(text)).toBe(true);
    }
  });

  it("are not known when anything before the message differs or is missing", () => {
    const holds = learned(line("32", "one"));
    for (const other of [line("33", "one"), "Nov 22 03:52:32 host dockerd[2706]:", "", " " + line("32", "x")])
      expect(holds(other)).toBe(false);
  });

  it("are looked for only where a shape takes any text after its beginning", () => {
    expect(able(String.raw`a[^]*(b): ([^]*)$`)).toBe(true);
    expect(able(String.raw`a(?!b): ([^]*)$`)).toBe(false);
    expect(able(String.raw`(?<=a)b: ([^]*)$`)).toBe(false);
    expect(able(String.raw`(a)\b: ([^]*)$`)).toBe(false);
    expect(able(String.raw`(a)\1: ([^]*)$`)).toBe(false);
    expect(able(String.raw`(?:a: |b$)([^]*)$`)).toBe(false);
    expect(able(String.raw`a: ([^]*)$`, "my")).toBe(false);
    expect(able(String.raw`a: ([^]+)$`)).toBe(false);
    expect(able(String.raw`a: (?:([^]*)$)`)).toBe(false);
  });

  it("are given up for a while where every record begins in its own way", () => {
    const claimer = new Claimer(journal);
    const same = new SameBeginning(claimer);
    for (let i = 0; i < 2000; i++) {
      const text = line(String(10 + (i % 50)), "x");
      expect(claimer.claims(text)).toBe(true);
      same.learn(text);
    }
    const text = line("99", "x");
    same.learn(text);
    expect(same.holds(Buffer.from(text), 0, text.length)).toBe(false);
  });
});
