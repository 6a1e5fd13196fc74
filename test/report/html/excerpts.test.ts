import { describe, expect, it } from "@jest/globals";
import { excerptsOf } from "../../../src/report/html/excerpts.js";
import { quotesOf } from "../../../src/report/html/quotes.js";
import { evidence, reportOf, studyOf } from "./study-of.js";

/** Lines 1 to 40 of a file, `l1` to `l40`; cited ones with up to three around them. */
function excerpts(cited: number[], texts: Record<number, string> = {}) {
  const text = (line: number) => texts[line] ?? `l${line}`;
  const height = (line: number) => text(line).split("\n").length;
  const records = cited.map((line) => evidence("a.log", line, text(line)));
  const contexts = cited.map((line) => ({
    source: "a.log",
    line,
    offset: 0,
    before: [line - 3, line - 2, line - 1].filter((n) => n > 0).map(text),
    after: [0, 1, 2].map((n) => text(line + height(line) + n)),
  }));
  const quotes = quotesOf(studyOf(reportOf({ some: records }), { contexts }));
  return excerptsOf(quotes.bySource.get("a.log")!).map((lines) =>
    lines.map(({ line, text: shown, quote }) => `${line}${quote ? "*" : ""} ${shown}`),
  );
}

describe("cited records in their context", () => {
  it("stand between the lines around them, under the lines' own numbers", () => {
    expect(excerpts([10])).toEqual([["7 l7", "8 l8", "9 l9", "10* l10", "11 l11", "12 l12", "13 l13"]]);
  });

  it("share lines that belong to several, each shown once", () => {
    expect(excerpts([10, 12])).toEqual([
      ["7 l7", "8 l8", "9 l9", "10* l10", "11 l11", "12* l12", "13 l13", "14 l14", "15 l15"],
    ]);
  });

  it("are apart where lines between them are not shown", () => {
    expect(excerpts([10, 30]).map(([first]) => first)).toEqual(["7 l7", "27 l27"]);
  });

  it("begin with the file", () => {
    expect(excerpts([1])).toEqual([["1* l1", "2 l2", "3 l3", "4 l4"]]);
  });

  it("count a record's own further lines", () => {
    expect(excerpts([10], { 10: "head\n  second\n  third" })).toEqual([
      ["7 l7", "8 l8", "9 l9", "10* head\n  second\n  third", "13 l13", "14 l14", "15 l15"],
    ]);
  });
});
