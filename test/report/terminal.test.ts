import { describe, expect, it } from "@jest/globals";
import { buildReport } from "../../src/report/document.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { displayWidth } from "../../src/report/width.js";
import { golden } from "./golden.js";
import { badDns } from "./sample-bad-dns.js";
import { hostile, lostNat, nothingFound, unreadable } from "./sample-others.js";

const samples = {
  "bad-dns": badDns,
  "lost-nat": lostNat,
  "nothing-found": nothingFound,
  unreadable,
  hostile,
};

describe("the terminal report", () => {
  for (const [name, make] of Object.entries(samples)) {
    it(`reads as agreed for ${name}`, () => {
      const text = renderTerminal(buildReport(make()));
      expect(text).toBe(golden(`${name}.txt`, text));
    });

    it(`keeps to the width for ${name}, at 60 and at 160 columns`, () => {
      for (const width of [60, 160]) {
        const lines = renderTerminal(buildReport(make()), { width }).split("\n");
        const tooWide = lines.filter((line) => displayWidth(line) > width && !line.startsWith("    $ "));
        expect(tooWide).toEqual([]);
      }
    });

    it(`is pure ASCII for ${name} where the terminal is`, () => {
      expect(renderTerminal(buildReport(make()), { utf8: false })).toMatch(/^[\n\x20-\x7e]*$/);
    });

    it(`has no control characters for ${name} without colours, and only our own colours with them`, () => {
      const report = buildReport(make());
      expect(renderTerminal(report)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      const colored = renderTerminal(report, { color: true });
      expect(colored.replace(/\x1b\[\d{1,2}m/g, "")).toBe(renderTerminal(report));
    });
  }
});
