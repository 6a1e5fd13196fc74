import { describe, expect, it } from "@jest/globals";
import { buildReport } from "../../src/report/document.js";
import { renderMarkdown } from "../../src/report/markdown.js";
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

describe("the Markdown report", () => {
  for (const [name, make] of Object.entries(samples)) {
    it(`reads as agreed for ${name}`, () => {
      const text = renderMarkdown(buildReport(make()));
      expect(text).toBe(golden(`${name}.md.txt`, text));
    });
  }
});
